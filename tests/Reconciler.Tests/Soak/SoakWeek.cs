using System.Globalization;
using OdooSky.GitOps.Reconciler.Rollout;
using OdooSky.GitOps.Reconciler.Schedule;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Soak;

/// <summary>A week of passes, a minute apart. Whatever happens is by the dice; whatever is promised is checked after every job.</summary>
/// <param name="world">The world.</param>
/// <param name="random">The dice.</param>
/// <param name="seldom">One pass in so many has news, and one in three times as many a fault.</param>
internal sealed class SoakWeek(SoakWorld world, Random random, int seldom)
{
    // What a person or a fault began may take so many passes to settle: one to see it, one to push, one to tell.
    private const int Settling = 4;

    // What a forge refused for good is not asked again for an hour.
    private const int Refusal = 62;

    private static readonly WorldFault[] AnyFault = [.. Enum.GetValues<WorldFault>().Where(fault => fault != WorldFault.None)];
    // A wish that can't be used plans nothing, and then the forge is not asked.
    private static readonly WorldFault[] MissedByReconcile = [WorldFault.RemoteGone, WorldFault.RemoteHangs, WorldFault.ForgeDown];

    private readonly SoakPeople people = new(world, random);
    private readonly FaultyWorld faulty = new(world, random);
    private SoakPromises? promises;
    private int settledAt;

    /// <summary>How many passes had nothing to do, and were held to that.</summary>
    public int QuietPasses { get; private set; }

    /// <summary>How many jobs failed, since the world did.</summary>
    public int Failures { get; private set; }

    /// <summary>What people did last, and what the last pass did.</summary>
    public IEnumerable<string> Log =>
    [
        .. people.Log, string.Create(CultureInfo.InvariantCulture, $"now {world.Time.GetUtcNow():MM-dd HH:mm:ss}, settled at {settledAt}"),
        .. world.Shown.Pass?.Branches.Select(branch => $"{branch.Branch} {branch.Outcome} {branch.Detail}") ?? [], .. world.Fleet.Forge.Writes.TakeLast(5),
    ];

    /// <summary>Does a pass, and the other jobs when it is their turn.</summary>
    /// <param name="pass">Which, from 1.</param>
    public async Task PassAsync(int pass)
    {
        world.Time.Advance(TimeSpan.FromMinutes(1));
        if (people.ClearUp()) settledAt = pass + Settling;
        if (random.Next(seldom) == 0) await HappenAsync(pass, people.ActAsync);
        if (people.Damaged.Count > 0 && random.Next(3) == 0) await HappenAsync(pass, people.MendAsync);
        await JobAsync(JobKind.Reconcile, FaultAt(pass), pass);
        if (pass % 10 == 0) await ProveAsync(pass);
        if (pass % 60 == 0) await JobAsync(JobKind.Drift, WorldFault.None, pass);
        if (pass % 250 == 0) await JobAsync(JobKind.Upkeep, WorldFault.None, pass);
    }

    /// <summary>Nothing happens any more: all settles, a further pass writes nothing, and what is merged is live.</summary>
    /// <param name="pass">The last pass.</param>
    public async Task SettleAsync(int pass)
    {
        world.Time.Advance(TimeSpan.FromHours(8)); // suspensions end, refusals are forgotten
        people.ClearUp();
        await people.MendAsync();
        for (var i = 1; i <= Settling; i++) await JobAsync(JobKind.Reconcile, WorldFault.None, pass);
        (settledAt, var quiet) = (pass, QuietPasses);
        await JobAsync(JobKind.Reconcile, WorldFault.None, pass + 1);
        Assert.Equal(quiet + 1, QuietPasses);
        await world.DeployAsync(20);
        await JobAsync(JobKind.Verify, WorldFault.None, pass);
        await JobAsync(JobKind.Upkeep, WorldFault.None, pass);
        Assert.InRange(world.Shown.Proofs.Count(proof => proof.Verdict.Kind == VerdictKind.Live), world.Codes.Count * 3 / 4, world.Codes.Count);
    }

    private async Task HappenAsync(int pass, Func<Task> act)
    {
        settledAt = Math.Max(settledAt, pass + Settling);
        await act();
    }

    private WorldFault FaultAt(int pass)
    {
        if (random.Next(3 * seldom) > 0) return WorldFault.None;
        var fault = AnyFault[random.Next(AnyFault.Length)];
        settledAt = Math.Max(settledAt, pass + (fault == WorldFault.PushRefused ? Refusal : Settling));
        return fault;
    }

    private async Task ProveAsync(int pass)
    {
        await world.DeployAsync(12);
        await JobAsync(JobKind.Verify, FaultAt(pass), pass);
        if (pass % 50 > 0 || pass <= settledAt) return;
        await JobAsync(JobKind.Verify, WorldFault.None, pass);
        await JobAsync(JobKind.Verify, WorldFault.None, pass);
        promises!.AfterQuiet();
    }

    private async Task JobAsync(JobKind kind, WorldFault fault, int pass)
    {
        promises ??= new SoakPromises(world, people);
        promises.Before();
        var run = await faulty.RunAsync(kind, fault);
        if (run.Failure is not null) Failures++;
        Assert.DoesNotContain("OSG0002", run.Failure ?? string.Empty, StringComparison.Ordinal);
        if (fault == WorldFault.None) Assert.Null(run.Failure);
        if (kind == JobKind.Reconcile && MissedByReconcile.Contains(fault) && (fault != WorldFault.ForgeDown || people.Damaged.Count == 0)) Assert.NotNull(run.Failure);
        promises.AfterJob();
        if (kind == JobKind.Verify && run.Failure is null) promises.AfterProof(fault);
        if (kind != JobKind.Reconcile || fault != WorldFault.None || pass <= settledAt) return;
        QuietPasses++;
        promises.AfterQuiet();
    }
}
