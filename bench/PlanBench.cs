using System.Globalization;
using OdooSky.GitOps.Reconciler;

namespace OdooSky.GitOps.Bench;

/// <summary>Plans: from cold, quiet, and with some instances changed.</summary>
internal sealed class PlanBench(Fleet fleet, Report report, Rounds rounds)
{
    /// <summary>The row of so many changes.</summary>
    public static string NameOf(int changes) => string.Create(
        CultureInfo.InvariantCulture, $"plan, {changes:N0} {(changes == 1 ? "instance" : "instances")} changed since the last");

    public async Task ColdAsync()
    {
        Samples cold = new(), warm = new(), memory = new(), clone = new(), read = new();
        for (var i = 0; rounds.Go(i, 5); i++)
        {
            var (cache, raw) = (fleet.Folder($"cold-{i}"), fleet.Folder($"raw-{i}"));
            await clone.TimeAsync(() => CloneAndReadAsync(raw));
            await cold.TimeAsync(async () => memory.Add(await ChildPlan.StartAsync(fleet.Remote, cache)));
            await read.TimeAsync(() => ReadAsync(raw));
            await warm.TimeAsync(() => ChildPlan.StartAsync(fleet.Remote, cache));
            Directory.Delete(cache, recursive: true);
            Directory.Delete(raw, recursive: true);
        }

        report.Row(("everything from cold: process, clone, plan", fleet.Instances, "10,000: ≤ 4 s"), "ms", cold, ("clone + cat-file of all blobs", clone));
        report.Row(("new process, warm cache, plan", fleet.Instances, "–"), "ms", warm, ("ls-tree + cat-file of all blobs", read));
        report.Row(("peak memory of the first", fleet.Instances, "10,000: ≤ 400 MiB"), "MiB", memory, null);
    }

    public async Task QuietAsync(OpenTarget open)
    {
        Samples ours = new(), raw = new();
        for (var i = 0; rounds.Go(i, 25); i++)
        {
            await ours.TimeAsync(() => open.Run.PlanAsync(Targets.Nothing, CancellationToken.None));
            await raw.TimeAsync(async () =>
            {
                await RawGit.RunAsync(null, "ls-remote", "--refs", "--heads", fleet.RawRemote);
                await RawGit.RunAsync(fleet.RawClone, "rev-parse", "main^{tree}");
            });
        }

        report.Row(("quiet pass", fleet.Instances, "≤ 1.5 ×"), "ms", ours, ("ls-remote + rev-parse", raw));
    }

    /// <summary>Main moves: some wishes have changed since the last pass.</summary>
    public async Task ChangedAsync(OpenTarget open, int changes, int firstRevision)
    {
        Samples ours = new(), raw = new();
        for (var i = 0; rounds.Go(i, 3); i++)
        {
            await fleet.WishAnewAsync(i * changes, changes, firstRevision + i);
            await raw.TimeAsync(async () =>
            {
                await RawGit.RunAsync(fleet.RawClone, "fetch", "--quiet", fleet.RawRemote, "+refs/heads/*:refs/heads/*");
                await RawGit.RunAsync(fleet.RawClone, "ls-tree", "-r", "-z", "main");
            });
            await ours.TimeAsync(() => open.Run.PlanAsync(Targets.Nothing, CancellationToken.None));
        }

        report.Row((NameOf(changes), fleet.Instances, "grows with the changes"), "ms", ours, ("fetch + ls-tree", raw));
    }

    private async Task CloneAndReadAsync(string folder)
    {
        await RawGit.RunAsync(null, "clone", "--quiet", "--bare", "--no-local", fleet.Remote, folder);
        await ReadAsync(folder);
    }

    private static async Task ReadAsync(string folder)
    {
        await RawGit.RunAsync(folder, "ls-tree", "-r", "main");
        await RawGit.RunAsync(folder, "cat-file", "--batch-all-objects", "--batch", "--buffer", "--unordered");
    }
}
