using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Helm;

namespace OdooSky.GitOps.Overlay.Document;

/// <summary>One edit: compare, splice, read back.</summary>
internal sealed class OverlayEdit
{
    private readonly OverlayDocument current;
    private readonly OverlayWish wish;
    private readonly ProblemList problems;

    public OverlayEdit(OverlayDocument current, OverlayWish wish)
    {
        this.current = current.As(wish.Helm);
        this.wish = wish with { Values = WishedValues.AsRead(wish.Values) };
        problems = new(current.Path, current.Code) { Tree = current.Tree };
    }

    public EditResult Run()
    {
        new WishCheck(problems).Check(wish, current);
        if (problems.HasErrors) return new(null, [], problems.ToImmutable());
        var rows = RowPlan.Of(current.Rows, wish.Addons);
        var values = ValueComparison.Of(current.Values, wish.Values, wish.Unset);
        ImmutableArray<EditStep> steps = [.. rows.Steps(), .. values.Steps];
        return steps.IsEmpty ? new(current.Text, steps, problems.ToImmutable()) : Splice(rows, values, steps);
    }

    private EditResult Splice(RowPlan rows, ValueComparison values, ImmutableArray<EditStep> steps)
    {
        var draft = new EditDraft(current, problems);
        RefuseUncertain(draft.Lines);
        if (!problems.HasErrors)
            new RootEdit(draft).Apply(current.Tree.Root, rows.Differs ? values.Changes.Insert(0, RowChange(rows)) : values.Changes);
        if (problems.HasErrors) return new(null, steps, problems.ToImmutable());
        var text = draft.Result(current.Text.Span);
        new ReadBack(problems).Check(text, WishedValues.Of(current.Values, wish, rows.Differs ? rows.Expected() : null), wish);
        return problems.HasErrors ? new(null, steps, problems.ToImmutable()) : new(text, steps, problems.ToImmutable());
    }

    // What Helm's versions read differently has no hash before the edit, and the edit could not be told from a change of it.
    private void RefuseUncertain(TextLines lines)
    {
        if (HelmValues.Read(new HelmInput { Files = [current.Text], Version = wish.Helm }).Failure is not { } failure) return;
        var message = "This file is not certain to be read alike by all Helm versions: " + failure.Message;
        if (lines.EndsInsideLine && failure.Rule is "versions-disagree") problems.Add(DocumentProblems.Unreadable, lines.Length, message, "End the file with a line break.");
        else if (failure.Line > 0) problems.Add(DocumentProblems.Unreadable, failure, message, "Correct the file by hand.");
        else problems.Add(DocumentProblems.Unreadable, 0, message, "Correct the file by hand.");
    }

    private KeyChange RowChange(RowPlan rows) => current.Rows.IsEmpty
        ? new SetKey(ManagedKeys.Addons, rows.Expected(), IsRows: true)
        : new ChangeRows(ManagedKeys.Addons, rows);
}
