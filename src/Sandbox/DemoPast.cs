using System.Collections.Immutable;
using System.Globalization;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Reconciler.Git;
using OdooSky.GitOps.Reconciler.Notes;
using OdooSky.GitOps.Sandbox.GitHub;

namespace OdooSky.GitOps.Sandbox;

/// <summary>A clock that can be some time behind another one.</summary>
/// <param name="time">The other one.</param>
internal sealed class LateClock(TimeProvider time) : TimeProvider
{
    /// <summary>How far it is behind.</summary>
    public TimeSpan Behind { get; set; }

    /// <inheritdoc/>
    public override long TimestampFrequency => time.TimestampFrequency;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => time.GetUtcNow() - Behind;

    /// <inheritdoc/>
    public override long GetTimestamp() => time.GetTimestamp();

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => time.CreateTimer(callback, state, dueTime, period);
}

/// <summary>The last two weeks of the demo's fleet: small changes, with notes of when each went live, that end in what the example is.</summary>
/// <param name="clock">The clock by which the repository's commits are dated; it is on time afterwards.</param>
internal sealed class DemoPast(LateClock clock)
{
    private static readonly ImmutableArray<PastChange> Changes =
    [
        new(11, "alpenhof", "nordlicht_branding", "2.5.1", "2.6.0"),
        new(9, "bluefin", "web_responsive", "17.0.1.2.0", "17.0.1.2.1"),
        new(9, "cobalt", "web_responsive", "17.0.1.2.0", "17.0.1.2.1"),
        new(6, "alpenhof", "queue_job", "17.0.2.7.0", "17.0.2.8.0"),
        new(4, "eastgate", "nordlicht_branding", "2.5.0", "2.5.1"),
        new(3, "bluefin", "account_financial_report", "17.0.1.4.1", "17.0.1.4.2"),
        new(2, "driftwood", "web_responsive", "17.0.1.0.4", "17.0.1.1.0"),
    ];

    /// <summary>The example's files as they were two weeks ago.</summary>
    public static ImmutableArray<(string Path, string? Text)> Files() =>
    [
        .. ExampleRepository.Files().Select(file =>
            (file.Path, Changes.Where(change => change.Path == file.Path).Aggregate(file.Text, (text, change) => change.Undo(text!)))),
    ];

    /// <summary>Sets the clock back to where the past begins.</summary>
    public void Begin() => clock.Behind = TimeSpan.FromDays(13);

    /// <summary>Lives through it.</summary>
    /// <param name="people">The repository, whose first commit has <see cref="Files"/>.</param>
    /// <param name="clones">Where a clone for the notes is kept.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>A task.</returns>
    public async Task LiveAsync(RepositoryPeople people, string clones, CancellationToken cancellationToken)
    {
        var files = Files().ToDictionary(file => file.Path, file => file.Text!, StringComparer.Ordinal);
        var notes = new List<(ObjectId Commit, RolloutNote Note)>();
        foreach (var change in Changes)
        {
            clock.Behind = TimeSpan.FromDays(change.DaysAgo);
            files[change.Path] = change.Do(files[change.Path]);
            var commit = await people.PushAsync("tomas", "main", $"{change.Code}: {change.Addon} {change.After}", [(change.Path, files[change.Path])], cancellationToken);
            notes.AddRange(change.Notes(clock.GetUtcNow()).Select(note => (ObjectId.TryParse(commit)!, note)));
        }

        clock.Behind = TimeSpan.Zero;
        var address = RemoteAddress.Read(people.Git.Folder, new Place("demo")).Address!;
        await using var clone = new Repository(new GitProgram(TimeProvider.System, new GitLimits()), address, clones, Repository.NoCredentials);
        var book = new NoteBook(clone, RefName.TryBranch("main")!, Identity.TryParse("OdooSky GitOps", "odoosky@localhost")!);
        await book.AddAsync(notes, new GitDate(clock.GetUtcNow().ToUnixTimeSeconds(), "+0000"), cancellationToken);
    }

    /// <summary>A change of one version.</summary>
    private sealed record PastChange(int DaysAgo, string Code, string Addon, string Before, string After)
    {
        public string Path => $"instances/{Code}/values.yaml";

        public string Undo(string text) => text.Replace($"\"{After}\"", $"\"{Before}\"", StringComparison.Ordinal);

        public string Do(string text) => text.Replace($"\"{Before}\"", $"\"{After}\"", StringComparison.Ordinal);

        public IEnumerable<RolloutNote> Notes(DateTimeOffset landed)
        {
            var at = UtcTime.ToSecond(landed);
            var note = new RolloutNote
            {
                Event = NoteEvent.Landed, Code = Code, At = at, Restart = "yes", MergedBy = "tomas", RequestedBy = "tomas.vide@nordlicht.example",
                Reason = string.Create(CultureInfo.InvariantCulture, $"{Addon} {After} for everybody"),
            };
            return [note, new RolloutNote { Event = NoteEvent.Live, Code = Code, At = at.AddMinutes(3 + (DaysAgo % 4)) }];
        }
    }
}
