using System.Text;

namespace OdooSky.GitOps.Reconciler.Git;

/// <summary>
/// A move of a remote's ref, done only if the ref is where it was last seen. <c>New</c> null takes the ref away;
/// <c>Expected</c> null means that there must be no such ref.
/// </summary>
internal sealed record RefUpdate(RefName Ref, ObjectId? New, ObjectId? Expected);

internal enum PushOutcome
{
    Updated,

    /// <summary>It was there already: somebody, perhaps a twin of ours, was faster with the same commit.</summary>
    UpToDate,

    /// <summary>The ref is not where it was expected: look again before deciding anything.</summary>
    StaleLease,

    /// <summary>A hook or a branch rule of the remote said no.</summary>
    Declined,

    /// <summary>The remote said no for another reason.</summary>
    Rejected,
}

/// <summary>What became of one update; the reason, git's and the remote's own words, is null when it went through.</summary>
internal sealed record PushResult(RefUpdate Update, PushOutcome Outcome, string? Reason)
{
    public bool IsThere => Outcome is PushOutcome.Updated or PushOutcome.UpToDate;
}

/// <summary>Reads what <c>git push --porcelain</c> reports: <c>flag TAB from:to TAB summary</c>, one line a ref.</summary>
internal static class PushReport
{
    /// <summary>The reports by ref name, each with its flag and summary.</summary>
    public static Dictionary<string, (char Flag, string Summary)> Read(ReadOnlySpan<byte> output)
    {
        var reports = new Dictionary<string, (char Flag, string Summary)>(StringComparer.Ordinal);
        foreach (var line in Encoding.UTF8.GetString(output).Split('\n'))
        {
            var fields = line.Split('\t', 3);
            if (fields.Length == 3 && fields[0].Length == 1)
            {
                reports[fields[1][(fields[1].LastIndexOf(':') + 1)..]] = (fields[0][0], fields[2]);
            }
        }

        return reports;
    }

    /// <summary>Null: the connection broke before the remote said what became of the ref.</summary>
    public static PushResult? ResultOf(RefUpdate update, (char Flag, string Summary) report, string words)
    {
        if (report.Flag is not '!')
        {
            return new PushResult(update, report.Flag == '=' ? PushOutcome.UpToDate : PushOutcome.Updated, Reason: null);
        }

        if (report.Summary.StartsWith("[remote failure]", StringComparison.Ordinal))
        {
            return null;
        }

        var outcome = OutcomeOf(report.Summary);
        var said = outcome == PushOutcome.StaleLease ? "" : RemoteWords(words);
        return new PushResult(update, outcome, said.Length == 0 ? report.Summary : $"{report.Summary}: {said}");
    }

    // The remote may find out only at the end that a ref has moved since it named it.
    private static PushOutcome OutcomeOf(string summary) =>
        Says(summary, "stale info") || Says(summary, "incorrect old value") || Says(summary, "but expected") || Says(summary, "already exists")
            ? PushOutcome.StaleLease
        : Says(summary, "declined") ? PushOutcome.Declined
        : PushOutcome.Rejected;

    private static bool Says(string summary, string sign) => summary.Contains(sign, StringComparison.Ordinal);

    private static string RemoteWords(string words) => string.Join("; ", words.Split('\n')
        .Where(line => line.StartsWith("remote:", StringComparison.Ordinal))
        .Select(line => string.Concat(line["remote:".Length..].Where(c => !char.IsControl(c))).Trim())
        .Where(line => line.Length > 0));
}
