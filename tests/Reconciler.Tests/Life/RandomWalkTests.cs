using System.Globalization;
using OdooSky.GitOps.Reconciler.Proposals;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Life;

/// <summary>
/// People and passes in any order. After every step: at most one open pull request per branch and instance, none for what a
/// person declined, no branch of a person's moved, no overlay gone that no row asked to remove, base moved by nobody but people.
/// At the end two passes settle everything, and a third writes nothing.
/// </summary>
public sealed class RandomWalkTests
{
    private static readonly string[] Codes = ["a", "b", "c"];

    private static bool IsLong => Environment.GetEnvironmentVariable("ODOOSKY_TEST_LONG") == "1";

    public static TheoryData<int> Batches => [.. Enumerable.Range(0, IsLong ? 40 : 4)];

    [Theory]
    [MemberData(nameof(Batches))]
    public async Task No_sequence_of_events_breaks_the_promises(int batch)
    {
        var (sequences, steps) = IsLong ? (50, 60) : (25, 30);
        var lanes = new ParallelOptions { MaxDegreeOfParallelism = 2, CancellationToken = TestContext.Current.CancellationToken };
        await Parallel.ForAsync(batch * sequences, (batch + 1) * sequences, lanes, async (seed, _) => await WalkAsync(seed, steps));
    }

    private static async Task WalkAsync(int seed, int most)
    {
        var random = new Random(seed);
        await using var fleet = new LifeFleet(random.Next(3) == 0 ? "grouping: all\n" : string.Empty);
        var walk = new Walk(fleet, random);
        try
        {
            foreach (var code in Codes) fleet.Add(code, wished: "1.0");
            var steps = 1 + random.Next(most);
            for (var i = 0; i < steps; i++) await walk.StepAsync();
            await walk.SettleAsync();
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            throw new InvalidOperationException($"seed {seed.ToString(CultureInfo.InvariantCulture)}: {string.Join("; ", walk.Log)}: {failure.Message}", failure);
        }
    }

    private sealed class Walk(LifeFleet fleet, Random random)
    {
        private readonly HashSet<string> everAbsent = [];
        private readonly Dictionary<string, string> theirs = [];
        private readonly HashSet<int> closedByPeople = [];

        public List<string> Log { get; } = [];

        private string Code => Codes[random.Next(Codes.Length)];

        private string Version => $"1.{random.Next(3)}";

        public async Task StepAsync()
        {
            var kind = random.Next(20);
            var (code, version) = (Code, Version);
            var open = fleet.Forge.Open.Where(proposal => fleet.Head(proposal.Branch) is not null).ToList();
            var one = open.Count == 0 ? null : open[random.Next(open.Count)];
            switch (kind)
            {
                case < 7:
                    await PassAsync("pass", () => fleet.PassAsync());
                    break;
                case < 9:
                    var at = random.Next(8);
                    await PassAsync($"killed pass at {at}", () => fleet.KilledPassAsync(at));
                    break;
                case < 12:
                    Note($"wish {code} {version}");
                    fleet.SetWish(code, version);
                    break;
                case 12:
                    People(code, version);
                    break;
                case 13 when one is not null:
                    Note($"edit {one.Branch}");
                    fleet.SetOverlay(code, "9." + random.Next(100).ToString(CultureInfo.InvariantCulture), one.Branch);
                    if (!one.Labels.Contains(ProposalLabels.Rebuild)) theirs[one.Branch] = fleet.Head(one.Branch)!; // the label gives back what is pushed after it, too
                    break;
                case 14 when one is not null:
                    Note($"close #{one.Number}");
                    fleet.Forge.LookAtBranches();
                    fleet.Close(one.Number);
                    closedByPeople.Add(one.Number);
                    break;
                case 15 when closedByPeople.Count > 0:
                    Reopen(closedByPeople.First());
                    break;
                case 16 or 17 when one is not null:
                    Note($"merge #{one.Number}");
                    if (fleet.Merge(one, (MergeWay)random.Next(4))) theirs.Remove(one.Branch);
                    break;
                case 18 when one is not null && theirs.ContainsKey(one.Branch):
                    Note($"rebuild #{one.Number}");
                    fleet.Label(one.Number, ProposalLabels.Rebuild);
                    theirs.Remove(one.Branch);
                    break;
                default:
                    Note("base moves");
                    fleet.Commit("main", "Unrelated", ("README.md", $"{random.Next()}\n"));
                    break;
            }
        }

        public async Task SettleAsync()
        {
            await PassAsync("last pass", () => fleet.PassAsync());
            await PassAsync("last pass", () => fleet.PassAsync());
            var (writes, heads) = (fleet.Forge.Writes.Count, fleet.Heads());
            await PassAsync("quiet pass", () => fleet.PassAsync());
            Assert.Equal(writes, fleet.Forge.Writes.Count);
            Assert.Equal(heads, fleet.Heads());
        }

        private void People(string code, string version)
        {
            var what = random.Next(4);
            Note($"person {what} {code} {version}");
            if (what == 0) fleet.SetOverlay(code, version);
            if (what == 1) fleet.SetWish(code, version, "state: suspended\n");
            if (what == 2) fleet.Commit("main", "Forget", ($"desired/instances/{code}.yaml", null));
            if (what < 3) return;
            everAbsent.Add(code);
            fleet.SetWish(code, version, "state: absent\n");
        }

        private void Reopen(int number)
        {
            var closed = fleet.Forge.Of(number);
            closedByPeople.Remove(number);
            Note($"reopen #{number}");

            // A forge refuses when the branch is gone, or another one is open for it.
            if (fleet.Head(closed.Branch) is null || fleet.Forge.Open.Any(proposal => proposal.Branch == closed.Branch)) fleet.Label(number, ProposalLabels.Reopen);
            else fleet.Reopen(number);
        }

        private async Task PassAsync(string name, Func<Task> pass)
        {
            Note(name);
            var declined = fleet.Forge.All.Where(proposal => closedByPeople.Contains(proposal.Number)).SelectMany(proposal => proposal.Marker?.Changes?.Values ?? []).ToHashSet(StringComparer.Ordinal);
            var before = fleet.Forge.Open.SelectMany(proposal => proposal.Marker?.Changes?.Values ?? []).ToHashSet(StringComparer.Ordinal);
            var main = fleet.Head("main");
            await pass();
            Check(main, declined.Except(before));
        }

        private void Check(string? main, IEnumerable<string> declined)
        {
            fleet.Forge.LookAtBranches();
            Assert.Equal(main, fleet.Head("main"));
            var open = fleet.Forge.Open.ToList();
            Assert.Equal(open.Select(proposal => proposal.Branch).Distinct(StringComparer.Ordinal).Count(), open.Count);
            foreach (var (branch, head) in theirs.Where(branch => open.Any(proposal => proposal.Branch == branch.Key))) Assert.Equal(head, fleet.Head(branch));
            Assert.Empty(open.SelectMany(proposal => proposal.Marker?.Changes?.Values ?? []).Intersect(declined));
            var removed = fleet.Removed(open.Select(proposal => proposal.Branch).Except(theirs.Keys, StringComparer.Ordinal));
            Assert.All(removed, code => Assert.Contains(code, everAbsent));
        }

        private void Note(string what) => Log.Add(what);
    }
}
