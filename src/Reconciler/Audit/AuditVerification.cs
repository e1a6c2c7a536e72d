using System.Collections.Immutable;
using OdooSky.GitOps.Reconciler.Git;
using OdooSky.GitOps.Reconciler.Life;

namespace OdooSky.GitOps.Reconciler.Audit;

/// <summary>The first line of an export that is not right.</summary>
/// <param name="Line">Counted from 1.</param>
/// <param name="Why">Completes a sentence, without a full stop.</param>
internal sealed record WrongLine(int Line, string Why);

/// <summary>What came of checking an export.</summary>
/// <param name="Changes">How many changes it tells of; of a wrong one, how many are right.</param>
/// <param name="Wrong">The first line that is not right, or null.</param>
/// <param name="Signatures">How many signed commits there are, by what git says of them.</param>
internal sealed record AuditVerdict(int Changes, WrongLine? Wrong, ImmutableSortedDictionary<SignatureState, int> Signatures)
{
    /// <summary>A verdict without signatures.</summary>
    public static AuditVerdict Of(int changes, WrongLine? wrong) => new(changes, wrong, ImmutableSortedDictionary<SignatureState, int>.Empty);
}

/// <summary>
/// Checks an export against a repository: the trail is told anew at the very commit and notes that the export names, and each line
/// must be that line, byte for byte. So the chain, the facts and the order are checked at once, however much happened since, and a
/// chain that was mended after a change helps nobody.
/// </summary>
/// <param name="trail">Tells the trail.</param>
internal sealed class AuditVerification(AuditTrail trail)
{
    /// <summary>Checks.</summary>
    /// <param name="text">The export.</param>
    /// <param name="signersFile">A file of allowed SSH signers, or null.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The verdict.</returns>
    public async Task<AuditVerdict> VerifyAsync(string text, string? signersFile, CancellationToken cancellationToken)
    {
        var lines = text.Split('\n');
        if (AuditChain.ReadHead(lines[0]) is not { } head) return AuditVerdict.Of(0, new WrongLine(1, "this is not the first line of an export of this version"));
        var (snapshot, why) = await trail.SnapshotAsync(head, cancellationToken);
        if (snapshot is null) return AuditVerdict.Of(0, new WrongLine(1, why!));
        var seen = new List<(int Line, Landing Change)>();
        var wrong = Compare(lines, snapshot, seen);
        return wrong is null ? await SignaturesAsync(seen, signersFile, cancellationToken) : AuditVerdict.Of(seen.Count, wrong);
    }

    private static WrongLine? Compare(string[] lines, AuditSnapshot snapshot, List<(int Line, Landing Change)> seen)
    {
        var i = 0;
        foreach (var (expected, change) in AuditChain.Lines(snapshot))
        {
            if (i >= lines.Length || (lines[i].Length == 0 && i == lines.Length - 1)) return new WrongLine(i + 1, "the export ends here, and the repository has more: the file was cut");
            if (!string.Equals(lines[i], expected, StringComparison.Ordinal)) return new WrongLine(i + 1, AuditLine.Difference(lines[i], expected));
            if (change is not null) seen.Add((i + 1, change));
            i++;
        }

        return i == lines.Length - 1 && lines[i].Length == 0 ? null : i == lines.Length
            ? new WrongLine(i, "the last line has no end: the file was cut")
            : new WrongLine(i + 1, "the export goes on behind its end");
    }

    private async Task<AuditVerdict> SignaturesAsync(List<(int Line, Landing Change)> seen, string? signersFile, CancellationToken cancellationToken)
    {
        var signed = seen.SelectMany(each => each.Change.Signed.Select(signed => (each.Line, Signed: signed))).DistinctBy(each => each.Signed.Commit).ToList();
        var found = await trail.SignaturesAsync([.. signed.Select(each => each.Signed.Commit)], signersFile, cancellationToken);
        var states = signed.Select(each => (each.Line, each.Signed, State: State(each.Signed, found))).ToList();
        var wrong = states.Where(each => each.State == SignatureState.Bad || (each.State == SignatureState.UnknownKey && signersFile is not null))
            .Select(each => new WrongLine(each.Line, Words(each.Signed, each.State))).FirstOrDefault();
        return new AuditVerdict(seen.Count, wrong, states.CountBy(each => each.State).ToImmutableSortedDictionary());
    }

    // git says of a GPG key without trust what it says of an SSH key that is not listed; the first is in the keyring, and right.
    private static SignatureState State(SignedCommit signed, ImmutableDictionary<ObjectId, SignatureState> found) =>
        found.GetValueOrDefault(signed.Commit, SignatureState.NotChecked) is var state && state == SignatureState.UnknownKey && signed.With != "ssh" ? SignatureState.Good : state;

    private static string Words(SignedCommit signed, SignatureState state) => state == SignatureState.Bad
        ? $"the signature of the commit {signed.Commit.Text[..12]} is bad"
        : $"the commit {signed.Commit.Text[..12]} is signed by a key that the list of allowed signers does not have";
}
