using System.Diagnostics;
using System.Text;
using OdooSky.GitOps.Sandbox.GitHub;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Forge;

/// <summary>
/// The program itself, with a token of which no trace may be anywhere afterwards, nor of its form for Git: not in what is printed, not in
/// arguments of git, not in the cache or any other file, not in the repository, not on a pull request, not in an address asked for.
/// </summary>
public sealed class CanaryTests
{
    private const string Canary = "ghp_canarycanarycanarycanarycanarycanary0";

    private static readonly string[] Traces =
    [
        Canary, Convert.ToBase64String(Encoding.UTF8.GetBytes("x-access-token:" + Canary)), Convert.ToBase64String(Encoding.UTF8.GetBytes(Canary)), Uri.EscapeDataString("x-access-token:" + Canary),
    ];

    [Theory]
    [InlineData("a pass that does all", "text")]
    [InlineData("a pass that does all", "json")]
    [InlineData("a token that is refused", "text")]
    [InlineData("a token that is refused", "json")]
    [InlineData("a token that may not write", "text")]
    [InlineData("a server that repeats what it was told", "json")]
    [InlineData("a server that is not there", "text")]
    public async Task A_token_leaves_no_trace(string run, string format)
    {
        await using var fleet = await HttpFleet.StartAsync("reviewers: [nobody]\n", [.. HttpFleet.Instance("acme"), .. HttpFleet.Instance("globex")]);
        await PrepareAsync(fleet, run);
        var traced = Path.Combine(fleet.Folder, "git-arguments");
        var said = new StringBuilder();
        foreach (var verb in (string[])["doctor", "plan", "pr list", "config view"])
        {
            var ran = await fleet.RunAsync([.. verb.Split(' '), "-o", format]);
            said.Append(ran.Output).Append(ran.Messages);
        }

        said.Append(await RunAsync(fleet, traced, ["apply", "-o", format]));

        if (run == "a pass that does all") Assert.Equal(2, fleet.OpenPulls.Count());
        Assert.Contains(run switch { "a pass that does all" => "odoosky/prod/i-acme", "a server that is not there" => "OSG06", _ => "OSG0" }, said.ToString(), StringComparison.Ordinal);
        File.Delete(Path.Combine(fleet.Folder, "token"));
        AssertClean("what is printed", said.ToString());
        AssertClean("the arguments of git", await File.ReadAllTextAsync(traced, HttpFleet.Cancel));
        foreach (var file in Directory.EnumerateFiles(fleet.Folder, "*", SearchOption.AllDirectories)) AssertClean(file, Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file, HttpFleet.Cancel)));
        foreach (var pull in fleet.Record.Pulls) AssertClean("a pull request", pull.Title + pull.Body);
        AssertClean("comments", string.Join('\n', fleet.Record.Comments.Select(comment => comment.Body)));
        AssertClean("addresses", string.Join('\n', fleet.Hub.Log.All));
        AssertClean("the repository", await fleet.People.Git.AskAsync(HttpFleet.Cancel, "log", "--all", "-p", "--format=%an %ae %cn %ce %B"));
    }

    private static async Task PrepareAsync(HttpFleet fleet, string run)
    {
        var readable = new Dictionary<string, string> { ["metadata"] = "read", ["contents"] = "read", ["pull_requests"] = "read" };
        if (run != "a token that is refused") fleet.Hub.AddToken("odoosky-bot", Canary, run == "a token that may not write" ? readable : null);
        if (run == "a server that repeats what it was told")
            fleet.Hub.Faults.From("GET /repos/{owner}/{repo}/pulls", 1, Fault.Answer(422, $$"""{"message":"Bearer {{Canary}} is wrong", "errors":["{{Traces[1]}}"]}"""));
        await File.WriteAllTextAsync(Path.Combine(fleet.Folder, "token"), Canary + "\n", HttpFleet.Cancel);
        fleet.WriteSettings();
        if (run == "a server that is not there") await fleet.Hub.RefuseAsync();
    }

    private static async Task<string> RunAsync(HttpFleet fleet, string traced, string[] arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "odoosky.dll");
        var start = new ProcessStartInfo("dotnet", [program, .. arguments, "--cache", fleet.Cache]) { UseShellExecute = false, WorkingDirectory = fleet.Folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PATH"] = $"{Recorder(fleet, traced)}:{start.Environment["PATH"]}";
        start.Environment["ODOOSKY_TRACE"] = "1";
        using var process = Process.Start(start)!;
        var messages = process.StandardError.ReadToEndAsync(HttpFleet.Cancel);
        var output = await process.StandardOutput.ReadToEndAsync(HttpFleet.Cancel);
        await process.WaitForExitAsync(HttpFleet.Cancel);
        return output + await messages;
    }

    // A git at the front of PATH that writes its arguments down.
    private static string Recorder(HttpFleet fleet, string traced)
    {
        var folder = Directory.CreateDirectory(Path.Combine(fleet.Folder, "bin")).FullName;
        var script = Path.Combine(folder, "git");
        if (File.Exists(script)) return folder;
        var git = Environment.GetEnvironmentVariable("PATH")!.Split(':').Select(each => Path.Combine(each, "git")).First(File.Exists);
        TestScript.Write(script, $"#!/bin/sh\nprintf '%s\\n' \"$*\" >>'{traced}'\nexec '{git}' \"$@\"\n");
        return folder;
    }

    private static void AssertClean(string where, string text)
    {
        foreach (var trace in Traces)
        {
            var at = text.IndexOf(trace, StringComparison.Ordinal);
            Assert.True(at < 0, at < 0 ? null : $"{where}: {text[Math.Max(0, at - 80)..at]}<here>");
        }
    }
}
