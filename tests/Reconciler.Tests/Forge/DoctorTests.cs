using System.Text.Json.Nodes;
using OdooSky.GitOps.Reconciler.Tests.Passes;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Forge;

/// <summary>What <c>odoosky doctor</c> says of a fleet that is well, and of one that is not.</summary>
public sealed class DoctorTests
{
    [Fact]
    public async Task A_fleet_that_is_well_is_told_so_line_by_line_and_nothing_is_written()
    {
        await using var fleet = await HttpFleet.StartAsync("reviewers: [jane]\n", HttpFleet.Instance("acme"));
        fleet.Hub.AddToken("jane", "janes-token");
        fleet.Record.Collaborators["jane"] = "write";
        fleet.Record.Rules.RequiredReviews = 1;

        var ran = await fleet.RunAsync("doctor");

        Assert.Equal((0, string.Empty), (ran.Exit, ran.Messages));
        Assert.Equal(
            $"""
            ok       git          {fleet.People.CloneUrl} answers; main is at {fleet.Head("main")![..12]}
            ok       desired      settings and 1 desired instance are read
            ok       write path   a push of odoosky/prod/doctor would be let in; nothing was pushed
            ok       credential   GitHub knows the token in {fleet.Folder}/token
            ok       rights       it may write to the repository
            ok       repository   acme/fleet is number {fleet.People.Id}, as the settings say
            ok       base rules   main: changes come by pull request
            ok       branch rules no rule set is in the way of odoosky/prod/**
            ok       people       jane can be asked (write)
            ok       limit        4996 of 5000 requests are left until 09:00 UTC
            ok       clock        GitHub's clock is 0 s ahead of this machine's

            All is well.

            """,
            ran.Output);
        Assert.Empty(fleet.Branches());
        Assert.Empty(fleet.Writes);
    }

    [Fact]
    public async Task A_token_that_is_refused_is_a_matter_of_credentials()
    {
        await using var fleet = await HttpFleet.StartAsync("", HttpFleet.Instance("acme"));
        fleet.Hub.Tokens.Revoke(HttpFleet.Token);

        var ran = await fleet.RunAsync("doctor", "-o", "json");

        Assert.Equal(4, ran.Exit);
        Assert.Equal("git failed; credential failed; clock ok", States(ran));
        Assert.Equal("GitHub could not show the repository acme/fleet: 401 Bad credentials. The credential is wrong, expired or revoked.", Finding(ran, "credential"));
        Assert.DoesNotContain(HttpFleet.Token, ran.Output + ran.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_may_only_read_fails_where_it_must_write()
    {
        await using var fleet = await HttpFleet.StartAsync("", HttpFleet.Instance("acme"));
        fleet.Hub.AddToken("reader", HttpFleet.Token, new Dictionary<string, string> { ["metadata"] = "read", ["contents"] = "read", ["pull_requests"] = "read" });

        var ran = await fleet.RunAsync("doctor", "-o", "json");

        Assert.Equal(4, ran.Exit);
        Assert.Equal("git ok; desired ok; write path failed; credential ok; rights failed; repository ok; base rules warning; branch rules ok; limit ok; clock ok", States(ran));
        Assert.Contains("403", Finding(ran, "write path"), StringComparison.Ordinal);
        Assert.Equal("it may read the repository, and not write to it", Finding(ran, "rights"));
    }

    [Fact]
    public async Task An_app_without_a_permission_is_told_which()
    {
        await using var fleet = await HttpFleet.StartAsync("", HttpFleet.Instance("acme"));
        await File.WriteAllTextAsync(Path.Combine(fleet.Folder, "key.pem"), fleet.Hub.App.PrivateKeyPem, HttpFleet.Cancel);
        fleet.Credential = "app: {id: 4711, installation: 8008, keyFile: key.pem}";
        fleet.Hub.App.Permissions = new Dictionary<string, string> { ["metadata"] = "read", ["contents"] = "write", ["pull_requests"] = "read" };

        var ran = await fleet.RunAsync("doctor", "-o", "json");

        Assert.Equal(4, ran.Exit);
        Assert.Equal("the app's installation lacks pull_requests: write", Finding(ran, "rights"));
        Assert.Equal("GitHub knows the app 4711, installation 8008", Finding(ran, "credential"));
    }

    [Fact]
    public async Task Another_repository_of_the_same_name_rules_in_the_way_and_settings_that_GitHub_refuses_are_found()
    {
        await using var fleet = await HttpFleet.StartAsync("autoMerge: all\nassignees: [nobody]\n", HttpFleet.Instance("acme"));
        fleet.Record.Rules.OfOurBranches.AddRange(["creation", "non_fast_forward"]);
        fleet.Record.AllowAutoMerge = false;
        var rules = await fleet.RunAsync("doctor", "-o", "json");
        await fleet.People.ReplaceAsync(HttpFleet.Cancel);

        var replaced = await fleet.RunAsync("doctor", "-o", "json");

        Assert.Equal((1, 1), (rules.Exit, replaced.Exit));
        Assert.Equal("rules hold for odoosky/prod/**: creation (new branches are refused), non_fast_forward (branches can't be made anew on a newer base)", Finding(rules, "branch rules"));
        Assert.Equal("autoMerge is on, and the repository does not allow auto-merge", Finding(rules, "auto-merge"));
        Assert.Equal("nobody has no access to the repository, and can't be asked", Finding(rules, "people"));
        Assert.EndsWith($"and the settings say {fleet.People.Id}: it is another repository", Finding(replaced, "repository"));
    }

    [Fact]
    public async Task Whoever_is_not_there_and_a_wish_that_is_broken_are_told_with_what_to_do()
    {
        await using var fleet = await HttpFleet.StartAsync("", [.. HttpFleet.Instance("acme"), ("desired/instances/globex.yaml", "code: [\n")]);
        var broken = await fleet.RunAsync("doctor", "-o", "json");
        await fleet.Hub.RefuseAsync();

        var silent = await fleet.RunAsync("doctor", "-o", "json");

        Assert.Equal("failed", (string)Check(broken, "desired")["state"]!);
        Assert.Equal("odoosky validate lists them with their places.", (string)Check(broken, "desired")["remedy"]!);
        Assert.Equal((1, "git failed; repository failed"), (silent.Exit, States(silent)));
        Assert.Contains("no connection came about", Finding(silent, "repository"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_forge_Git_alone_is_looked_at()
    {
        using var fleet = new TestFleet();
        fleet.AddInstance("acme");
        fleet.Push();

        var ran = await fleet.RunAsync("doctor", "-o", "json");

        Assert.Equal((0, "git ok; desired ok; write path ok; forge skipped"), (ran.Exit, States(ran)));
    }

    private static string States(Ran ran) => string.Join("; ", ran.Json["checks"]!.AsArray().Select(check => $"{check!["check"]} {check["state"]}"));

    private static JsonNode Check(Ran ran, string name) => ran.Json["checks"]!.AsArray().Single(check => (string)check!["check"]! == name)!;

    private static string Finding(Ran ran, string name) => (string)Check(ran, name)["finding"]!;
}
