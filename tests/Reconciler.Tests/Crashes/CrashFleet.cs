using System.Diagnostics;
using System.Text;
using OdooSky.GitOps.Reconciler.Tests.Passes;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Crashes;

/// <summary>
/// A fleet in which one pass has everything to do, and how it looks when that pass was left in peace. The pass that is killed is
/// the program itself in a process group of its own; the pass after it runs here.
/// </summary>
internal sealed class CrashFleet : IAsyncDisposable
{
    private const int Killed = 137;

    private readonly TestFleet fleet = new();
    private readonly PushServer server;
    private readonly GitStandIn git;

    private CrashFleet()
    {
        server = new PushServer(fleet.Remote);
        git = new GitStandIn(Path.Combine(Home, "bin"), server.Port);
    }

    /// <summary>What an undisturbed pass leaves behind: the same refs from either start, and the texts of the start whose points were asked for.</summary>
    public string Undisturbed { get; private set; } = string.Empty;

    private string Home => Path.GetDirectoryName(fleet.Remote)!;

    private string Cache => Path.Combine(Home, "cache");

    private string Saved => Path.Combine(Home, "saved");

    private string[] Apply =>
        ["dotnet", Path.Combine(AppContext.BaseDirectory, "odoosky.dll"), "apply", "--repository", fleet.Remote, "--target", "prod", "--cache", Cache, "--proposals", fleet.Proposals];

    /// <summary>Why nothing can be killed at a system call here, or null.</summary>
    public static string? Obstacle()
    {
        try
        {
            using var probe = Process.Start(new ProcessStartInfo("strace", ["-qq", "-o", "/dev/null", "true"]) { RedirectStandardError = true, UseShellExecute = false })!;
            var words = probe.StandardError.ReadToEnd();
            probe.WaitForExit();
            return probe.ExitCode == 0 ? null : "strace may not trace processes here: " + words.Trim();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "strace is not installed (tests/tools/install does it on Debian)";
        }
    }

    /// <summary>Makes the fleet: one proposal to renew, one to take back, one to leave alone, one new, and an overlay to remove.</summary>
    public static async Task<CrashFleet> MakeAsync()
    {
        var made = new CrashFleet();
        foreach (var code in (string[])["alpha", "bravo", "delta"]) made.fleet.AddInstance(code, "1.0", wished: "2.0");
        made.fleet.AddInstance("cobalt");
        made.fleet.Push();
        Assert.Equal(0, (await made.fleet.RunAsync("apply")).Exit);
        made.fleet.Wish("alpha", "3.0");
        made.fleet.Wish("bravo", "1.0");
        made.fleet.Wish("cobalt", "1.0", "state: absent\n");
        made.fleet.Wish("gamma", "1.0");
        made.fleet.Push();
        foreach (var folder in (string[])[made.fleet.Remote, made.Cache, made.fleet.Proposals]) Copy(folder, Path.Combine(made.Saved, Path.GetFileName(folder)));
        Assert.Equal(0, (await made.fleet.RunAsync("apply")).Exit);
        made.Undisturbed = made.Look();
        return made;
    }

    /// <summary>All points of the pass from one start.</summary>
    public async Task<List<CrashPoint>> PointsAsync(CrashStart start)
    {
        Restore(start);
        git.Record();
        await SucceedAsync(Apply);

        // A proposal that stays open keeps the size of the fleet that it was written with; a machine without it writes it anew.
        var undisturbed = Look();
        Assert.Equal(RefsIn(Undisturbed), RefsIn(undisturbed));
        Undisturbed = undisturbed;
        var calls = git.Calls;
        List<CrashPoint> points = [.. Enumerable.Range(1, calls).SelectMany(call => (CrashPoint[])
            [new(start, CrashWhen.BeforeGit, call, "", 0, ""), new(start, CrashWhen.AfterGit, call, "", 0, "")])];
        for (var call = 1; call <= calls; call++) points.AddRange(CrashRecording.InGit(start, call, File.ReadLines(git.LogOf(call)), Home));
        Restore(start);
        git.CountOnly();
        var log = Path.Combine(Home, "log");
        await SucceedAsync(["strace", "-f", "-qq", "-y", "-o", log, "-e", "trace=execve," + GitStandIn.DiskCalls, .. Apply]);
        Assert.Equal(Undisturbed, Look());
        return [.. points, .. CrashRecording.InProgram(start, File.ReadAllLines(log), Home)];
    }

    /// <summary>Puts everything back to a start.</summary>
    public void Restore(CrashStart start)
    {
        foreach (var folder in (string[])[fleet.Remote, Cache, fleet.Proposals])
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
            if (start == CrashStart.Warm || folder == fleet.Remote) Copy(Path.Combine(Saved, Path.GetFileName(folder)), folder);
        }
    }

    /// <summary>Does a pass that is killed.</summary>
    /// <returns>Whether it came to the point.</returns>
    public async Task<bool> KillAsync(CrashPoint point)
    {
        if (point.When == CrashWhen.InProgram) git.CountOnly();
        else git.KillAt(point);
        return await RunAsync(point.When == CrashWhen.InProgram ? [.. GitStandIn.KillProgramAt(point), .. Apply] : Apply) is (Killed, _);
    }

    /// <summary>Does a pass in peace, and says how things look then.</summary>
    public async Task<string> RecoverAsync()
    {
        var ran = await fleet.RunAsync("apply");
        return ran.Exit == 0 ? Look() : $"exit code {ran.Exit}\n{ran.Output}{ran.Messages}";
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        fleet.Dispose();
    }

    // Refs with their ids (and so every tree and message), proposals byte for byte, and locks, of which there must be none.
    private string Look()
    {
        var text = new StringBuilder(fleet.Refs()).Append('\n');
        foreach (var file in Files(fleet.Proposals)) text.Append('\n').Append(file).Append('\n').Append(File.ReadAllText(Path.Combine(fleet.Proposals, file)));
        foreach (var folder in (string[])[fleet.Remote, Cache])
            foreach (var file in Files(folder).Where(file => file.EndsWith(".lock", StringComparison.Ordinal))) text.Append("\nlock: ").Append(file);
        return text.ToString();
    }

    private static string RefsIn(string look) => look.Split("\n\n")[0];

    private async Task SucceedAsync(string[] command)
    {
        var (exit, messages) = await RunAsync(command);
        Assert.True(exit == 0, $"exit code {exit}: {messages}");
    }

    private async Task<(int Exit, string Messages)> RunAsync(string[] command)
    {
        var start = new ProcessStartInfo("setsid", ["--wait", .. command]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        start.Environment["PATH"] = $"{git.Folder}:{start.Environment["PATH"]}";
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var messages = process.StandardError.ReadToEndAsync();
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        await server.RestAsync();
        return (process.ExitCode, await messages);
    }

    private static IEnumerable<string> Files(string folder) => !Directory.Exists(folder) ? []
        : Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file)).Order(StringComparer.Ordinal);

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var folder in Directory.EnumerateDirectories(from, "*", SearchOption.AllDirectories)) Directory.CreateDirectory(Path.Combine(to, Path.GetRelativePath(from, folder)));
        foreach (var file in Files(from)) File.Copy(Path.Combine(from, file), Path.Combine(to, file));
    }
}
