using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.GitHubStandIn;

/// <summary>Prism between a client and the stand-in: whatever is not as GitHub's own description says becomes an error 500.</summary>
internal sealed partial class Prism : IAsyncDisposable
{
    private readonly Process process;
    private readonly string description;

    private Prism(Process process, string description) => (this.process, this.description) = (process, description);

    public Uri Address { get; private set; } = new("http://127.0.0.1");

    public static async Task<Prism> StartAsync(string standIn, IEnumerable<string> paths, string prefix = "")
    {
        var tools = Path.Combine(ExampleRepo.Sources, "tests", "tools");
        var file = Path.Combine(Directory.CreateTempSubdirectory("prism-").FullName, "github.json");
        var cut = await TestProgram.RunAsync("node", [Path.Combine(tools, "cut-openapi.mjs"), file, prefix, .. paths]);
        Assert.True(cut.ExitCode == 0, cut.Errors);
        var cli = Path.Combine(tools, "node_modules", "@stoplight", "prism-cli", "dist", "index.js");
        var start = new ProcessStartInfo("node", [cli, "proxy", file, standIn, "--errors", "--port", "0"])
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        var prism = new Prism(Process.Start(start)!, file);
        await prism.ListenAsync();
        return prism;
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync(CancellationToken.None);
        process.Dispose();
        Directory.Delete(Path.GetDirectoryName(description)!, recursive: true);
    }

    private async Task ListenAsync()
    {
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        var said = new StringBuilder();
        while (await process.StandardOutput.ReadLineAsync(Fleet.Cancel) is { } line)
        {
            said.AppendLine(line);
            if (Listening().Match(line) is not { Success: true } match) continue;
            Address = new Uri(match.Groups[1].Value);
            _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
            return;
        }

        Assert.Fail($"Prism did not start: {said}");
    }

    [GeneratedRegex(@"Prism is listening on (http://127\.0\.0\.1:\d+)")]
    private static partial Regex Listening();
}
