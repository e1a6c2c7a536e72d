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
        this.current = current;
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
        if (HelmValues.Read(new HelmInput { Files = [current.Text] }).Failure is { } failure)
        {
            problems.Add(DocumentProblems.Unreadable, failure, "Before an edit, all Helm versions must read the file alike: " + failure.Message, "Correct the file by hand.");
            return new(null, steps, problems.ToImmutable());
        }

        var draft = new EditDraft(current, problems);
        var changes = rows.Differs ? values.Changes.Insert(0, RowChange(rows)) : values.Changes;
        new RootEdit(draft).Apply(current.Tree.Root, changes);
        if (problems.HasErrors) return new(null, steps, problems.ToImmutable());
        var text = draft.Result(current.Text.Span);
        var expected = WishedValues.Of(current.Values, wish, rows.Differs ? rows.Expected() : null);
        new ReadBack(problems).Check(text, expected, wish);
        return problems.HasErrors ? new(null, steps, problems.ToImmutable()) : new(text, steps, problems.ToImmutable());
    }

    private KeyChange RowChange(RowPlan rows) => current.Rows.IsEmpty
        ? new SetKey(ManagedKeys.Addons, rows.Expected(), IsRows: true)
        : new ChangeRows(ManagedKeys.Addons, rows);
}
