using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using OdooSky.GitOps.Reconciler.Git;
using OdooSky.GitOps.Reconciler.Telemetry;
using Xunit;
using static OdooSky.GitOps.Reconciler.Tests.Git.RemoteRepository;

namespace OdooSky.GitOps.Reconciler.Tests.Git;

public sealed class KnownRefsTests
{
    private static readonly RefName Ours = RefName.TryBranch("odoosky/prod")!;
    private static readonly RefName Beside = RefName.TryParse("refs/odoosky/suspensions")!;
    private static readonly RefName Notes = RefName.TryParse("refs/notes/odoosky-rollouts")!;
    private static readonly RefName Wish = RefName.TryBranch("wish")!;

    private static readonly ImmutableArray<Question> Questions =
    [
        new([RefPattern.Exactly(Main), RefPattern.Under(Ours)], Beside),
        new([RefPattern.Exactly(Main)], Notes),
        new([RefPattern.Exactly(Main), RefPattern.Under(Ours), RefPattern.Exactly(Wish)], Beside),
        new([RefPattern.Exactly(Main), RefPattern.Exactly(Wish)], null),
    ];

    private readonly CancellationToken _cancellation = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("refs/odoosky/suspensions")]
    [InlineData("refs/heads/other")]
    public async Task Asked_again_when_nothing_moved_it_takes_one_run_of_git(string alsoThere)
    {
        using var remote = new RemoteRepository();
        var head = remote.Commit("main", "Start", ("a", "1"));
        remote.Commit("odoosky/prod/i-acme", "Change", ("a", "2"));
        remote.Git("update-ref", alsoThere, head.Text);
        await using var repository = remote.Open();
        var first = await repository.ReadRemoteAsync(Questions[0].Wanted, Beside, _cancellation);

        var (runs, second) = await CountAsync(() => repository.ReadRemoteAsync(Questions[0].Wanted, Beside, _cancellation));

        Assert.Equal(["git fetch"], runs);
        Assert.Equal(first.Ids, second.Ids);
    }

    [Fact]
    public async Task Whatever_moves_between_two_looks_is_seen()
    {
        using var remote = new RemoteRepository();
        var dice = new Random(1);
        remote.Commit("main", "Start", ("a", "1"));
        await using var repository = remote.Open();
        for (var step = 0; step < 90; step++)
        {
            if (dice.Next(3) > 0) await ActAsync(remote, repository, dice, step);
            var asked = Questions[dice.Next(Questions.Length)];
            var refs = await repository.ReadRemoteAsync(asked.Wanted, asked.Beside, _cancellation);

            Assert.Equal(Truth(remote, asked), refs.Ids.ToDictionary(pair => pair.Key, pair => pair.Value.Text));
            foreach (var id in refs.Ids.Values) await repository.ReadCommitAsync(id, _cancellation);
        }
    }

    [Fact]
    public async Task A_remote_that_can_not_be_reached_is_a_failure_and_no_old_answer()
    {
        using var remote = new RemoteRepository();
        remote.Commit("main", "Start", ("a", "1"));
        await using var repository = remote.Open();
        await repository.ReadRemoteAsync(Questions[0].Wanted, Beside, _cancellation);
        Directory.Move(remote.Path, remote.Path + ".away");

        await Assert.ThrowsAsync<GitFailure>(() => repository.ReadRemoteAsync(Questions[0].Wanted, Beside, _cancellation));

        Directory.Move(remote.Path + ".away", remote.Path);
        Assert.NotNull((await repository.ReadRemoteAsync(Questions[0].Wanted, Beside, _cancellation)).Find(Main));
    }

    private async Task ActAsync(RemoteRepository remote, Repository repository, Random dice, int step)
    {
        var text = step.ToString(CultureInfo.InvariantCulture);
        var branch = $"odoosky/prod/i-{dice.Next(4)}";
        switch (dice.Next(9))
        {
            case 0: remote.Commit("main", text, ("a", text)); break;
            case 1: remote.Commit(branch, text, ("a", text)); break;
            case 2: remote.TryGit("update-ref", "-d", "refs/heads/" + branch); break;
            case 3: remote.Commit("wish", text, ("w", text)); break;
            case 4: remote.Git("update-ref", dice.Next(2) == 0 ? Beside.Text : Notes.Text, remote.Commit("main", text, ("b", text)).Text); break;
            case 5: remote.TryGit("update-ref", "-d", new[] { Beside.Text, Notes.Text, Wish.Text }[dice.Next(3)]); break;
            case 6: remote.Commit("mainly", text, ("c", text)); break;
            case 7 when dice.Next(3) == 0: Directory.Delete(remote.CacheOf(), recursive: true); break;
            default:
                var head = (await repository.ReadRemoteAsync(Questions[0].Wanted, Beside, _cancellation)).Find(Main)!;
                var chain = new CommitChain { Target = Work, Parent = head, Identity = Robot, Date = Noon, Commits = [new NewCommit(text, [FileChange.Write(At("a"), new byte[step])])] };
                await repository.PushAsync([new RefUpdate(Work, (await repository.CommitAsync(chain, _cancellation)).Tip, remote.IdOf(Work.Text))], _cancellation);
                break;
        }
    }

    private static Dictionary<string, string> Truth(RemoteRepository remote, Question asked) => remote.Git("for-each-ref", "--format=%(refname) %(objectname)")
        .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' '))
        .Where(line => RefName.TryParse(line[0]) is { } name && (name == asked.Beside || asked.Wanted.Any(pattern => pattern.Matches(name))))
        .ToDictionary(line => line[0], line => line[1]);

    private static async Task<(string[] Runs, T Result)> CountAsync<T>(Func<Task<T>> act)
    {
        using var around = new Activity("test").SetIdFormat(ActivityIdFormat.W3C).Start();
        var runs = new ConcurrentQueue<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Instruments.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> options) => options.TraceId == around.TraceId ? ActivitySamplingResult.AllData : ActivitySamplingResult.None,
            ActivityStopped = stopped => runs.Enqueue(stopped.OperationName),
        };
        ActivitySource.AddActivityListener(listener);
        var result = await act();
        return ([.. runs], result);
    }

    private sealed record Question(ImmutableArray<RefPattern> Wanted, RefName? Beside);
}
