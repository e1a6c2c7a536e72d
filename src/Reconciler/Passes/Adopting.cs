using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Document;

namespace OdooSky.GitOps.Reconciler.Passes;

/// <summary>A file of the wish, as text.</summary>
/// <param name="Code">The instance.</param>
/// <param name="Text">The file's text.</param>
internal sealed record AdoptedFile(InstanceCode Code, string Text);

/// <summary>Writes a wish from overlays that are there, so that a running fleet can start; the plan after it is empty.</summary>
/// <param name="snapshots">Reads the heads.</param>
/// <param name="observer">Reads commits.</param>
internal sealed class Adopting(Snapshots snapshots, Observer observer)
{
    private const string UnknownSource = "unknown";

    /// <summary>Reads all overlays that no wish names yet.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>A file for each, in order of code, and the problems of overlays that can't be adopted.</returns>
    public async Task<(ImmutableArray<AdoptedFile> Files, ImmutableArray<Problem> Problems)> ReadAsync(CancellationToken cancellationToken)
    {
        var snapshot = await snapshots.TakeAsync(null, cancellationToken);
        var observed = await observer.ObserveAsync(snapshot.Base, snapshot.Desired, cancellationToken);
        var wished = observed.Desired.Instances.Select(wish => wish.Code.Text).Concat(observed.Desired.Broken).ToHashSet(StringComparer.Ordinal);
        var files = ImmutableArray.CreateBuilder<AdoptedFile>();
        var problems = ImmutableArray.CreateBuilder<Problem>();
        foreach (var overlay in observed.Overlays.Values.OrderBy(overlay => overlay.Entry.Code).Where(overlay => !wished.Contains(overlay.Entry.Code.Text)))
        {
            var (entry, reading) = (overlay.Entry, overlay.Read());
            problems.AddRange(reading.Problems);
            if (reading.Document is not { } document) continue;
            var untyped = document.Rows.Where(row => !row.Typed || row.Row.Code.Length == 0).ToList();
            problems.AddRange(untyped.Select(row => Untyped(entry.Code, row)));
            if (untyped.Count == 0) files.Add(new AdoptedFile(entry.Code, InstanceFile.Write(Wish(entry, document))));
        }

        return (files.ToImmutable(), problems.ToImmutable());
    }

    private static DesiredInstance Wish(OverlayEntry entry, OverlayDocument document) => new()
    {
        Code = entry.Code,
        Place = new Place(entry.Path),
        Addons = [.. document.Rows.Select(row => WithSource(row.Row))],
    };

    // The wish must name a source; a live row without one keeps its bytes until its next real change.
    private static AddonRow WithSource(AddonRow row) => row.Source.Length > 0
        ? row
        : row with { Source = row.Image.Length == 0 || row.Version.Length == 0 ? AddonRow.BuiltinSource : UnknownSource };

    private static Problem Untyped(InstanceCode code, OverlayRow row) => new(
        Overlay.Plan.PlanProblems.UntypedRow, Severity.Error,
        $"The row {row.Row.Code} of {code} can't be adopted: a field is not text, so a desired row could not say the same.",
        "Put the field in double quotes first; that changes the hash and restarts the pod.", row.Place, code.Text);
}
