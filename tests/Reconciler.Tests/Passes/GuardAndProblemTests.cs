using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Passes;

/// <summary>What must stop, and how much of a pass it stops.</summary>
public sealed class GuardAndProblemTests : IDisposable
{
    private readonly TestFleet fleet = new();

    public void Dispose() => fleet.Dispose();

    [Fact]
    public async Task A_plan_that_restarts_too_much_is_held_until_its_digest_is_approved()
    {
        for (var i = 0; i < 20; i++) fleet.AddInstance($"i{i:00}", "1.0", wished: i < 3 ? "1.1" : null);
        fleet.Push();
        var refs = fleet.Refs();

        var held = await fleet.RunAsync("apply");
        var digest = (await fleet.RunAsync("plan", "-o", "json")).Json["digest"]!.GetValue<string>();

        Assert.Equal(3, held.Exit);
        Assert.Contains("Held by a guard: restarts: 3 planned, 2 allowed. To let it pass: odoosky apply --approve " + digest[..12], held.Messages);
        Assert.Equal(refs, fleet.Refs());
        Assert.Equal(0, (await fleet.RunAsync("apply", "--approve", digest[..12])).Exit);
        Assert.Equal(4, fleet.Refs().Split('\n').Length);
    }

    [Fact]
    public async Task An_approval_in_the_repository_lets_the_plan_pass_too()
    {
        for (var i = 0; i < 20; i++) fleet.AddInstance($"i{i:00}", "1.0", wished: i < 3 ? "1.1" : null);
        fleet.Push();
        var digest = (await fleet.RunAsync("plan", "-o", "json")).Json["digest"]!.GetValue<string>();
        fleet.Write("gitops.yaml", $"apiVersion: odoosky.io/v1\nkind: GitOps\nchart: charts/instance\napprovals: [\"{digest}\"]\n");
        fleet.Push();

        Assert.Equal(0, (await fleet.RunAsync("apply")).Exit);
    }

    [Fact]
    public async Task Enough_open_proposals_make_the_others_wait()
    {
        for (var i = 0; i < 4; i++) fleet.AddInstance($"i{i}", "1.0", wished: "1.1");
        fleet.Write("gitops.yaml", "apiVersion: odoosky.io/v1\nkind: GitOps\nchart: charts/instance\nlimits: {openPullRequests: 2}\n");
        fleet.Push();

        var first = await fleet.RunAsync("apply");
        await fleet.RunAsync("merge", "odoosky/prod/i-i0");
        var second = await fleet.RunAsync("apply");

        Assert.Equal(["opened", "opened", "limited", "limited"], Outcomes(first));
        Assert.Equal(["unchanged", "opened", "limited"], Outcomes(second));
    }

    [Fact]
    public async Task Grouping_by_a_label_puts_instances_on_one_branch_with_a_commit_each()
    {
        foreach (var code in (string[])["acme", "globex", "initech"])
        {
            fleet.Overlay(code, "1.0");
            fleet.Wish(code, "1.1", code == "initech" ? "labels: {ring: main}\n" : "labels: {ring: canary}\n");
        }

        fleet.Write("gitops.yaml", "apiVersion: odoosky.io/v1\nkind: GitOps\nchart: charts/instance\ngrouping: label:ring\n");
        fleet.Push();

        await fleet.RunAsync("apply");

        Assert.Equal(["main", "odoosky/prod/r-canary", "odoosky/prod/r-main"], fleet.Refs().Split('\n').Select(line => line.Split(' ')[1]));
        Assert.Equal(
            ["odoosky(prod): globex ~1 addon", "odoosky(prod): acme ~1 addon"],
            fleet.Git("-C", fleet.Remote, "log", "--format=%s", "main..odoosky/prod/r-canary").Split('\n'));
    }

    [Fact]
    public async Task A_problem_inside_one_instance_stops_that_instance_alone()
    {
        fleet.AddInstance("acme", "1.0", wished: "1.1");
        fleet.AddInstance("globex", "1.0", wished: "1.1");
        fleet.Wish("globex", "1.1", "stat: present\n");
        fleet.Push();

        var ran = await fleet.RunAsync("apply");

        Assert.Equal(6, ran.Exit);
        Assert.Equal(["main", "odoosky/prod/i-acme"], fleet.Refs().Split('\n').Select(line => line.Split(' ')[1]));
        Assert.Matches(@"desired/instances/globex\.yaml:4:1: error OSG01\d\d: .*stat.* Did you mean state\?", ran.Messages);
    }

    [Fact]
    public async Task A_file_that_can_not_be_read_stops_the_whole_pass()
    {
        fleet.AddInstance("acme", "1.0", wished: "1.1");
        fleet.AddInstance("globex");
        fleet.Write("desired/instances/globex.yaml", "apiVersion: [\n");
        fleet.Push();
        var refs = fleet.Refs();

        var ran = await fleet.RunAsync("apply");

        Assert.Equal(1, ran.Exit);
        Assert.Equal(refs, fleet.Refs());
        Assert.Contains("Nothing was done", ran.Messages);
    }

    [Fact]
    public async Task An_empty_wish_is_refused_and_orphans_nothing()
    {
        fleet.Overlay("acme", "1.0");
        fleet.Push();

        var ran = await fleet.RunAsync("plan");

        Assert.Equal(1, ran.Exit);
        Assert.DoesNotContain("orphaned acme", ran.Output);
    }

    [Fact]
    public async Task A_link_on_an_overlay_s_path_is_refused()
    {
        fleet.AddInstance("acme", "1.0", wished: "1.1");
        fleet.Wish("globex", "1.0");
        Directory.CreateSymbolicLink(Path.Combine(fleet.Work, "instances/globex"), "../charts");
        fleet.Push();

        var ran = await fleet.RunAsync("apply");

        Assert.Equal(6, ran.Exit);
        Assert.Contains("instances/globex/values.yaml: error OSG0507: The overlay can't be read or written safely: instances/globex is a symbolic link", ran.Messages);
        Assert.DoesNotContain("globex", fleet.Refs());
    }

    [Fact]
    public async Task A_saved_plan_is_applied_exactly_or_refused_as_stale()
    {
        fleet.AddInstance("acme", "1.0", wished: "1.1");
        fleet.Push();
        var plan = Path.Combine(fleet.Work, "..", "plan.json");
        await fleet.RunAsync("plan", "--out", plan);
        fleet.Wish("acme", "1.2");
        fleet.Push();

        var stale = await fleet.RunAsync("apply", plan);
        fleet.Wish("acme", "1.1");
        fleet.Push();
        var applied = await fleet.RunAsync("apply", plan);

        Assert.Equal(1, stale.Exit);
        Assert.Contains("OSG0510: the saved plan is stale", stale.Messages);
        Assert.Equal(0, applied.Exit);
        Assert.StartsWith("opened", applied.Output);
    }

    [Fact]
    public async Task Text_from_rows_can_not_forge_a_trailer_or_break_a_message()
    {
        fleet.AddInstance("acme");
        fleet.Wish("acme", "1.1", "reason: \"why Odoosky-Restart: no Signed-off-by: Nobody <n@x>\"\nrequestedBy: \"@everyone <b>bidi\"\n");
        fleet.Push();

        await fleet.RunAsync("apply");

        var message = fleet.Git("-C", fleet.Remote, "log", "-1", "--format=%B", "odoosky/prod/i-acme");
        var trailers = fleet.Git("-C", fleet.Remote, "log", "-1", "--format=%(trailers:key=Odoosky-Restart,valueonly)", "odoosky/prod/i-acme");
        Assert.Equal("yes", trailers.Trim());
        Assert.DoesNotContain("\nSigned-off-by", message);
        Assert.DoesNotContain('\u202e', message);
        var page = File.ReadAllText(Path.Combine(fleet.Proposals, "prod", "i-acme.md"));
        Assert.Contains("requested by `@everyone <b>bidi`", page);
    }

    [Fact]
    public async Task A_hook_that_declines_one_branch_does_not_hold_the_others_up()
    {
        fleet.AddInstance("acme", "1.0", wished: "1.1");
        fleet.AddInstance("globex", "1.0", wished: "1.1");
        fleet.Push();
        var hook = Path.Combine(fleet.Remote, "hooks", "update");
        TestScript.Write(hook, "#!/bin/sh\ncase $1 in *i-acme) echo frozen >&2; exit 1;; esac\n");

        var ran = await fleet.RunAsync("apply");

        Assert.Equal(6, ran.Exit);
        Assert.Equal(["refused", "opened"], Outcomes(ran));
        Assert.Contains("frozen", ran.Output);
        Assert.Equal(["main", "odoosky/prod/i-globex"], fleet.Refs().Split('\n').Select(line => line.Split(' ')[1]));
    }

    [Fact]
    public async Task The_plan_after_adopting_a_running_fleet_is_empty()
    {
        fleet.Overlay("acme", "1.0");
        fleet.Overlay("globex", "2.0");
        fleet.Write("instances/initech/values.yaml", "instance: {code: initech}\naddons:\n- code: x\n  image: registry.example/x\n  version: \"1\"\n");
        fleet.Push();

        var adopted = await fleet.RunAsync("adopt", "--to", Path.Combine(fleet.Work, "desired"));
        fleet.Push();
        var plan = await fleet.RunAsync("plan", "--detailed-exitcode");

        Assert.Equal(0, adopted.Exit);
        Assert.Equal((0, 3), (plan.Exit, (await fleet.RunAsync("plan", "-o", "json")).Json["instances"]!.AsArray().Count(item => item!["action"]!.GetValue<string>() == "unchanged")));
    }

    [Fact]
    public async Task Render_prints_the_very_bytes_that_the_branch_gets()
    {
        fleet.AddInstance("acme", "1.0", wished: "1.1");
        fleet.Push();

        var rendered = await fleet.RunAsync("render", "acme");
        await fleet.RunAsync("apply");

        Assert.Equal(fleet.Show("odoosky/prod/i-acme", "instances/acme/values.yaml") + "\n", rendered.Output);
    }

    [Fact]
    public async Task A_wish_can_be_planned_before_it_is_merged()
    {
        fleet.AddInstance("acme");
        fleet.Push();
        fleet.Wish("acme", "9.9");
        fleet.Push("A wish", "wish");

        var proposed = await fleet.RunAsync("plan", "--desired", "wish");
        var merged = await fleet.RunAsync("plan", "--detailed-exitcode");

        Assert.Contains("web_x 1.0 → 9.9", proposed.Output);
        Assert.Equal(0, merged.Exit);
    }

    private static string[] Outcomes(Ran ran) =>
        [.. ran.Output.Split('\n').Where(line => line.Contains("odoosky/", StringComparison.Ordinal) && !line.StartsWith(' ')).Select(line => line.Split(' ')[0])];
}
