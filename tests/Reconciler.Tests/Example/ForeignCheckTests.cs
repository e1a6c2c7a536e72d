using System.Collections.Immutable;
using System.Text.Json.Nodes;
using OdooSky.GitOps.Reconciler.Cli;
using OdooSky.GitOps.Reconciler.Git;
using OdooSky.GitOps.Sandbox;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Example;

/// <summary>The whole job on the example, checked by programs that know nothing of this one: git and real Helm.</summary>
public sealed class ForeignCheckTests : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("odoosky-foreign-");
    private string bare = string.Empty;
    private JsonNode plan = new JsonObject();

    public async ValueTask InitializeAsync()
    {
        var token = TestContext.Current.CancellationToken;
        bare = await new ExampleRepository(new GitProgram(TimeProvider.System, new GitLimits())).MakeAsync(folder.FullName, token);
        plan = JsonNode.Parse((await RunAsync("plan", "-o", "json")).Output)!;
        Assert.Equal(0, (await RunAsync("apply")).Exit);
    }

    public ValueTask DisposeAsync()
    {
        folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public void The_plan_says_exactly_what_the_example_is_made_for() =>
        Assert.Equal(
            [
                "alpenhof unchanged no",
                "bluefin update yes addon-mis-builder",
                "cobalt update audit-only",
                "driftwood suspended no",
                "eastgate retire no",
                "fernhill create no",
            ],
            plan.List("instances").Select(item => string.Join(
                ' ',
                new[] { item.Text("code"), item.Text("action"), item.Text("restarts") }
                    .Concat(item.List("initContainers").Select(container => container.Text("name"))))));

    [Theory]
    [InlineData("alpenhof")]
    [InlineData("bluefin")]
    [InlineData("cobalt")]
    [InlineData("driftwood")]
    [InlineData("eastgate")]
    [InlineData("fernhill")]
    public async Task Real_Helm_renders_what_the_plan_said(string code)
    {
        var planned = plan.List("instances").Single(item => item.Text("code") == code);
        var before = await OverlayAsync("main", code);
        var branch = planned.Text("action") is "create" or "update" or "retire" ? $"odoosky/prod/i-{code}" : "main";
        var after = await OverlayAsync(branch, code);
        foreach (var helm in RealHelm.Both)
        {
            var old = before is null ? null : await helm.RenderTextAsync(ExampleRepo.Chart, before);
            var now = after is null ? null : await helm.RenderTextAsync(ExampleRepo.Chart, after);
            Assert.Equal(planned["hashBefore"]?.GetValue<string>(), old?.Hash);
            if (branch != "main") Assert.Equal(planned["hashAfter"]?.GetValue<string>(), now?.Hash);
            if (old is not null && now is not null) Compare(planned, old, now);
        }
    }

    [Fact]
    public async Task Bytes_that_nobody_manages_stay_and_a_second_pass_does_nothing()
    {
        var cobalt = (await OverlayAsync("odoosky/prod/i-cobalt", "cobalt"))!;
        Assert.DoesNotContain("\n", cobalt.Replace("\r\n", string.Empty));
        Assert.Null(await OverlayAsync("odoosky/prod/i-eastgate", "eastgate"));
        var refs = await GitAsync("for-each-ref");

        var again = await RunAsync("apply");

        Assert.Equal(0, again.Exit);
        Assert.Equal(refs, await GitAsync("for-each-ref"));
        Assert.All(again.Output.Split('\n').Where(line => line.Contains("odoosky/")), line => Assert.StartsWith("unchanged", line));
    }

    private static void Compare(JsonNode planned, RenderedManifests old, RenderedManifests now)
    {
        var rolls = old.OdooPod.ToJsonString() != now.OdooPod.ToJsonString() || old.PgPod.ToJsonString() != now.PgPod.ToJsonString();
        Assert.Equal(planned.Text("restarts") != "no", rolls);
        var changed = now.InitContainers.Except(old.InitContainers).Concat(old.InitContainers.Except(now.InitContainers)).Select(container => container.Name);
        Assert.Equal(planned.List("initContainers").Select(container => container.Text("name")), changed.Distinct().Order(StringComparer.Ordinal));
        foreach (var container in planned.List("initContainers"))
        {
            Assert.Equal(container["before"]?.GetValue<string>(), ImageOf(old, container.Text("name")));
            Assert.Equal(container["after"]?.GetValue<string>(), ImageOf(now, container.Text("name")));
        }
    }

    private static string? ImageOf(RenderedManifests manifests, string name) =>
        manifests.InitContainers.FirstOrDefault(container => container.Name == name)?.Image;

    private async Task<string?> OverlayAsync(string branch, string code)
    {
        var run = await TestProgram.RunAsync("git", ["-C", bare, "show", $"{branch}:instances/{code}/values.yaml"]);
        return run.ExitCode == 0 ? run.Output : null;
    }

    private async Task<string> GitAsync(params string[] arguments) => (await TestProgram.RunAsync("git", ["-C", bare, .. arguments])).Output;

    private async Task<(int Exit, string Output)> RunAsync(params string[] arguments)
    {
        using StringWriter output = new(), messages = new();
        var surroundings = new Surroundings(
            new Terminal(output, messages, (false, false)), ImmutableSortedDictionary<string, string>.Empty, folder.FullName, Stream.Null, TimeProvider.System);
        string[] all = [.. arguments, "--repository", bare, "--target", "prod", "--cache", "cache", "--proposals", "proposals"];
        return (await CommandLine.RunAsync(all, surroundings, TestContext.Current.CancellationToken), output.ToString());
    }
}
