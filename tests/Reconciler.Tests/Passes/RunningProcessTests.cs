using System.Collections.Immutable;
using OdooSky.GitOps.Reconciler.Cli;
using OdooSky.GitOps.Reconciler.Passes;
using OdooSky.GitOps.Reconciler.Settings;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Passes;

/// <summary>What a running process remembers between passes must never show: it plans what a new process would.</summary>
public sealed class RunningProcessTests : IDisposable
{
    private static readonly string[] Codes = ["acme", "globex", "initech", "umbrella"];

    private readonly TestFleet fleet = new();

    public void Dispose() => fleet.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task After_any_change_it_plans_what_a_new_process_plans(int seed)
    {
        var random = new Random(seed);
        foreach (var code in Codes) fleet.AddInstance(code, wished: "1.1");
        fleet.Push();
        await using var running = Open("running");
        for (var step = 0; step < 8; step++)
        {
            var words = Change(random, step);
            fleet.Push($"{step}: {words}");
            await using var fresh = Open($"fresh-{step}");

            var (warm, cold) = (await PlanAsync(running), await PlanAsync(fresh));

            Assert.True(cold == warm, $"after step {step}, {words}:\n{cold}\n{warm}");
        }
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task A_process_that_finds_what_another_one_left_plans_what_one_without_it_plans(int seed)
    {
        var random = new Random(seed);
        foreach (var code in Codes) fleet.AddInstance(code, wished: "1.1");
        for (var i = 0; i < KeptMemory.Least; i++) fleet.AddInstance($"crowd-{i}");
        fleet.Write("desired/instances/crowd-0.yaml", "apiVersion: odoosky.io/v1\nkind: Instance\ncode: crowd-0\nlabels: {}\naddons: [{code: web_x, nonsense: 1}]\n");
        for (var step = 0; step < 6; step++)
        {
            var words = step == 0 ? "the beginning" : Change(random, step);
            fleet.Push($"{step}: {words}");
            await using var heir = Open("heirs");
            await using var fresh = Open($"fresh-{step}");

            var (warm, cold) = (await PlanAsync(heir), await PlanAsync(fresh));

            Assert.True(cold == warm, $"after step {step}, {words}:\n{cold}\n{warm}");
            Assert.NotEmpty(new KeptMemory(heir.Repository.MemoryFile).Recall());
        }
    }

    [Fact]
    public async Task A_catalogue_row_that_nobody_asks_for_changes_only_the_revision_that_a_commit_names()
    {
        fleet.AddInstance("acme", wished: "1.1");
        Catalogue("1.0");
        fleet.Push();
        await using var running = Open("running");
        var before = (await running.Run.PlanAsync(new PassRequest(null, []), TestContext.Current.CancellationToken)).Plan;
        Catalogue("2.0");
        fleet.Push();

        var after = (await running.Run.PlanAsync(new PassRequest(null, []), TestContext.Current.CancellationToken)).Plan;

        Assert.Equal(before.Digest, after.Digest);
        var (old, now) = (before.Instances.Single(), after.Instances.Single());
        Assert.NotEqual(old.DesiredRevision, now.DesiredRevision);
        Assert.Equal(old, now with { DesiredRevision = old.DesiredRevision });
        Assert.Equal(fleet.Git("-C", fleet.Remote, "rev-parse", "main:desired/addons.yaml"), now.DesiredRevision.Split('+')[1]);
    }

    private string Change(Random random, int step)
    {
        var code = Codes[random.Next(Codes.Length)];
        switch (random.Next(7))
        {
            case 0:
                fleet.Wish(code, $"2.{step}");
                return $"a newer wish for {code}";
            case 1:
                fleet.Overlay(code, $"1.{step}");
                return $"a person edits {code}";
            case 2:
                fleet.Wish(code, "1.1", $"state: {(random.Next(2) == 0 ? "suspended" : "absent")}\n");
                return $"{code} rests or goes";
            case 3:
                Catalogue($"3.{random.Next(2)}");
                fleet.Write("desired/instances/hooli.yaml", "apiVersion: odoosky.io/v1\nkind: Instance\ncode: hooli\nodoo: \"17.0\"\naddons:\n- code: web_y\n");
                return "the catalogue completes hooli";
            case 4:
                fleet.Write($"desired/instances/{code}.yaml", "apiVersion: odoosky.io/v1\nkind: Instance\n");
                return $"the wish for {code} breaks";
            case 5:
                fleet.Write("charts/instance/values.yaml", TestFleet.Chart + $"\nstep: {step}\n");
                return "the chart has another default";
            default:
                fleet.Write("gitops.yaml", $"apiVersion: odoosky.io/v1\nkind: GitOps\nchart: charts/instance\nsources: [oca, odoo-builtin{(random.Next(2) == 0 ? ", own" : "")}]\n");
                return "the settings allow other sources";
        }
    }

    private void Catalogue(string version) => fleet.Write(
        "desired/addons.yaml",
        $"apiVersion: odoosky.io/v1\nkind: AddonCatalog\naddons:\n  web_y:\n    source: oca\n    image: registry.example/web_y\n    series:\n      \"17.0\": \"{version}\"\n");

    private OpenTarget Open(string cache)
    {
        var (target, _) = Hosting.Resolve(new TargetChoice
        {
            Target = "prod",
            Repository = fleet.Remote,
            Base = "main",
            Helm = "4",
            Cache = Path.Combine(fleet.Work, "..", cache),
            Proposals = fleet.Proposals,
            Environment = ImmutableSortedDictionary<string, string>.Empty,
            Folder = fleet.Work,
        });
        return Hosting.Open(target!, TimeProvider.System, new Secrets());
    }

    private static async Task<string> PlanAsync(OpenTarget open) =>
        PlanJson.Of(await open.Run.PlanAsync(new PassRequest(null, []), TestContext.Current.CancellationToken)).ToJsonString();
}
