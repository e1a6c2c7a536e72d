using System.Collections.Immutable;
using OdooSky.GitOps.Reconciler.Tests.Life;
using OdooSky.GitOps.Reconciler.Tests.Passes;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Suspensions;

/// <summary><c>suspend</c> and <c>resume</c> as people type them, on a real repository.</summary>
public sealed class SuspendVerbTests : IDisposable
{
    private const string Ref = "refs/odoosky/suspensions";
    private readonly FakeTime time = new(); // 2026-03-02T09:00Z
    private readonly TestFleet fleet;

    public SuspendVerbTests()
    {
        fleet = new TestFleet { Time = time, Environment = ImmutableSortedDictionary<string, string>.Empty.Add("USER", "jane") };
        fleet.Write("gitops.yaml", "apiVersion: odoosky.io/v1\nkind: GitOps\nchart: charts/instance\nrings:\n- {name: canary, selector: ring=canary}\n- {name: rest}\n");
        fleet.AddInstance("acme");
        fleet.Wish("acme", "1.1", "labels: {ring: canary}\n");
        fleet.AddInstance("globex", wished: "1.1");
        fleet.AddInstance("initech");
        fleet.Push();
    }

    public void Dispose() => fleet.Dispose();

    [Fact]
    public async Task A_suspended_instance_is_left_alone_and_looks_suspended_until_it_is_resumed()
    {
        var suspended = await fleet.RunAsync("suspend", "acme", "--reason", "PostgreSQL upgrade", "--until", "2d", "--by", "Jane Doe");
        var listed = await fleet.RunAsync("suspend");
        var plan = await fleet.RunAsync("plan");
        await fleet.RunAsync("apply");

        Assert.Equal((0, "suspended  acme  by Jane Doe until 2026-03-04T09:00Z: PostgreSQL upgrade\n", ""), (suspended.Exit, suspended.Output, suspended.Messages));
        Assert.Equal("acme                  by Jane Doe until 2026-03-04T09:00Z: PostgreSQL upgrade\n", listed.Output);
        Assert.Contains("    Suspended by Jane Doe until 2026-03-04T09:00Z: PostgreSQL upgrade.\n", plan.Output, StringComparison.Ordinal);
        Assert.Contains("1 suspended", plan.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("odoosky/prod/i-acme", fleet.Refs(), StringComparison.Ordinal);
        Assert.Contains("odoosky/prod/i-globex", fleet.Refs(), StringComparison.Ordinal);
        Assert.Equal("Suspend acme of prod\n\nacme, by Jane Doe until 2026-03-04T09:00Z: PostgreSQL upgrade.", fleet.Git("-C", fleet.Remote, "log", "-1", "--format=%B", Ref).TrimEnd());

        var resumed = await fleet.RunWithCacheAsync("another machine", "resume", "acme");
        await fleet.RunAsync("apply");

        Assert.Equal((0, "resumed    acme  by Jane Doe until 2026-03-04T09:00Z: PostgreSQL upgrade\n", ""), (resumed.Exit, resumed.Output, resumed.Messages));
        Assert.Contains("odoosky/prod/i-acme", fleet.Refs(), StringComparison.Ordinal);
        Assert.Equal("", fleet.Show(Ref, "suspensions.jsonl"));
        Assert.Equal("Resume acme of prod", fleet.Git("-C", fleet.Remote, "log", "-1", "--format=%s", Ref));
        Assert.Equal("2", fleet.Git("-C", fleet.Remote, "rev-list", "--count", Ref));
        Assert.Equal(("", "Nothing is suspended by odoosky suspend.\n"), ((await fleet.RunAsync("suspend")).Output, (await fleet.RunAsync("suspend")).Messages));
    }

    [Fact]
    public async Task It_ends_by_itself_at_its_time_and_the_next_writer_clears_it_away()
    {
        await fleet.RunAsync("suspend", "acme", "--reason", "r", "--until", "2026-03-02T10:00Z");
        time.Advance(TimeSpan.FromMinutes(59));
        Assert.Contains("1 suspended", (await fleet.RunAsync("plan")).Output, StringComparison.Ordinal);
        time.Advance(TimeSpan.FromMinutes(1));

        Assert.Contains("0 suspended", (await fleet.RunAsync("plan")).Output, StringComparison.Ordinal);
        Assert.Equal("", (await fleet.RunAsync("suspend")).Output);
        Assert.Equal("Nothing of that was suspended by odoosky suspend.\n", (await fleet.RunAsync("resume", "acme")).Messages);
        await fleet.RunAsync("suspend", "globex", "--reason", "r");
        Assert.Equal("""{"v":1,"target":"prod","scope":"instance","name":"globex","by":"jane","at":"2026-03-02T10:00:00Z","reason":"r"}""", fleet.Show(Ref, "suspensions.jsonl"));
    }

    [Fact]
    public async Task A_ring_and_a_target_suspend_all_that_they_hold_and_resuming_one_of_them_says_so()
    {
        await fleet.RunAsync("suspend", "acme", "globex", "--reason", "one");
        await fleet.RunAsync("suspend", "--ring", "canary", "--reason", "two");
        await fleet.RunAsync("suspend", "--all", "--reason", "three");
        Assert.Contains("3 suspended", (await fleet.RunAsync("plan")).Output, StringComparison.Ordinal);

        var acme = await fleet.RunAsync("resume", "acme");
        var ring = await fleet.RunAsync("resume", "--ring", "canary");
        var all = await fleet.RunAsync("resume", "--all");

        Assert.Equal((0, "acme stays suspended. Suspended with the ring canary by jane: two.\n"), (acme.Exit, acme.Messages));
        Assert.Equal((0, "the target prod stays suspended by jane: three.\n"), (ring.Exit, ring.Messages));
        Assert.Equal((0, "globex stays suspended by jane: one.\n"), (all.Exit, all.Messages));
        Assert.Contains("1 suspended", (await fleet.RunAsync("plan")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_instance_whose_wish_says_suspended_stays_so()
    {
        fleet.Wish("initech", "1.0", "state: suspended\n");
        fleet.Push();
        await fleet.RunAsync("suspend", "initech", "--reason", "r");

        Assert.Equal("initech stays suspended. Suspended: nothing is changed until the desired state says present.\n", (await fleet.RunAsync("resume", "initech")).Messages);
    }

    [Fact]
    public async Task Suspending_again_takes_the_place_of_what_was_said_before_and_other_targets_are_not_touched()
    {
        await fleet.RunAsync("suspend", "acme", "--reason", "one", "--until", "1h");
        var suspended = await fleet.RunAsync("suspend", "acme", "--reason", "two", "-o", "json");
        await fleet.CommandAsync("suspend", "--all", "--reason", "theirs", "--repository", fleet.Remote, "--target", "preview", "--cache", Path.Combine(fleet.Folder, "cache"));

        Assert.Equal("two", suspended.Json["suspended"]![0]!["reason"]!.GetValue<string>());
        var listed = (await fleet.RunAsync("suspend", "-o", "json")).Json["suspended"]!.AsArray();
        Assert.Equal(
            """{"scope":"instance","name":"acme","by":"jane","at":"2026-03-02T09:00:00Z","until":null,"reason":"two"}""", Assert.Single(listed)!.ToJsonString());
        Assert.Contains("1 suspended", (await fleet.RunAsync("plan")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("suspend amce --reason r", "There is no instance amce. Did you mean acme?")]
    [InlineData("suspend nothing-like-it --reason r", "There is no instance nothing-like-it. odoosky plan --all lists the instances.")]
    [InlineData("suspend acme --ring cannary --reason r", "There is no ring cannary. Did you mean canary?")]
    [InlineData("resume amce", "There is no instance amce. Did you mean acme?")]
    [InlineData("resume", "say what to resume: instances, --ring or --all. odoosky suspend lists what is suspended.")]
    [InlineData("suspend acme", "--reason is missing: say why, so that others know when to resume.")]
    [InlineData("suspend --reason r", "say what to suspend: instances, --ring or --all.")]
    [InlineData("suspend acme --all --reason r", "--all is the whole target; leave the instances and rings out.")]
    [InlineData("suspend acme --reason a\nb", "--reason takes one line of 1 to 200 letters.")]
    [InlineData("suspend acme --reason \u001b[2Jx", "--reason takes one line of 1 to 200 letters.")]
    [InlineData("suspend acme --reason r --by a\tb", "--by takes one line of 1 to 100 letters.")]
    [InlineData("suspend acme --reason r --until 2026-03-02T09:00Z", "--until 2026-03-02T09:00Z is over already.")]
    [InlineData("suspend acme --reason r --until 0s", "--until 0s is over already.")]
    [InlineData("suspend acme --reason r --until soon", "soon is no time; write 2026-11-30T08:00Z (UTC unless a zone stands behind it), or 4h or 2d from now.")]
    public async Task What_makes_no_sense_is_refused_and_nothing_is_written(string line, string words)
    {
        var ran = await fleet.RunAsync(line.Split(' '));

        Assert.Equal((1, "", $"odoosky: OSG0703: {words}\n"), (ran.Exit, ran.Output, ran.Messages));
        Assert.Equal("", fleet.Git("-C", fleet.Remote, "for-each-ref", "refs/odoosky"));
    }

    [Fact]
    public async Task A_reason_of_201_letters_and_nobody_s_name_are_refused()
    {
        var reason = await fleet.RunAsync("suspend", "acme", "--reason", new string('x', 201));
        fleet.Environment = ImmutableSortedDictionary<string, string>.Empty;
        var name = await fleet.RunAsync("suspend", "acme", "--reason", new string('x', 200));

        Assert.Equal("odoosky: OSG0703: --reason takes one line of 1 to 200 letters.\n", reason.Messages);
        Assert.Equal("odoosky: OSG0703: nobody is named: give --by, since neither GIT_AUTHOR_NAME nor USER is set.\n", name.Messages);
    }

    [Fact]
    public async Task What_suspends_a_vanished_instance_can_be_taken_back()
    {
        await fleet.RunAsync("suspend", "initech", "--reason", "r");
        fleet.Delete("desired/instances/initech.yaml");
        fleet.Delete("instances/initech/values.yaml");
        fleet.Push();

        Assert.Equal((0, "resumed    initech  by jane: r\n"), await Said("resume", "initech"));

        async Task<(int, string)> Said(params string[] line) => await fleet.RunAsync(line) is var ran ? (ran.Exit, ran.Output) : default;
    }

    [Theory]
    [InlineData("suspensions.jsonl", "{\"v\":7}\n", "has no suspension in line 1 of suspensions.jsonl")]
    [InlineData("other", "", "has no file suspensions.jsonl")]
    public async Task A_book_that_cannot_be_read_stops_every_pass_and_says_what_to_do(string path, string text, string why)
    {
        fleet.Git("-C", fleet.Work, "checkout", "--quiet", "--orphan", "book");
        fleet.Git("-C", fleet.Work, "rm", "--quiet", "-r", "-f", "--cached", ".");
        fleet.Write(path, text);
        fleet.Git("-C", fleet.Work, "add", path);
        fleet.Git("-C", fleet.Work, "commit", "--quiet", "-m", "Write by hand");
        fleet.Git("-C", fleet.Work, "push", "--quiet", "origin", $"HEAD:{Ref}");

        foreach (var verb in (string[])["plan", "apply", "suspend"])
        {
            var ran = await fleet.RunAsync(verb);
            Assert.Equal((1, ""), (ran.Exit, ran.Output));
            Assert.StartsWith($"odoosky: OSG0606: What is suspended can't be read, so nothing is changed: {Ref} at ", ran.Messages, StringComparison.Ordinal);
            Assert.Contains($" {why}. ", ran.Messages, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("odoosky/prod", fleet.Refs(), StringComparison.Ordinal);
        fleet.Git("-C", fleet.Work, "push", "--quiet", "origin", $":{Ref}");
        Assert.Equal(0, (await fleet.RunAsync("apply")).Exit);
    }
}
