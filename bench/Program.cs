using System.Globalization;
using System.Runtime;
using OdooSky.GitOps.Bench;

if (ChildPlan.IsAsked(args)) return await ChildPlan.RunAsync(args);
if (ListServer.IsAsked(args)) return await ListServer.ServeAsync(args);
if (HistoryBench.IsAsked(args)) return await HistoryBench.ReadAsync(args);
if (ClusterBench.IsAsked(args)) return await ClusterBench.ReadAsync(args);
if (Arguments.Read(args) is not { } wanted)
{
    await Console.Error.WriteLineAsync("bench/run [--instances 1000,10000,50000] [--only fleet|cluster|hash|page|serve|history|database] [--quick] [--publish]; bench/compare [--instances 1000] [--publish]");
    return 1;
}

const int LargestToCommit = 10_000;
var report = new Report(Console.Out);
var rounds = new Rounds(wanted.Quick);
var made = 0;
var home = Directory.CreateTempSubdirectory("odoosky-bench-").FullName;
try
{
    await (wanted.Compare ? CompareAsync() : MeasureAsync());
    return 0;
}
finally
{
    Directory.Delete(home, recursive: true);
}

async Task CompareAsync()
{
    var fleet = await MakeAsync(wanted.Instances[0]);
    await Console.Error.WriteLineAsync("the loop takes some minutes ...");
    var table = await new CompareBench(fleet, wanted.Script).RunAsync();
    Console.Write(table);
    if (wanted.Publish) Publication.Replace("bench/compare", table);
}

async Task MeasureAsync()
{
    report.Head();
    foreach (var instances in Sizes("fleet")) await FleetAsync(await MakeAsync(instances));
    foreach (var instances in Sizes("cluster").Where(count => count <= LargestToCommit)) await new ClusterBench(instances, home, report, rounds).RunAsync();
    foreach (var instances in Sizes("page").Where(count => count <= LargestToCommit)) new PageBench(instances, report, rounds).Run();
    foreach (var instances in Sizes("serve").Where(count => count <= LargestToCommit)) await new ServeBench(await MakeAsync(instances), report, rounds).RunAsync();
    foreach (var instances in Sizes("history").Where(count => count <= LargestToCommit)) await new HistoryBench(await MakeAsync(instances), report, rounds).RunAsync();
    foreach (var instances in Sizes("database").Where(_ => DatabaseBench.IsThere)) await new DatabaseBench(await MakeAsync(instances), report, rounds).RunAsync();
    if (wanted.Only == "database" && !DatabaseBench.IsThere) await Console.Error.WriteLineAsync($"{DatabaseBench.Variable} names no database, as psql -d takes it.");
    if (wanted.Only is null or "hash") await new HashBench(home, report, rounds).RunAsync();
    if (wanted.Only is null) report.Slopes();
    var git = await RawGit.RunAsync(null, "version");
    report.Note(string.Create(
        CultureInfo.InvariantCulture,
        $"{Environment.ProcessorCount} cores, {git}, .NET {Environment.Version}, {(GCSettings.IsServerGC ? "server" : "workstation")} GC. Both sides of a ratio take turns in one run."));
    if (!wanted.Publish) return;
    Publication.Replace("bench/run", report.Text);
    report.Draw(Publication.Plots);
}

IEnumerable<int> Sizes(string part) => wanted.Only is null || wanted.Only == part ? wanted.Instances : [];

async Task<Fleet> MakeAsync(int instances)
{
    await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"making a fleet of {instances} ..."));
    var fleet = new Fleet(Path.Combine(home, string.Create(CultureInfo.InvariantCulture, $"{made++}-{instances}")), instances);
    await fleet.MakeAsync();
    return fleet;
}

async Task FleetAsync(Fleet fleet)
{
    var plans = new PlanBench(fleet, report, rounds);
    await plans.ColdAsync();
    await using var open = Targets.Open(fleet.Remote, fleet.Folder("cache"));
    await open.Run.PlanAsync(Targets.Nothing, CancellationToken.None);
    await plans.QuietAsync(open);
    foreach (var (changes, revision) in new[] { (1, 100), (100, 200), (1000, 300) }) await plans.ChangedAsync(open, changes, revision);
    if (fleet.Instances <= LargestToCommit) await new CommitBench(fleet, report, rounds).RunAsync(open);
}
