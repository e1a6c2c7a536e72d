using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace OdooSky.GitOps.Bench;

/// <summary>One addon's new version for every instance: a shell loop with yq and git, and the program, from the same clone-less start.</summary>
internal sealed class CompareBench(Fleet fleet, string script)
{
    private const string Branch = "bump";

    private readonly StringBuilder text = new();

    public async Task<string> RunAsync()
    {
        await fleet.BranchCatalogAsync("main", 1);
        var byHand = await TimeAsync("bash", script, fleet.RawRemote, fleet.Folder("by-hand"), Branch, FleetText.SharedAddon, FleetText.SharedVersion(1));
        var ours = await TimeAsync(Environment.ProcessPath!, Program(), "apply", "--repository", fleet.Remote, "--target", "bench", "--helm", "4", "--cache", fleet.Folder("cache"), "--proposals", fleet.Folder("proposals"));
        var before = await CheckOutAsync(fleet.Remote, "main", "before");
        var (hand, program) = (Effects(before, await CheckOutAsync(fleet.RawRemote, Branch, "hand")), Effects(before, await CheckOutAsync(fleet.Remote, "odoosky/bench/all-1", "program")));
        text.Append("| one addon's new version for all, one commit | the shell loop | `odoosky apply` |\n|---|---|---|\n");
        Row("instances", fleet.Instances.ToString("N0", CultureInfo.InvariantCulture), fleet.Instances.ToString("N0", CultureInfo.InvariantCulture));
        Row("seconds, clone to push", byHand.ToString("0.0", CultureInfo.InvariantCulture), ours.ToString("0.00", CultureInfo.InvariantCulture));
        Row("ratio", (byHand / ours).ToString("0", CultureInfo.InvariantCulture), "1");
        Row("files changed", Number(hand.Files), Number(program.Files));
        Row("lines gone or new in each (2 are asked for)", PerFile(hand.Lines), PerFile(program.Lines));
        Row("files with every other byte as it was", Number(hand.Untouched), Number(program.Untouched));
        Row("comments kept", Share(hand.Comments), Share(program.Comments));
        Row("quoted texts still quoted", Share(hand.Quoted), Share(program.Quoted));
        Row("says which pods restart, and why", "no", "yes");
        return text.ToString();
    }

    private static FileEffects Effects(string before, string after) =>
        FileEffects.Between(Path.Combine(before, "instances"), Path.Combine(after, "instances"), FleetText.SharedVersion(0) + "\"", FleetText.SharedVersion(1) + "\"");

    private static string Program() => Path.Combine(AppContext.BaseDirectory, "odoosky.dll");

    private static async Task<double> TimeAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        var words = process.StandardError.ReadToEndAsync();
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? watch.Elapsed.TotalSeconds : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {await words}");
    }

    private async Task<string> CheckOutAsync(string repository, string branch, string name)
    {
        await RawGit.RunAsync(null, "clone", "--quiet", "--branch", branch, repository, fleet.Folder(name));
        return fleet.Folder(name);
    }

    private void Row(string what, string hand, string ours) => text.Append(CultureInfo.InvariantCulture, $"| {what} | {hand} | {ours} |\n");

    private string PerFile(int lines) => ((double)lines / fleet.Instances).ToString("0.0", CultureInfo.InvariantCulture);

    private static string Number(int count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Share((int Left, int Before) share) => string.Create(CultureInfo.InvariantCulture, $"{share.Left:N0} of {share.Before:N0}");
}
