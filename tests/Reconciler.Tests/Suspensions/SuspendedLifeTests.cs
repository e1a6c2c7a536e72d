using OdooSky.GitOps.Reconciler.Git;
using OdooSky.GitOps.Reconciler.Passes;
using OdooSky.GitOps.Reconciler.Proposals;
using OdooSky.GitOps.Reconciler.Suspensions;
using OdooSky.GitOps.Reconciler.Tests.Life;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Suspensions;

/// <summary>Suspensions beside open pull requests and a service that keeps running.</summary>
public sealed class SuspendedLifeTests : IAsyncDisposable
{
    private const string Acme = "odoosky/prod/i-acme";
    private static readonly SuspensionScopes OnlyAcme = new(["acme"], [], All: false);
    private readonly LifeFleet fleet = new();

    public ValueTask DisposeAsync() => fleet.DisposeAsync();

    [Fact]
    public async Task An_open_pull_request_is_labelled_left_alone_and_goes_on_after_resume()
    {
        fleet.Add("acme");
        await fleet.PassAsync();
        var head = fleet.Head(Acme);
        await SuspendAsync(null);
        fleet.SetWish("acme", "1.2");
        var report = await fleet.PassAsync();

        Assert.Equal(head, fleet.Head(Acme));
        Assert.Equal(["odoosky", ProposalLabels.Suspended], fleet.Forge.Of(1).Labels);
        Assert.Equal((BranchOutcome.Kept, "acme is suspended"), (Assert.Single(report.Branches).Outcome, report.Branches[0].Detail));
        await fleet.Service.Suspensions.ResumeAsync(OnlyAcme, "Jane", TestContext.Current.CancellationToken);
        await fleet.PassAsync();
        Assert.Equal(["odoosky"], fleet.Forge.Of(1).Labels);
        Assert.Contains("\"1.2\"", fleet.Show(Acme, "instances/acme/values.yaml"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_a_group_the_suspended_one_drops_out_and_the_others_go_on()
    {
        const string group = "odoosky/prod/all-1";
        fleet.Commit("main", "Group", ("gitops.yaml", "apiVersion: odoosky.io/v1\nkind: GitOps\ngrouping: all\n"));
        fleet.Add("acme");
        fleet.Add("globex");
        await fleet.PassAsync();
        Assert.Contains("\"1.1\"", fleet.Show(group, "instances/acme/values.yaml"), StringComparison.Ordinal);
        await SuspendAsync(null);
        await fleet.PassAsync();

        Assert.Contains("\"1.0\"", fleet.Show(group, "instances/acme/values.yaml"), StringComparison.Ordinal);
        Assert.Contains("\"1.1\"", fleet.Show(group, "instances/globex/values.yaml"), StringComparison.Ordinal);
        Assert.Equal(["odoosky"], Assert.Single(fleet.Forge.Open).Labels);
    }

    [Fact]
    public async Task The_label_goes_when_the_time_is_over_though_nothing_else_changed()
    {
        fleet.Add("acme");
        await fleet.PassAsync();
        var head = fleet.Head(Acme);
        await SuspendAsync(fleet.Time.GetUtcNow().AddMinutes(3));
        await fleet.PassAsync();
        Assert.Equal(["odoosky", ProposalLabels.Suspended], fleet.Forge.Of(1).Labels);
        var writes = fleet.Forge.Writes.Count;
        await fleet.PassAsync();
        Assert.Equal(writes, fleet.Forge.Writes.Count);

        await fleet.PassAsync();

        Assert.Equal(["odoosky"], fleet.Forge.Of(1).Labels);
        Assert.Equal(head, fleet.Head(Acme));
    }

    [Fact]
    public async Task A_quiet_pass_keeps_the_plan_that_it_had_with_and_without_suspensions()
    {
        fleet.Add("acme", wished: "1.0");
        var first = (await fleet.PassAsync()).Planned.Plan;
        Assert.Same(first, (await fleet.PassAsync()).Planned.Plan);
        await SuspendAsync(null);
        var rested = (await fleet.PassAsync()).Planned.Plan;
        Assert.NotSame(first, rested);
        Assert.Same(rested, (await fleet.PassAsync()).Planned.Plan);
        await fleet.Service.Suspensions.ResumeAsync(OnlyAcme, "Jane", TestContext.Current.CancellationToken);

        Assert.Same(first, (await fleet.PassAsync()).Planned.Plan);
    }

    [Fact]
    public async Task Two_that_suspend_at_once_are_both_heard()
    {
        fleet.Add("acme");
        fleet.Add("globex");
        var (one, other) = (Open("one"), Open("other"));
        await using var first = one.Repository;
        await using var second = other.Repository;

        await Task.WhenAll(Task.Run(() => Write(one.Book, "acme")), Task.Run(() => Write(other.Book, "globex")));

        var text = fleet.Show(SuspensionBook.Ref.Text, "suspensions.jsonl")!;
        Assert.Equal(["acme", "globex"], text.Split('\n').Select(line => Suspension.TryRead(line)!.Name));
        Assert.Equal(2, (await fleet.PassAsync()).Planned.Plan.Instances.Count(change => change.Action == Overlay.Plan.ChangeAction.Suspended));
    }

    [Fact]
    public async Task A_clone_that_is_lost_between_passes_loses_no_suspension()
    {
        fleet.Add("acme");
        await SuspendAsync(null);
        await fleet.PassAsync();
        await fleet.RestartAsync();
        Directory.Delete(Path.Combine(Path.GetDirectoryName(fleet.Remote)!, "cache"), recursive: true);

        Assert.Empty((await fleet.PassAsync()).Branches);
    }

    private Task<SuspensionAnswer> SuspendAsync(DateTimeOffset? until) =>
        fleet.Service.Suspensions.SuspendAsync(OnlyAcme, new SuspensionWord("Jane", "PostgreSQL upgrade", until), TestContext.Current.CancellationToken);

    private static Task Write(SuspensionBook book, string code)
    {
        var at = new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
        var added = new Suspension { Target = "prod", Scope = SuspensionScope.Instance, Name = code, By = "Jane", At = at, Reason = "r" };
        return book.ChangeAsync(new(lines => lines.Append(added), $"Suspend {code}\n", at), TestContext.Current.CancellationToken);
    }

    private (Repository Repository, SuspensionBook Book) Open(string cache)
    {
        var git = new GitProgram(TimeProvider.System, new GitLimits());
        var repository = new Repository(git, RemoteAddress.Read(fleet.Remote, new("test")).Address!, Path.Combine(fleet.Remote, "..", cache), Repository.NoCredentials);
        return (repository, new SuspensionBook(repository, Identity.TryParse("OdooSky GitOps", "odoosky@localhost")!, RefName.TryBranch("main")!));
    }
}
