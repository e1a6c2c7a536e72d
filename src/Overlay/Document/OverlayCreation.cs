using System.Collections.Immutable;
using System.Text;
using OdooSky.GitOps.Overlay.Helm;

namespace OdooSky.GitOps.Overlay.Document;

/// <summary>Writes a new overlay.</summary>
internal sealed class OverlayCreation(string path, OverlayWish wish)
{
    private readonly ProblemList problems = new(path, wish.Code);
    private readonly HelmMap values = WishedValues.AsRead(wish.Values);

    public EditResult Run()
    {
        new WishCheck(problems).Check(wish, null);
        if (problems.HasErrors) return new(null, [], problems.ToImmutable());
        var text = Encoding.UTF8.GetBytes(string.Concat(Lines().Select(line => line + "\n")));
        var addons = new HelmList([.. wish.Addons.Select(RowPlan.Fresh)]);
        var expected = values.With(ManagedKeys.Instance, Instance()).With(ManagedKeys.Addons, addons);
        new ReadBack(problems).Check(text, expected, wish);
        return problems.HasErrors ? new(null, Steps(), problems.ToImmutable()) : new(text, Steps(), problems.ToImmutable());
    }

    private IEnumerable<string> Lines()
    {
        var writer = new ValueWriter { KeyOrder = [.. ManagedKeys.Fields, ManagedKeys.CloneFrom] };
        return
        [
            .. writer.KeyLines(ManagedKeys.Instance, Instance()),
            .. writer.KeyLines(ManagedKeys.Addons, new HelmList([.. wish.Addons.Select(RowPlan.Fresh)])),
            .. values.Entries.SelectMany(entry => new ValueWriter().KeyLines(entry.Key, entry.Value)),
        ];
    }

    private HelmMap Instance()
    {
        var map = HelmMap.Empty.With(ManagedKeys.Code, new HelmText(wish.Code.Text));
        return wish.CloneFrom is { } source ? map.With(ManagedKeys.CloneFrom, new HelmText(source.Text)) : map;
    }

    private ImmutableArray<EditStep> Steps() =>
    [
        .. wish.Addons.Select(row => new RowAdded(row)),
        .. ValueComparison.Of(HelmMap.Empty, values.With(ManagedKeys.Instance, Instance()), []).Steps,
    ];
}
