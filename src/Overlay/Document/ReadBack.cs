using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Helm;

namespace OdooSky.GitOps.Overlay.Document;

/// <summary>Reads an edited text as Helm does, and refuses it unless every value is the wished or the old one.</summary>
internal sealed class ReadBack(ProblemList problems)
{
    private const string Remedy = "Nothing was written. Change this part of the file by hand, and report the layout.";

    public void Check(byte[] text, HelmMap expected, OverlayWish wish)
    {
        var reading = OverlayDocument.Read(string.Empty, text, wish.Code);
        if (reading.Document?.As(wish.Helm) is not { } document) Refuse("could not be read back: " + FirstError(reading));
        else if (Difference(document.Values, expected, []) is { } path) Refuse($"differs from the desired state at {path}.", path.Keys[0]);
        else if (!HasRows(document.Rows, wish.Addons)) Refuse("does not have the desired rows.");
        else CheckMerged(text, expected, wish.Helm);
    }

    private void CheckMerged(byte[] text, HelmMap expected, HelmVersion? version)
    {
        var merged = HelmValues.Read(new HelmInput { Files = [text], Version = version });
        if (merged.Failure is { } failure) Refuse("is not certain to be read alike by all supported Helm versions: " + failure.Message);
        else if (!expected.Equals(merged.Value)) Refuse("is not what Helm reads.");
    }

    private static string FirstError(OverlayReading reading) =>
        reading.Problems.First(problem => problem.Severity == Severity.Error).Message;

    private static bool HasRows(ImmutableArray<OverlayRow> rows, ImmutableArray<AddonRow> wish) =>
        rows.Length == wish.Length && !RowPlan.Of(rows, wish).Differs;

    private static ValuePath? Difference(HelmMap actual, HelmMap expected, ImmutableArray<string> path)
    {
        foreach (var key in actual.Entries.Concat(expected.Entries).Select(entry => entry.Key))
        {
            var (left, right) = (actual.Find(key), expected.Find(key));
            if (left is HelmMap one && right is HelmMap other && Difference(one, other, path.Add(key)) is { } inside) return inside;
            if (!Equals(left, right)) return new(path.Add(key));
        }

        return null;
    }

    private void Refuse(string what, string key = ManagedKeys.Addons) =>
        problems.Add(DocumentProblems.NotAsWished, problems.Tree?.Root?.Find(key)?.Start ?? 0, "The edited text " + what, Remedy);
}
