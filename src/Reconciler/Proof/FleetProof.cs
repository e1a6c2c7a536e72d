using System.Collections.Immutable;
using System.Runtime.ExceptionServices;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Reconciler.Git;
using OdooSky.GitOps.Reconciler.Rollout;
using OdooSky.GitOps.Reconciler.Settings;

namespace OdooSky.GitOps.Reconciler.Proof;

/// <summary>
/// Holds what is merged against what is seen, for some instances or all, and keeps the verdicts up to date: one object that
/// changes costs one verdict. When an Application names a commit that is not here, the remote is asked again. For one caller at a time.
/// </summary>
/// <param name="reader">Reads what is merged.</param>
/// <param name="repository">The repository's cache.</param>
/// <param name="address">The repository's address, in the words of Git.</param>
/// <param name="time">The clock.</param>
internal sealed class FleetProof(MergedReader reader, Repository repository, string address, TimeProvider time)
{
    /// <summary>For how long the end of a change is looked for, so that it is written down.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromDays(14);

    // Fewer are judged before a second core has begun.
    private const int Many = 64;

    private readonly Promises promises = new(new OverlayHashes(repository));
    private readonly JudgeLimits limits = new();
    private readonly HashSet<ObjectId> sought = [];
    private readonly SortedDictionary<InstanceCode, InstanceProof> proofs = [];
    private ImmutableDictionary<MergedChange, Promise> promised = ImmutableDictionary<MergedChange, Promise>.Empty;
    private Dictionary<InstanceCode, MergedChange> changes = [];
    private Dictionary<string, InstanceCode> byKey = [];
    private ProofLinks links = new();
    private RevisionBook? book;
    private ApplicationIndex? index;
    private FleetReading? reading;
    private MergedQuestion? asked;
    private MergedFleet? merged;

    /// <summary>What is merged, as it was read last.</summary>
    public MergedFleet Merged => merged!;

    /// <summary>Whether the clusters were seen at all.</summary>
    public bool IsSeen => reading is not null;

    /// <summary>All clusters, as they were seen last; only where <see cref="IsSeen"/>.</summary>
    public FleetReading Reading => reading!;

    /// <summary>Whose Application is which.</summary>
    public ApplicationIndex Index => index!;

    /// <summary>The verdicts on the newest change of each instance, in order of code.</summary>
    public IReadOnlyCollection<InstanceProof> All => proofs.Values;

    /// <summary>Whether an address means the overlays' repository.</summary>
    public bool IsOurs(string url) => RepositoryUrl.AreSame(url, Cluster.Repository ?? address);

    private ClusterSettings Cluster => Merged.Settings.Target.Cluster ?? new();

    /// <summary>Reads what is merged.</summary>
    /// <param name="codes">The instances; none named: all.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>A task.</returns>
    public async Task ReadAsync(ImmutableArray<InstanceCode> codes, CancellationToken cancellationToken)
    {
        asked = new MergedQuestion(codes, time.GetUtcNow() - Memory) { Others = [.. sought] };
        merged = await reader.ReadAsync(asked, cancellationToken);
        promised = await promises.MakeAsync(merged, cancellationToken);
        changes = merged.Newest.ToDictionary(change => change.Code);
        book = new RevisionBook(repository, merged);
        var match = new ApplicationMatch { NameTemplate = Cluster.ApplicationName, Label = Cluster.ApplicationLabel };
        byKey = changes.Values.ToDictionary(change => match.KeyOf(change.Code, change.Path), change => change.Code, StringComparer.Ordinal);
        index = new ApplicationIndex(match, Cluster.Repository ?? address);
        links = new ProofLinks();
        foreach (var gone in proofs.Keys.Where(code => !changes.ContainsKey(code)).ToList()) proofs.Remove(gone);
        if (reading is not null) index.Take(reading.ArgoCluster.Applications, null);
    }

    /// <summary>Judges by a new reading.</summary>
    /// <param name="now">All clusters.</param>
    /// <param name="changed">What changed since the last reading; null: anything.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The proofs that say something else than before, with what they said; in order of code.</returns>
    public async Task<ImmutableArray<(InstanceProof? Before, InstanceProof Now)>> TakeAsync(
        FleetReading now, ImmutableArray<ChangedObject>? changed, CancellationToken cancellationToken)
    {
        var before = reading;
        var names = changed?.Where(each => each.Kind == ClusterKind.Application).Select(each => (each.Namespace, each.Name)).ToList();
        var touched = changed is { IsEmpty: false } some && before is not null ? Keys(before, names!).ToList() : null;
        reading = now;
        Index.Take(now.ArgoCluster.Applications, before is null ? null : names);
        if (touched is null) return await JudgeAsync(changes.Keys, cancellationToken);
        var codes = touched.Concat(Keys(now, names!)).Where(byKey.ContainsKey).Select(key => byKey[key])
            .Concat(changed!.Value.Where(each => each.Kind is ClusterKind.Deployment or ClusterKind.ReplicaSet or ClusterKind.Pod).SelectMany(each => links.Of(each, now, before)))
            .Where(changes.ContainsKey);
        return await JudgeAsync(changed.Value.Any(each => each.Kind == ClusterKind.AppProject) ? changes.Keys : codes.Distinct().ToList(), cancellationToken);
    }

    /// <summary>Judges all again: time alone changes some verdicts.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>As <see cref="TakeAsync"/>.</returns>
    public Task<ImmutableArray<(InstanceProof? Before, InstanceProof Now)>> AgainAsync(CancellationToken cancellationToken) => JudgeAsync(changes.Keys, cancellationToken);

    /// <summary>Judges a change, the newest of its instance or an older one.</summary>
    /// <param name="change">The change.</param>
    /// <returns>The proof.</returns>
    public InstanceProof Prove(MergedChange change)
    {
        var proof = Prove(change, new FleetSight(Reading, Index), time.GetUtcNow());
        links.Keep(change.Code, proof.Seen);
        return proof;
    }

    // Many are judged at once: it reads what nobody changes meanwhile.
    private InstanceProof Prove(MergedChange change, FleetSight sight, DateTimeOffset now)
    {
        var promise = promised[change];
        var seen = sight.Observe(change.Code, change.Path);
        var notes = Merged.NotesOf(change);
        var verdict = RolloutJudge.Judge(new RolloutCase(seen, Expect(promise, seen), limits, now));
        return new InstanceProof(promise, ProvenTimes.Fix(verdict, change, notes), seen) { Notes = notes };
    }

    private async Task<ImmutableArray<(InstanceProof? Before, InstanceProof Now)>> JudgeAsync(IReadOnlyCollection<InstanceCode> codes, CancellationToken cancellationToken)
    {
        if (await FetchAsync(codes, cancellationToken)) codes = changes.Keys;
        await book!.LookUpAsync(codes.Select(code => changes[code]).SelectMany(Applications), cancellationToken);
        var (sight, at) = (new FleetSight(Reading, Index), time.GetUtcNow());
        var moved = ImmutableArray.CreateBuilder<(InstanceProof? Before, InstanceProof Now)>();
        foreach (var now in Prove([.. codes.Order()], code => Prove(changes[code], sight, at), cancellationToken))
        {
            var code = now.Code;
            var before = proofs.GetValueOrDefault(code);
            proofs[code] = now;
            links.Keep(code, now.Seen);
            if (before?.SaysTheSameAs(now) != true) moved.Add((before, now));
        }

        return moved.ToImmutable();
    }

    private static List<InstanceProof> Prove(List<InstanceCode> codes, Func<InstanceCode, InstanceProof> prove, CancellationToken cancellationToken)
    {
        if (codes.Count < Many) return codes.ConvertAll(code => prove(code));
        var proven = new InstanceProof[codes.Count];
        try
        {
            Parallel.For(0, codes.Count, new ParallelOptions { CancellationToken = cancellationToken }, i => proven[i] = prove(codes[i]));
        }
        catch (AggregateException several)
        {
            ExceptionDispatchInfo.Throw(several.InnerExceptions[0]); // as one that is judged alone would
        }

        return [.. proven];
    }

    // A revision that nobody has seen yet is looked for once: Argo CD may have met a commit a moment before us.
    private async Task<bool> FetchAsync(IReadOnlyCollection<InstanceCode> codes, CancellationToken cancellationToken)
    {
        var missing = codes.Select(code => changes[code]).SelectMany(Applications).SelectMany(each => RevisionBook.NamedBy(each.Application, each.Overlay))
            .Where(revision => !book!.Knows(revision) && !sought.Contains(revision)).ToHashSet();
        if (missing.Count == 0) return false;
        sought.UnionWith(missing);
        await ReadAsync(asked!.Codes, cancellationToken);
        return true;
    }

    private IEnumerable<(ApplicationState Application, OverlayPlace Overlay)> Applications(MergedChange change) =>
        Index.Find(change.Code, change.Path) is [var only] ? [(only, PlaceOf(change))] : [];

    private IEnumerable<string> Keys(FleetReading of, IEnumerable<(string Namespace, string Name)> names) =>
        names.Select(name => of.ArgoCluster.Applications.Objects.GetValueOrDefault(name)).OfType<ApplicationState>().SelectMany(application => Index.KeysOf(application));

    /// <summary>Where a change's overlay stands, as Applications name it.</summary>
    /// <param name="change">The change.</param>
    /// <returns>The place.</returns>
    public OverlayPlace PlaceOf(MergedChange change) => new(Cluster.Repository ?? address, change.Path);

    private RolloutExpectation Expect(Promise promise, RolloutObservation seen)
    {
        var (change, overlay) = (promise.Change, PlaceOf(promise.Change));
        var application = seen.Applications.Length == 1 ? seen.Applications[0] : null;
        var newest = changes[change.Code].After;
        return new RolloutExpectation
        {
            Code = change.Code,
            Overlay = overlay,
            Commit = change.Commit.Text,
            LandedAt = change.LandedAt,
            OverlayBlob = change.After?.Text,
            Hash = promise.Hash,
            HashChanged = promise.HashChanged,
            NextChange = change.Next is { } next ? new LandedCommit(next.Commit.Text, next.LandedAt) : null,
            Revisions = application is null ? RevisionFacts.None : book!.Of(change.Commit, application, overlay, newest),
            LastRestart = application is not null && promise.LastRestart is { } restart && IsWhollyOurs(application)
                ? new RestartingChange(restart.Text, book!.Of(restart, application, overlay, newest))
                : null,
        };
    }

    // What another repository's chart asks for is not known, so no restart of it is unexpected.
    private bool IsWhollyOurs(ApplicationState application) =>
        application.Spec.Sources.All(source => IsOurs(source.RepoUrl));
}
