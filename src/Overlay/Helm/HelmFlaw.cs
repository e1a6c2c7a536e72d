using OdooSky.GitOps.Overlay.Helm.Yaml;

namespace OdooSky.GitOps.Overlay.Helm;

/// <summary>
/// Stands where a value would make Helm fail later, when it turns the whole into JSON: if a later key replaces it, nothing
/// happens. It never leaves this room.
/// </summary>
internal sealed record HelmFlaw(FailureKind Fails, string Rule, string Message, int Position) : HelmValue
{
    public override string KindName => "flaw";

    public HelmFailure ToFailure(YamlDocument document)
    {
        var (line, column) = document.PositionOf(Position);
        return new(Fails, Rule, Message, 0, line, column);
    }

    /// <summary>The first flaw inside a value, in the order of JSON.</summary>
    public static HelmFlaw? FindIn(HelmValue value) => value switch
    {
        HelmFlaw flaw => flaw,
        HelmList list => FirstOf(list.Items),
        HelmMap map => FirstOf(map.Entries.Select(entry => entry.Value)),
        _ => null,
    };

    private static HelmFlaw? FirstOf(IEnumerable<HelmValue> values)
    {
        foreach (var value in values)
            if (FindIn(value) is { } flaw)
                return flaw;
        return null;
    }
}
