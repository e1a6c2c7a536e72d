using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Passes;

/// <summary>Whole passes on real repositories.</summary>
public sealed class PassTests : IDisposable
{
    private readonly TestFleet fleet = new();

    public void Dispose() => fleet.Dispose();

    [Fact]
    public async Task A_plan_writes_nothing()
    {
        fleet.AddInstance("acme", "1.0", wished: "1.1");
        fleet.Push();
        var before = fleet.Refs();

        var ran = await fleet.RunAsync("plan", "--detailed-exitcode");

        Assert.Equal(2, ran.Exit);
        Assert.Contains("~ acme  update     restarts: yes", ran.Output);
        Assert.Contains("web_x 1.0 → 1.1; the odoo pod restarts (1 init container changes).", ran.Output);
        Assert.Equal(before, fleet.Refs());
        Assert.False(Directory.Exists(fleet.Proposals));
    }

    [Fact]
    public async Task A_pass_pushes_one_branch_per_instance_and_never_touches_base()
    {
        fleet.AddInstance("acme", "1.0", wished: "1.1");
        fleet.AddInstance("globex");
        fleet.Wish("initech", "2.0");
        var main = fleet.Push();

        var ran = await fleet.RunAsync("apply");

        Assert.Equal(0, ran.Exit);
        Assert.Equal(["main", "odoosky/prod/i-acme", "odoosky/prod/i-initech"], fleet.Refs().Split('\n').Select(line => line.Split(' ')[1]));
        Assert.Equal(main, fleet.Git("-C", fleet.Remote, "rev-parse", "main"));
        Assert.Equal(main, fleet.Git("-C", fleet.Remote, "rev-parse", "odoosky/prod/i-acme~1"));
        Assert.Equal("instances/acme/values.yaml", fleet.Git("-C", fleet.Remote, "diff", "--name-only", "main", "odoosky/prod/i-acme"));
        Assert.Equal(
            fleet.Show("main", "instances/acme/values.yaml").Replace("1.0", "1.1"),
            fleet.Show("odoosky/prod/i-acme", "instances/acme/values.yaml"));
        Assert.Equal(["i-acme.md", "i-initech.md"], Directory.GetFiles(Path.Combine(fleet.Proposals, "prod")).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task A_second_pass_does_nothing()
    {
        fleet.AddInstance("acme", "1.0", wished: "1.1");
        fleet.Push();
        await fleet.RunAsync("apply");
        var refs = fleet.Refs();
        var proposal = Path.Combine(fleet.Proposals, "prod", "i-acme.md");
        var written = File.GetLastWriteTimeUtc(proposal);

        var ran = await fleet.RunAsync("apply");

        Assert.Equal(0, ran.Exit);
        Assert.StartsWith("unchanged  odoosky/prod/i-acme", ran.Output);
        Assert.Equal(refs, fleet.Refs());
        Assert.Equal(written, File.GetLastWriteTimeUtc(proposal));
    }

    [Fact]
    public async Task The_same_wish_on_the_same_base_gives_the_same_commits_on_every_machine()
    {
        fleet.AddInstance("acme", "1.0", wished: "1.1");
        fleet.Push();
        await fleet.RunWithCacheAsync("one", "apply");
        var refs = fleet.Refs();
        fleet.Git("-C", fleet.Remote, "update-ref", "-d", "refs/heads/odoosky/prod/i-acme");

        await fleet.RunWithCacheAsync("another", "apply");

        Assert.Equal(refs, fleet.Refs());
    }

    [Fact]
    public async Task Other_commits_on_base_never_move_an_open_branch()
    {
        fleet.AddInstance("acme", "1.0", wished: "1.1");
        fleet.AddInstance("globex");
        fleet.Push();
        await fleet.RunAsync("apply");
        var head = fleet.Git("-C", fleet.Remote, "rev-parse", "odoosky/prod/i-acme");
        fleet.Write("README.md", "hello\n");
        fleet.Push();

        var ran = await fleet.RunAsync("apply");

        Assert.StartsWith("unchanged", ran.Output);
        Assert.Equal(head, fleet.Git("-C", fleet.Remote, "rev-parse", "odoosky/prod/i-acme"));
    }

    [Fact]
    public async Task A_branch_is_made_anew_when_its_overlay_changed_on_base()
    {
        fleet.AddInstance("acme", "1.0", wished: "1.1");
        fleet.Push();
        await fleet.RunAsync("apply");
        fleet.Write("instances/acme/values.yaml", "# a person's comment\n" + File.ReadAllText(Path.Combine(fleet.Work, "instances/acme/values.yaml")));
        var main = fleet.Push();

        var ran = await fleet.RunAsync("apply");

        Assert.StartsWith("updated", ran.Output);
        Assert.Equal(main, fleet.Git("-C", fleet.Remote, "rev-parse", "odoosky/prod/i-acme~1"));
        Assert.StartsWith("# a person's comment", fleet.Show("odoosky/prod/i-acme", "instances/acme/values.yaml"));
    }

    [Fact]
    public async Task A_newer_wish_updates_the_same_branch()
    {
        fleet.AddInstance("acme", "1.0", wished: "1.1");
        fleet.Push();
        await fleet.RunAsync("apply");
        fleet.Wish("acme", "1.2");
        fleet.Push();

        var ran = await fleet.RunAsync("apply");

        Assert.StartsWith("updated    odoosky/prod/i-acme", ran.Output);
        Assert.Equal(2, fleet.Refs().Split('\n').Length);
        Assert.Contains("version: \"1.2\"", fleet.Show("odoosky/prod/i-acme", "instances/acme/values.yaml"));
        Assert.Contains("1.0 → 1.2", File.ReadAllText(Path.Combine(fleet.Proposals, "prod", "i-acme.md")));
    }

    [Fact]
    public async Task A_branch_whose_wish_returned_to_base_is_deleted()
    {
        fleet.AddInstance("acme", "1.0", wished: "1.1");
        fleet.Push();
        await fleet.RunAsync("apply");
        fleet.Wish("acme", "1.0");
        fleet.Push();

        var ran = await fleet.RunAsync("apply");

        Assert.StartsWith("closed     odoosky/prod/i-acme  base already says what is desired", ran.Output);
        Assert.EndsWith(" main", fleet.Refs());
        Assert.Empty(Directory.GetFiles(Path.Combine(fleet.Proposals, "prod")));
    }

    [Fact]
    public async Task Hands_are_kept_off_a_branch_that_a_person_pushed_to()
    {
        fleet.AddInstance("acme", "1.0", wished: "1.1");
        fleet.Push();
        await fleet.RunAsync("apply");
        fleet.Git("-C", fleet.Work, "fetch", "--quiet", "origin", "odoosky/prod/i-acme");
        fleet.Git("-C", fleet.Work, "checkout", "--quiet", "FETCH_HEAD");
        fleet.Write("instances/acme/values.yaml", "mine: now\n");
        var theirs = fleet.Push("Edit by hand", "odoosky/prod/i-acme");
        fleet.Git("-C", fleet.Work, "checkout", "--quiet", "main");
        fleet.Wish("acme", "1.2");
        fleet.Push();

        var ran = await fleet.RunAsync("apply");

        Assert.StartsWith("edited     odoosky/prod/i-acme", ran.Output);
        Assert.Equal(theirs, fleet.Git("-C", fleet.Remote, "rev-parse", "odoosky/prod/i-acme"));
    }

    [Fact]
    public async Task A_merge_of_base_into_a_branch_keeps_it_ours()
    {
        fleet.AddInstance("acme", "1.0", wished: "1.1");
        fleet.Push();
        await fleet.RunAsync("apply");
        fleet.Write("README.md", "hello\n");
        fleet.Push();
        fleet.Git("-C", fleet.Work, "fetch", "--quiet", "origin", "odoosky/prod/i-acme");
        fleet.Git("-C", fleet.Work, "checkout", "--quiet", "FETCH_HEAD");
        fleet.Git("-C", fleet.Work, "merge", "--quiet", "--no-edit", "main");
        fleet.Git("-C", fleet.Work, "push", "--quiet", "origin", "HEAD:refs/heads/odoosky/prod/i-acme");

        var ran = await fleet.RunAsync("apply");

        Assert.StartsWith("unchanged  odoosky/prod/i-acme", ran.Output);
    }

    [Fact]
    public async Task A_merged_proposal_leaves_nothing_to_do()
    {
        fleet.AddInstance("acme", "1.0", wished: "1.1");
        fleet.Push();
        await fleet.RunAsync("apply");

        var merged = await fleet.RunAsync("merge", "odoosky/prod/i-acme");
        var again = await fleet.RunAsync("apply");

        Assert.Equal(0, merged.Exit);
        Assert.StartsWith("merged     odoosky/prod/i-acme into main as ", merged.Output);
        Assert.Equal(("Nothing to do: every overlay says what is desired.\n", 0), (again.Output, again.Exit));
        Assert.EndsWith(" main", fleet.Refs());
        Assert.Contains("version: \"1.1\"", fleet.Show("main", "instances/acme/values.yaml"));
    }

    [Fact]
    public async Task An_instance_that_is_absent_loses_exactly_its_overlay()
    {
        fleet.AddInstance("acme");
        fleet.Write("instances/acme/notes.txt", "kept\n");
        fleet.Wish("acme", "1.0", "state: absent\n");
        fleet.Push();

        var ran = await fleet.RunAsync("apply");

        Assert.Equal("D\tinstances/acme/values.yaml", fleet.Git("-C", fleet.Remote, "diff", "--name-status", "main", "odoosky/prod/i-acme"));
        Assert.Contains("warning OSG0508: Other files stay when the overlay of acme goes: instances/acme/notes.txt.", ran.Messages);
    }

    [Fact]
    public async Task A_missing_wish_makes_an_orphan_and_removes_nothing()
    {
        fleet.AddInstance("acme");
        fleet.AddInstance("globex");
        fleet.Delete("desired/instances/acme.yaml");
        fleet.Push();

        var plan = await fleet.RunAsync("plan", "--detailed-exitcode");
        var apply = await fleet.RunAsync("apply");

        Assert.Equal(0, plan.Exit);
        Assert.Contains("? acme", plan.Output);
        Assert.Contains("orphaned", plan.Output);
        Assert.Equal("Nothing to do: every overlay says what is desired.\n", apply.Output);
    }

    [Fact]
    public async Task A_suspended_instance_keeps_its_open_branch_as_it_is()
    {
        fleet.AddInstance("acme", "1.0", wished: "1.1");
        fleet.Push();
        await fleet.RunAsync("apply");
        var head = fleet.Git("-C", fleet.Remote, "rev-parse", "odoosky/prod/i-acme");
        fleet.Wish("acme", "1.2", "state: suspended\n");
        fleet.Push();

        await fleet.RunAsync("apply");

        Assert.Equal(head, fleet.Git("-C", fleet.Remote, "rev-parse", "odoosky/prod/i-acme"));
    }
}
