using System.Text.RegularExpressions;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Example;

/// <summary>The example's README, followed to the letter in a copy of the folder: first by somebody who has Helm alone.</summary>
public sealed partial class ExampleReadmeTests : IDisposable
{
    private static readonly string[] Order = ["PersistentVolumeClaim", "Secret", "Service", "Deployment", "StatefulSet", "Ingress"];

    private readonly DirectoryInfo home = Directory.CreateTempSubdirectory("odoosky-newcomer-");

    private string Fleet => Path.Combine(home.FullName, "fleet");

    public void Dispose() => home.Delete(recursive: true);

    [Theory]
    [InlineData("helm3")]
    [InlineData("helm4")]
    public async Task Helm_alone_shows_an_instance_and_refuses_a_wrong_one(string helm)
    {
        await PrepareAsync(helm);
        var commands = Blocks("README.md", "One instance, as Kubernetes gets it")
            .SelectMany(text => text.Split('\n', StringSplitOptions.RemoveEmptyEntries)).ToList();
        Assert.Equal(["lint", "template", "template", "template"], commands.Select(command => command.Split(' ')[1]));
        var whole = await SucceedAsync(commands[1]);
        var deployment = RenderedManifests.Parse(await SucceedAsync(commands[2]));
        Assert.Contains("0 chart(s) failed", await SucceedAsync(commands[0]), StringComparison.Ordinal);
        Assert.Equal(
            ["PersistentVolumeClaim", "PersistentVolumeClaim", "Secret", "Service", "Service", "Deployment", "StatefulSet", "Ingress"],
            RenderedManifests.Parse(whole).Objects.Select(item => item.Text("kind")).OrderBy(kind => Array.IndexOf(Order, kind)));
        Assert.Equal("alpenhof-odoo", Assert.Single(deployment.Objects).Text("metadata.name"));
        Assert.Equal(5, deployment.InitContainers.Length);
        var refused = await RunAsync(commands[3]);
        Assert.NotEqual(0, refused.ExitCode);
        var readme = await File.ReadAllTextAsync(Path.Combine(Fleet, "README.md"));
        if (helm == "helm4") Assert.Contains(refused.Errors.Split("\n\n")[0].TrimEnd('\n'), readme, StringComparison.Ordinal);
        var again = await SucceedAsync(Assert.Single(Blocks("charts/instance/README.md", "The instance chart")));
        Assert.Equal(RenderedManifests.Parse(whole).Odoo.ToJsonString(), RenderedManifests.Parse(again).Odoo.ToJsonString());
    }

    [Fact]
    public async Task The_steps_lead_from_the_copy_to_an_instance_that_renders()
    {
        await PrepareAsync("helm4");
        await SucceedAsync("git init -q -b main . && git add --all && git commit -qm copy && rm -r desired/instances/* instances/*");
        var steps = await File.ReadAllTextAsync(Path.Combine(Fleet, "README.md"));
        var acme = Undent(Instance().Match(steps).Groups["text"].Value);
        await File.WriteAllTextAsync(Path.Combine(Fleet, "desired", "instances", "acme.yaml"), acme);
        var blocks = Blocks("README.md", "Make it yours in ten minutes").ToList();
        Assert.Equal(2, blocks.Count);
        var looked = await SucceedAsync("set -e\n" + blocks[0]);
        Assert.Contains("1 instance: 0 errors, 0 warnings.", looked, StringComparison.Ordinal);
        Assert.Contains("Plan: 1 to create, 0 to update, 0 to retire;", looked, StringComparison.Ordinal);
        var made = await SucceedAsync("set -e\n" + blocks[1]);
        Assert.Contains("+++ b/instances/acme/values.yaml", made, StringComparison.Ordinal);
        var manifests = RenderedManifests.Parse(made[made.IndexOf("\n---\n# Source", StringComparison.Ordinal)..]);
        Assert.Equal("registry.example/addons/web_responsive:17.0.1.2.1", manifests.InitContainers[^1].Image);
        Assert.Equal("", await SucceedAsync("git status --short"));
    }

    private async Task PrepareAsync(string helm)
    {
        ChartUnderTest.Copy(ExampleRepo.Root, Fleet);
        var programs = Directory.CreateDirectory(Path.Combine(home.FullName, "bin")).FullName;
        File.CreateSymbolicLink(Path.Combine(programs, "helm"), Path.Combine(ExampleRepo.Sources, ".tools", helm));
        TestScript.Write(Path.Combine(programs, "odoosky"), $"#!/bin/sh\nexec dotnet '{Path.Combine(AppContext.BaseDirectory, "odoosky.dll")}' \"$@\"\n");
    }

    private async Task<string> SucceedAsync(string command)
    {
        var run = await RunAsync(command);
        Assert.True(run.ExitCode == 0, $"{command}\n{run.Output}\n{run.Errors}");
        return run.Output;
    }

    private Task<ProgramRun> RunAsync(string command) => TestProgram.RunAsync("env", [
        "-C", Fleet, $"HOME={home.FullName}", $"PATH={Path.Combine(home.FullName, "bin")}:{Environment.GetEnvironmentVariable("PATH")}",
        "GIT_AUTHOR_NAME=New Comer", "GIT_AUTHOR_EMAIL=new@comer.example",
        "GIT_COMMITTER_NAME=New Comer", "GIT_COMMITTER_EMAIL=new@comer.example",
        "sh", "-c", command]);

    /// <summary>The shell blocks below a heading, without their indentation.</summary>
    private IEnumerable<string> Blocks(string file, string heading)
    {
        var text = File.ReadAllText(Path.Combine(Fleet, file));
        var part = Headings().Split(text).Single(section => section.StartsWith(heading + "\n", StringComparison.Ordinal));
        return Shell().Matches(part).Select(match => Undent(match.Groups["text"].Value));
    }

    private static string Undent(string text) =>
        string.Join('\n', text.Split('\n').Select(line => line.StartsWith("   ", StringComparison.Ordinal) ? line[3..] : line));

    [GeneratedRegex("^#+ ", RegexOptions.Multiline)]
    private static partial Regex Headings();

    [GeneratedRegex("(?m)^ *```sh\n(?<text>(?s:.*?))^ *```$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Shell();

    [GeneratedRegex("(?m)^ *```yaml\n(?<text>   apiVersion(?s:.*?))^ *```$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Instance();
}
