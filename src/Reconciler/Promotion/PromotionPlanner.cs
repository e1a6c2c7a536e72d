using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Document;
using OdooSky.GitOps.Overlay.Helm;
using OdooSky.GitOps.Overlay.Plan;
using OdooSky.GitOps.Reconciler.Life;
using OdooSky.GitOps.Reconciler.Passes;

namespace OdooSky.GitOps.Reconciler.Promotion;

/// <summary>Plans one promotion from what was read; talks to nobody.</summary>
/// <param name="request">What is asked.</param>
/// <param name="wishes">The instance that is promoted to and the catalogue, as they are desired.</param>
/// <param name="observed">Base and desired state, for what the next pass would make of it.</param>
internal sealed class PromotionPlanner(PromotionRequest request, PromotionWishes wishes, Observation observed)
{
    private readonly List<Problem> problems = [];

    /// <summary>Plans.</summary>
    /// <param name="landing">The newest change of the source's overlay.</param>
    /// <param name="source">What else is known of the source.</param>
    /// <returns>The plan.</returns>
    public PromotionPlan Plan(Landing landing, PromotionSource source)
    {
        var target = wishes.Instance!.Wish!;
        var carrying = new RowPromotion(source.Wish, target, wishes.Catalog);
        var rows = carrying.Of(Chosen(source.Rows));
        var names = source.Rows.Select(row => row.Code).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var live = landing.Notes.FirstOrDefault(note => note.Event == Notes.NoteEvent.Live);
        var plan = new PromotionPlan
        {
            Request = request,
            Source = landing,
            IsLive = live is not null && (live.HashAfter is null || live.HashAfter == landing.HashAfter),
            Verdict = PromotionWords.Verdict(landing, source.HasNotes),
            Rows = rows,
            Kept = [.. target.Addons.Select(wish => wish.Code).Where(code => !names.Contains(code))],
            Before = wishes.Instance,
            After = target with { Addons = carrying.After(rows, newLast: wishes.File is null) },
        };
        Judge(plan);
        plan = plan with { After = plan.After with { Request = RequestOf(plan) } };
        return Finish(plan.Differs ? plan with { File = Edit(plan) } : plan);
    }

    private IEnumerable<AddonRow> Chosen(ImmutableArray<AddonRow> running)
    {
        foreach (var missing in request.Addons.Where(code => !running.Any(row => row.Code == code)))
            Error(PromotionCodes.Impossible, $"{request.Origin} does not run {missing}.", NearestWord.Remedy(missing, [.. running.Select(row => row.Code)]));
        return running.Where(row => (request.Addons.IsEmpty || request.Addons.Contains(row.Code, StringComparer.Ordinal)) && (request.IncludeBuiltin || row.Source != AddonRow.BuiltinSource));
    }

    private void Judge(PromotionPlan plan)
    {
        const string force = "To promote it all the same: --force --reason with the reason.";
        if (!plan.IsLive)
            Hold(PromotionCodes.NotLive, $"{request.Origin} is not proven live with the hash {plan.Source.HashAfter ?? "none"} that its overlay has: {plan.Verdict}.", "odoosky verify proves it. " + force);
        foreach (var row in plan.Rows.Where(row => row.Misfit is not null))
            Hold(PromotionCodes.DoesNotFit, $"{row.Row.Code} {row.Row.Version} does not fit {request.To}: {row.Misfit}.", "Name the series with odoo on both, add the version to the catalogue, or promote other addons with --addons. " + force);
    }

    // Who asked for the rows as they were did not ask for this.
    private Request RequestOf(PromotionPlan plan) => request.Request with { Reason = plan.Reason };

    // The target's file is edited as overlays are: only what changes is spliced, and the result is read back.
    private (string Path, ReadOnlyMemory<byte> Text)? Edit(PromotionPlan plan)
    {
        if (wishes.File is not { } file) return null;
        var reading = OverlayDocument.Read(file.Path, file.Text, request.To);
        if (reading.Document is not { } document)
        {
            problems.AddRange(reading.Problems.Where(IsError));
            return null;
        }

        ImmutableArray<AddonRow> rows = [.. plan.After.Addons.Select(wish => new AddonRow(wish.Code, wish.Source ?? string.Empty, wish.Image ?? string.Empty, wish.Version ?? string.Empty))];
        var said = plan.After.Request;
        (string Key, string Value)[] fields = [("requestedBy", said.RequestedBy), ("reason", said.Reason), ("ticket", said.Ticket)];
        var values = HelmMap.From(fields.Where(field => field.Value.Length > 0).Select(field => new HelmEntry(field.Key, new HelmText(field.Value))));
        ImmutableArray<ValuePath> gone = [.. fields.Where(field => field.Value.Length == 0).Select(field => new ValuePath([field.Key]))];
        var edit = OverlayEditor.Edit(document, new OverlayWish(request.To, null, rows, values, gone));
        problems.AddRange(edit.Problems.Where(IsError));
        return edit.Text is { } text ? (file.Path, text) : null;
    }

    private PromotionPlan Finish(PromotionPlan plan)
    {
        var file = plan.File is { } edited ? InstanceFile.Read(edited.Path, edited.Text, "promoted") : InstanceFile.Of(WishRows.Of(plan.After));
        var rules = observed.Effective.Rules() with { FromTables = plan.File is null };
        var state = DesiredState.Combine([file], wishes.Catalog, rules);
        if (plan.Differs) problems.AddRange(state.Problems.Where(IsError));
        return plan with { Effect = state.Instances.Length == 1 && plan.Differs ? Effect(state) : null, Problems = [.. problems] };
    }

    private OverlayChange Effect(DesiredState state)
    {
        var overlays = observed.Overlays.Where(overlay => overlay.Key == request.To).ToDictionary(overlay => overlay.Key, overlay => overlay.Value);
        return new FleetPlanner(new FleetMemory()).Plan(observed with { Desired = state, Overlays = overlays }).Instances.First(change => change.Code == request.To);
    }

    private void Error(string code, string message, string remedy) =>
        Report(code, Severity.Error, message, remedy);

    // What a force passes over is said all the same.
    private void Hold(string code, string message, string remedy) =>
        Report(code, request.Force ? Severity.Warning : Severity.Error, message, request.Force ? "It was forced." : remedy);

    private void Report(string code, Severity severity, string message, string remedy) =>
        problems.Add(new Problem(code, severity, message, remedy, wishes.Instance!.Wish!.Place, request.To.Text));

    private static bool IsError(Problem problem) => problem.Severity == Severity.Error;
}
