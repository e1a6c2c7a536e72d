using System.Collections.Immutable;
using System.Text;
using OdooSky.GitOps.Reconciler.Git;

namespace OdooSky.GitOps.Reconciler.Suspensions;

/// <summary>A change of the book.</summary>
/// <param name="Change">The lines as they shall be, from those that are there; may be asked again after a lost race.</param>
/// <param name="Message">The commit's message.</param>
/// <param name="At">The time: the commit's date, and what ended before it is left out.</param>
internal sealed record SuspensionEdit(Func<ImmutableArray<Suspension>, IEnumerable<Suspension>> Change, string Message, DateTimeOffset At);

/// <summary>
/// What is suspended, by whom and why: the file <c>suspensions.jsonl</c> at <c>refs/odoosky/suspensions</c>, JSON Lines, sorted.
/// Each change is a commit on the one before, so that the ref's log tells who stopped and resumed what.
/// </summary>
/// <param name="repository">The repository's cache.</param>
/// <param name="identity">Who commits.</param>
/// <param name="main">The base branch, by which the clone's format is known.</param>
internal sealed class SuspensionBook(Repository repository, Identity identity, RefName main)
{
    private static readonly RepositoryPath Page = RepositoryPath.TryParse("suspensions.jsonl")!;
    private (ObjectId Head, ImmutableArray<Suspension> Lines)? last;

    /// <summary>The book's ref.</summary>
    public static RefName Ref { get; } = RefName.TryParse("refs/odoosky/suspensions")!;

    /// <summary>Reads the book.</summary>
    /// <param name="head">The ref's head, or null when the remote has none.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>All that is written, of all targets, with what has ended.</returns>
    /// <exception cref="SuspensionFailure">It can't be read.</exception>
    public async Task<ImmutableArray<Suspension>> ReadAsync(ObjectId? head, CancellationToken cancellationToken)
    {
        if (head is null) return [];
        if (last is { } known && known.Head == head) return known.Lines;
        var lines = await ReadPageAsync(head, cancellationToken);
        last = (head, lines);
        return lines;
    }

    /// <summary>Changes the book and pushes with a lease; a lost race is run again on what won.</summary>
    /// <param name="edit">The change.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>True when something was written.</returns>
    /// <exception cref="GitFailure">The remote refused, or the race was lost five times.</exception>
    /// <exception cref="SuspensionFailure">The book can't be read, and is left as it is.</exception>
    public Task<bool> ChangeAsync(SuspensionEdit edit, CancellationToken cancellationToken)
    {
        var shared = new SharedRef(repository, Ref, "suspensions", stop => repository.ReadRemoteAsync([RefPattern.Exactly(main)], Ref, stop));
        return shared.ChangeAsync(async head =>
        {
            var before = await ReadAsync(head, cancellationToken);
            ImmutableArray<Suspension> asked = [.. edit.Change(before)];
            return asked.SequenceEqual(before) ? null : Chain(head, asked.Where(suspension => suspension.HoldsAt(edit.At)), edit);
        }, cancellationToken);
    }

    private CommitChain Chain(ObjectId? head, IEnumerable<Suspension> lines, SuspensionEdit edit)
    {
        var text = string.Concat(lines.Select(line => line.Write()).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(line => line + "\n"));
        return new CommitChain
        {
            Target = Ref,
            Parent = head,
            Identity = identity,
            Date = new GitDate(edit.At.ToUnixTimeSeconds(), "+0000"),
            Commits = [new NewCommit(edit.Message, [FileChange.Write(Page, Encoding.UTF8.GetBytes(text))])],
        };
    }

    private async Task<ImmutableArray<Suspension>> ReadPageAsync(ObjectId head, CancellationToken cancellationToken)
    {
        var blob = await repository.FindAsync(head, Page, cancellationToken) ?? throw Damage(head, $"has no file {Page}");
        var lines = ImmutableArray.CreateBuilder<Suspension>();
        await foreach (var page in repository.ReadBlobsAsync([blob], cancellationToken))
        {
            var texts = Encoding.UTF8.GetString((page.Content ?? throw Damage(head, $"has a {Page} of {page.Size} bytes")).Span).Split('\n');
            for (var i = 0; i < texts.Length; i++)
                if (texts[i].Length > 0) lines.Add(Suspension.TryRead(texts[i]) ?? throw Damage(head, $"has no suspension in line {i + 1} of {Page}"));
        }

        return lines.ToImmutable();
    }

    private static SuspensionFailure Damage(ObjectId head, string what) => new(
        $"What is suspended can't be read, so nothing is changed: {Ref} at {head.Text[..12]} {what}. Mend it with a newer odoosky, or push an older commit of "
        + $"that ref over it (git push --force REPOSITORY COMMIT:{Ref}); git push REPOSITORY :{Ref} takes all suspensions away.");
}
