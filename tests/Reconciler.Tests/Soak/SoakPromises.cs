using System.Text;
using OdooSky.GitOps.Overlay.Helm;
using OdooSky.GitOps.Reconciler.Proposals;
using OdooSky.GitOps.Reconciler.Rollout;
using OdooSky.GitOps.Reconciler.Tests.Life;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Soak;

/// <summary>The promises, checked against the world itself: nothing that the service says of itself is believed.</summary>
/// <param name="world">The world.</param>
/// <param name="people">What people want.</param>
internal sealed class SoakPromises(SoakWorld world, SoakPeople people)
{
    private Dictionary<string, string> heads = [];
    private Dictionary<string, string> looked = [];
    private HashSet<string> declined = [];
    private readonly Dictionary<string, string> hashes = new(StringComparer.Ordinal);
    private string refs = string.Empty;
    private string refsNow = string.Empty;
    private int writes;

    private LifeFleet Fleet => world.Fleet;

    /// <summary>Remembers how all is before a job.</summary>
    public void Before()
    {
        refs = Fleet.Refs();
        heads = Heads(refs);
        declined = Digests(Fleet.Forge.All.Where(proposal => people.Closed.Contains(proposal.Number)));
        declined.ExceptWith(Digests(Fleet.Forge.Open));
        writes = Fleet.Forge.Writes.Count;
    }

    /// <summary>After any job: base, people's branches and refusals are as they were; one open pull request a branch and an instance.</summary>
    public void AfterJob()
    {
        Fleet.Forge.LookAtBranches();
        refsNow = Fleet.Refs();
        var now = Heads(refsNow);
        Assert.Equal(heads["main"], now["main"]);
        var open = Fleet.Forge.Open.ToList();
        Assert.Equal(open.Select(proposal => proposal.Branch).Distinct(StringComparer.Ordinal).Count(), open.Count);
        var codes = open.SelectMany(proposal => proposal.Marker?.Changes?.Keys ?? []).ToList();
        Assert.Equal(codes.Distinct(StringComparer.Ordinal).Count(), codes.Count);
        foreach (var (branch, head) in people.Theirs.Where(branch => open.Exists(proposal => proposal.Branch == branch.Key))) Assert.Equal((branch, head), (branch, now.GetValueOrDefault(branch)));
        Assert.Empty(Digests(open).Intersect(declined));
        foreach (var (code, until) in people.Suspended.Where(each => each.Value > world.Time.GetUtcNow()))
            if (!IsClearedUp(Branch(code), now)) Assert.Equal((code, until, heads.GetValueOrDefault(Branch(code))), (code, until, now.GetValueOrDefault(Branch(code))));
        if (people.Damaged.Count > 1) Assert.Equal(heads, now); // no wish at all: nothing is planned
        CheckRemoved(now, open);
    }

    /// <summary>After a job with nothing to do: nothing was written anywhere.</summary>
    public void AfterQuiet()
    {
        Assert.Equal([], refsNow.Split('\n').Except(refs.Split('\n'), StringComparer.Ordinal));
        Assert.Equal(refs, refsNow);
        Assert.Equal([], Fleet.Forge.Writes.Skip(writes));
    }

    /// <summary>After a proof: what is called live is deployed from base, and a pod with its hash is ready. With the cluster away, nothing is.</summary>
    public void AfterProof(WorldFault fault)
    {
        var live = world.Shown.Proofs.Where(proof => proof.Verdict.Kind == VerdictKind.Live).Select(proof => proof.Code.Text).ToList();
        if (fault is WorldFault.ClusterAway or WorldFault.ClusterForbids) Assert.Empty(live);
        var blobs = Fleet.Blobs("main");
        foreach (var code in live)
        {
            var application = world.Find("argoproj.io", "applications", "argocd", code)!["status"]!;
            var pod = world.Cluster.Store.List(OdooSky.GitOps.Sandbox.Kubernetes.ServedKind.Find("", "pods")!, $"odoo-{code}").Objects.Single();
            var hash = HashOf(blobs[code]);
            Assert.Equal((code, "Synced"), (code, (string?)application["sync"]!["status"]));
            Assert.Equal((code, hash), (code, (string?)pod["metadata"]!["annotations"]!["odoosky.io/addons-hash"]));
            Assert.Contains(pod["status"]!["conditions"]!.AsArray(), condition => (string?)condition!["type"] == "Ready" && (string?)condition["status"] == "True");
        }
    }

    private string HashOf(string blob)
    {
        if (hashes.TryGetValue(blob, out var known)) return known;
        return hashes[blob] = HelmValues.HashAddons(new HelmInput { Files = [Encoding.UTF8.GetBytes(Fleet.Text(blob) + "\n")] }).Value!;
    }

    private static Dictionary<string, string> Heads(string refs) => refs.Split('\n')
        .Where(line => line[41..].StartsWith("refs/heads/", StringComparison.Ordinal)).ToDictionary(line => line[52..], line => line[..40], StringComparer.Ordinal);

    private static string Branch(string code) => $"odoosky/prod/i-{code}";

    // A person may merge what is suspended, and then its branch goes as any other's.
    private bool IsClearedUp(string branch, Dictionary<string, string> now) =>
        !now.ContainsKey(branch) && Fleet.Forge.All.Where(proposal => proposal.Branch == branch).MaxBy(proposal => proposal.Number)?.State == ProposalState.Merged;

    private static HashSet<string> Digests(IEnumerable<Proposal> proposals) =>
        proposals.SelectMany(proposal => proposal.Marker?.Changes?.Values ?? []).ToHashSet(StringComparer.Ordinal);

    // Absence is not deletion: looking costs a git for each branch, so only what moved is looked at.
    private void CheckRemoved(Dictionary<string, string> now, List<Proposal> open)
    {
        var moved = open.Select(proposal => proposal.Branch).Where(branch => looked.GetValueOrDefault(branch) != now.GetValueOrDefault(branch));
        Assert.All(Fleet.Removed(moved.Except(people.Theirs.Keys, StringComparer.Ordinal)), code => Assert.Contains(code, people.EverAbsent));
        looked = now;
    }
}
