using OdooSky.GitOps.Overlay.Desired;

namespace OdooSky.GitOps.Reconciler.Settings;

/// <summary>How instances are put together in pull requests.</summary>
internal enum GroupingKind
{
    /// <summary>One pull request an instance.</summary>
    Instance,

    /// <summary>One for each value of a label.</summary>
    Label,

    /// <summary>One for all.</summary>
    All,
}

/// <summary>What one pull request carries.</summary>
/// <param name="Kind">How.</param>
/// <param name="Label">The label's name when grouped by one, else null.</param>
internal sealed record Grouping(GroupingKind Kind, string? Label)
{
    private const string LabelPrefix = "label:";

    /// <summary>One pull request an instance.</summary>
    public static Grouping ByInstance { get; } = new(GroupingKind.Instance, null);

    /// <summary>Reads <c>instance</c>, <c>label:&lt;name&gt;</c> or <c>all</c>; null for anything else.</summary>
    public static Grouping? TryParse(string text)
    {
        if (text == "instance") return ByInstance;
        if (text == "all") return new Grouping(GroupingKind.All, null);
        var name = text.StartsWith(LabelPrefix, StringComparison.Ordinal) ? text[LabelPrefix.Length..] : string.Empty;
        return LabelText.IsValid(name) ? new Grouping(GroupingKind.Label, name) : null;
    }

    public override string ToString() => Kind switch
    {
        GroupingKind.Instance => "instance",
        GroupingKind.All => "all",
        _ => LabelPrefix + Label,
    };
}
