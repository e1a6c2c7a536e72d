using System.Globalization;
using OdooSky.GitOps.Reconciler.Passes;
using OdooSky.GitOps.Reconciler.Proposals;
using OdooSky.GitOps.Reconciler.Tests.Life;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Soak;

/// <summary>People at work on a fleet, by the dice; and what they want to be left alone, for who checks it.</summary>
/// <param name="world">The fleet.</param>
/// <param name="random">The dice.</param>
internal sealed class SoakPeople(SoakWorld world, Random random)
{
    // A service whose people decline without end would rightly remember without end.
    private const int MostClosed = 8;

    private readonly Dictionary<string, int> wished = new(StringComparer.Ordinal);
    private int newest = 1;

    /// <summary>Branches that a person pushed to, and where they left them.</summary>
    public Dictionary<string, string> Theirs { get; } = new(StringComparer.Ordinal);

    /// <summary>Pull requests that people closed, oldest first.</summary>
    public List<int> Closed { get; } = [];

    /// <summary>Codes whose row once said <c>absent</c>.</summary>
    public HashSet<string> EverAbsent { get; } = new(StringComparer.Ordinal);

    /// <summary>What rests by <c>suspend</c>, and until when.</summary>
    public Dictionary<string, DateTimeOffset> Suspended { get; } = new(StringComparer.Ordinal);

    /// <summary>Files of the wish that are damaged now, and how they were.</summary>
    public List<(string Path, string Text)> Damaged { get; } = [];

    /// <summary>What they did, the newest last.</summary>
    public Queue<string> Log { get; } = new();

    private LifeFleet Fleet => world.Fleet;

    private string Code => world.Codes[random.Next(world.Codes.Count)];

    /// <summary>Does something, or nothing when what the dice say is not to be had.</summary>
    public async Task ActAsync()
    {
        var open = Fleet.Forge.Open.Where(proposal => Fleet.Head(proposal.Branch) is not null).ToList();
        var (one, code) = (open.Count == 0 ? null : open[random.Next(open.Count)], Code);
        var act = random.Next(22);
        switch (one is null && act < 16 ? 0 : act)
        {
            case < 5:
                Wish(code, ++newest);
                break;
            case 5 when one is not null:
                Wish(one.Branch[(one.Branch.IndexOf("/i-", StringComparison.Ordinal) + 3)..], 1);
                break;
            case < 12 when one is not null:
                Note($"merge #{one.Number}");
                if (Fleet.Merge(one, (MergeWay)random.Next(4))) Theirs.Remove(one.Branch);
                break;
            case 12 when one is not null:
                Note($"edit {one.Branch}");
                Fleet.SetOverlay(one.Branch.Split("/i-")[1], $"9.{++newest}", one.Branch);
                if (!one.Labels.Contains(ProposalLabels.Rebuild)) Theirs[one.Branch] = Fleet.Head(one.Branch)!;
                break;
            case 13 or 14 when one is not null:
                Note($"close #{one.Number}");
                Fleet.Close(one.Number);
                Closed.Add(one.Number);
                if (Closed.Count > MostClosed) Reopen(Closed[0]);
                break;
            case 15 when one is not null && Theirs.Remove(one.Branch):
                Note($"rebuild #{one.Number}");
                Fleet.Label(one.Number, ProposalLabels.Rebuild);
                break;
            case 16 or 17:
                await SuspendAsync(code);
                break;
            case 18:
                Rows(code);
                break;
            case 19:
                Note($"edit base {code}");
                Fleet.SetOverlay(code, $"1.{++newest}");
                break;
            case 20 when Damaged.Count == 0:
                Damage(code);
                break;
            default:
                Note("base moves");
                Fleet.Commit("main", "Unrelated", ("README.md", $"{random.Next()}\n"));
                break;
        }
    }

    /// <summary>Mends what is damaged.</summary>
    public Task MendAsync()
    {
        if (Damaged.Count == 0) return Task.CompletedTask;
        Note("mend the wish");
        Fleet.Commit("main", "Mend", [.. Damaged.Select(file => (file.Path, (string?)file.Text))]);
        Damaged.Clear();
        return Task.CompletedTask;
    }

    /// <summary>Forgets on the forge what ended more than a day ago and is no refusal: a person may clear up as well.</summary>
    /// <returns>True when a suspension ended by its time.</returns>
    public bool ClearUp()
    {
        foreach (var old in Fleet.Forge.All.Where(proposal => proposal.EndedAt < world.Time.GetUtcNow().AddDays(-1) && !Closed.Contains(proposal.Number)).ToList()) Fleet.Forge.Forget(old.Number);
        var over = Suspended.Where(each => each.Value <= world.Time.GetUtcNow()).ToList();
        foreach (var each in over) Suspended.Remove(each.Key);
        return over.Count > 0;
    }

    private void Wish(string code, int version, string more = "")
    {
        Note($"wish {code} 1.{version} {more.Trim()}");
        wished[code] = version;
        Fleet.SetWish(code, $"1.{version}", more);
    }

    private void Rows(string code)
    {
        var version = wished.GetValueOrDefault(code);
        switch (random.Next(3))
        {
            case 0:
                Wish(code, version, "state: suspended\n");
                break;
            case 1:
                EverAbsent.Add(code);
                Wish(code, version, "state: absent\n");
                break;
            default:
                Note($"forget {code}");
                Fleet.Commit("main", "Forget", ($"desired/instances/{code}.yaml", null));
                break;
        }
    }

    private async Task SuspendAsync(string code)
    {
        var (scopes, stop) = (new SuspensionScopes([code], [], All: false), TestContext.Current.CancellationToken);
        var until = world.Time.GetUtcNow().AddMinutes(10 + random.Next(300));
        if (Suspended.Count < 5)
        {
            Note($"suspend {code} until {until:HH:mm}");
            var answer = await world.Work.AsideAsync(open => open.Suspensions.SuspendAsync(scopes, new SuspensionWord("Jane", "PostgreSQL upgrade", until), stop), stop);
            if (answer.Problems.IsEmpty) Suspended[code] = until;
            return;
        }

        var resumed = Suspended.Keys.Order(StringComparer.Ordinal).First();
        Note($"resume {resumed}");
        await world.Work.AsideAsync(open => open.Suspensions.ResumeAsync(scopes with { Codes = [resumed] }, "Jane", stop), stop);
        Suspended.Remove(resumed);
    }

    private void Reopen(int number)
    {
        var closed = Fleet.Forge.Of(number);
        Note($"reopen #{number}");
        Closed.Remove(number);

        // A forge refuses when the branch is gone, or another one is open for it.
        if (Fleet.Head(closed.Branch) is null || Fleet.Forge.Open.Any(proposal => proposal.Branch == closed.Branch)) Fleet.Label(number, ProposalLabels.Reopen);
        else Fleet.Reopen(number);
    }

    private void Damage(string code)
    {
        var isAll = random.Next(3) == 0;
        foreach (var each in isAll ? world.Codes : [code])
            if (Fleet.Show("main", $"desired/instances/{each}.yaml") is { } text) Damaged.Add(($"desired/instances/{each}.yaml", text + "\n"));
        Note(isAll ? "the wish is gone" : $"the wish of {code} is cut");
        Fleet.Commit("main", "Damage", [.. Damaged.Select(file => (file.Path, isAll ? null : file.Text[..file.Text.LastIndexOf('"')].TrimEnd('\n')))]);
    }

    private void Note(string what)
    {
        Log.Enqueue(string.Create(CultureInfo.InvariantCulture, $"{world.Time.GetUtcNow():MM-dd HH:mm} {what}"));
        if (Log.Count > 40) Log.Dequeue();
    }
}
