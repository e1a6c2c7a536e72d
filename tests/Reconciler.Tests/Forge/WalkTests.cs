using System.Globalization;
using OdooSky.GitOps.Reconciler.Proposals;
using OdooSky.GitOps.Sandbox.GitHub;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Forge;

/// <summary>
/// People, passes and faults in any order, over HTTP. After every pass: main moved by people alone, one open pull request a branch, none
/// for what a person declined, no branch of a person's moved, no overlay gone that no row asked to remove. At the end two passes settle
/// everything, and a third writes nothing. A sequence that fails is printed as the story that plays it again (<see cref="LifeScript"/>).
/// </summary>
public sealed class WalkTests
{
    private static readonly string[] Codes = ["acme", "globex", "initech"];

    private static readonly string[] Endpoints =
    [
        "POST git-receive-pack", "POST …/pulls", "PATCH …/pulls/{pull_number}", "POST …/issues/{issue_number}/labels",
        "POST …/issues/{issue_number}/comments", "DELETE …/issues/{issue_number}/labels/{name}", "GET …/pulls", "POST git-upload-pack",
    ];

    private static bool IsLong => Environment.GetEnvironmentVariable("ODOOSKY_TEST_LONG") is not null;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, IsLong ? 200 : 3)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task No_sequence_of_events_breaks_the_promises(int seed)
    {
        var random = new Random(seed);
        await using var fleet = await HttpFleet.StartAsync(random.Next(3) == 0 ? "grouping: all\n" : string.Empty);
        fleet.Tune = options => options with { Attempts = 1 };
        var walk = new Walk(fleet, random);
        try
        {
            foreach (var code in Codes) await walk.PlayAsync($"add {code}");
            for (var steps = (IsLong ? 10 : 5) + random.Next(IsLong ? 40 : 15); steps > 0; steps--) await walk.StepAsync();
            await walk.SettleAsync();
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            throw new InvalidOperationException($"seed {seed.ToString(CultureInfo.InvariantCulture)}: {string.Join("; ", walk.Log)}: {failure.Message}", failure);
        }
    }

    private sealed class Walk(HttpFleet fleet, Random random)
    {
        private readonly LifeScript script = new(fleet);
        private readonly HashSet<string> everAbsent = [];
        private readonly Dictionary<string, string?> theirs = [];
        private readonly HashSet<int> closedByPeople = [];

        public List<string> Log { get; } = [];

        private string Code => Codes[random.Next(Codes.Length)];

        public async Task PlayAsync(string step)
        {
            Log.Add(step);
            await script.PlayAsync(step);
        }

        public Task StepAsync()
        {
            var open = fleet.OpenPulls.Where(pull => fleet.Head(pull.HeadBranch) is not null).ToList();
            var one = open.Count == 0 ? null : open[random.Next(open.Count)];
            var version = string.Create(CultureInfo.InvariantCulture, $"1.{random.Next(3)}");
            return random.Next(20) switch
            {
                < 6 => PassAsync("pass"),
                < 9 => ShakyAsync(),
                < 12 => PlayAsync($"wish {Code} {version}"),
                12 => PersonAsync(version),
                13 when one is not null => EditAsync(one),
                14 when one is not null => CloseAsync(one),
                15 when closedByPeople.Count > 0 => ReopenAsync(closedByPeople.First()),
                16 or 17 when one is not null => MergeAsync(one),
                18 when one is not null && theirs.ContainsKey(one.HeadBranch) => GiveBackAsync(one),
                _ => PlayAsync("base"),
            };
        }

        public async Task SettleAsync()
        {
            await PassAsync("pass");
            await PassAsync("pass");
            await PassAsync("pass");
            Assert.Empty(fleet.Writes);
        }

        private async Task ShakyAsync()
        {
            await PlayAsync($"lose {(random.Next(2) == 0 ? "before" : "after")} {Endpoints[random.Next(Endpoints.Length)]}");
            await PassAsync("shaky");
        }

        private Task PersonAsync(string version)
        {
            var (what, code) = (random.Next(4), Code);
            if (what == 3) everAbsent.Add(code);
            return PlayAsync(what switch { 0 => $"overlay {code} {version}", 1 => $"wish {code} {version} suspended", 2 => $"wish {code} 1.0", _ => $"wish {code} {version} absent" });
        }

        private async Task EditAsync(PullRequestRecord pull)
        {
            await PlayAsync($"edit {pull.HeadBranch["odoosky/prod/".Length..]} 9.{random.Next(100).ToString(CultureInfo.InvariantCulture)} {Code}");
            if (!pull.Labels.Contains(ProposalLabels.Rebuild)) theirs[pull.HeadBranch] = fleet.Head(pull.HeadBranch); // the label gives back what is pushed after it, too
        }

        private async Task CloseAsync(PullRequestRecord pull)
        {
            await PlayAsync($"close {pull.Number}");
            closedByPeople.Add(pull.Number);
        }

        private async Task ReopenAsync(int number)
        {
            closedByPeople.Remove(number);
            await PlayAsync($"reopen {number}");
            if (!fleet.Pull(number).Open) await PlayAsync($"label {number} {ProposalLabels.Reopen}");
        }

        private async Task MergeAsync(PullRequestRecord pull)
        {
            string[] ways = ["merge", "squash", "rebase", "push"];
            await PlayAsync($"{ways[random.Next(ways.Length)]} {pull.Number}");
            if (pull.MergedAt is not null) theirs.Remove(pull.HeadBranch);
        }

        private async Task GiveBackAsync(PullRequestRecord pull)
        {
            await PlayAsync($"label {pull.Number} {ProposalLabels.Rebuild}");
            theirs.Remove(pull.HeadBranch);
        }

        private async Task PassAsync(string step)
        {
            var declined = fleet.Record.Pulls.Where(pull => closedByPeople.Contains(pull.Number)).SelectMany(Digests).ToHashSet(StringComparer.Ordinal);
            var before = fleet.OpenPulls.SelectMany(Digests).ToHashSet(StringComparer.Ordinal);
            await PlayAsync(step);
            Assert.Empty(fleet.OpenPulls.SelectMany(Digests).Intersect(declined).Except(before));
            foreach (var (branch, head) in theirs.Where(branch => fleet.OpenPulls.Any(pull => pull.HeadBranch == branch.Key))) Assert.Equal(head, fleet.Head(branch));
            foreach (var branch in fleet.OpenPulls.Select(pull => pull.HeadBranch).Except(theirs.Keys)) await RemovesOnlyAsync(branch);
        }

        private async Task RemovesOnlyAsync(string branch)
        {
            var gone = await fleet.People.Git.AskAsync(HttpFleet.Cancel, "diff", "--name-only", "--diff-filter=D", $"main...{branch}", "--", "instances");
            Assert.All(gone.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(path => path.Split('/')[1]), code => Assert.Contains(code, everAbsent));
        }

        private static IEnumerable<string> Digests(PullRequestRecord pull) => ProposalMarker.TryRead(pull.Body ?? string.Empty)?.Changes?.Values ?? [];
    }
}
