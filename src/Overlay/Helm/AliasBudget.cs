namespace OdooSky.GitOps.Overlay.Helm;

/// <summary>goyaml's guard against alias bombs: how many of the decoded nodes may come out of aliases.</summary>
internal sealed class AliasBudget
{
    private const int RangeLow = 400_000;
    private const int RangeHigh = 4_000_000;

    /// <summary>Nodes decoded so far, aliases followed.</summary>
    public long Decoded { get; private set; }

    /// <summary>How many aliases are being followed.</summary>
    public int Depth { get; set; }

    private long InAliases { get; set; }

    /// <summary>Counts nodes.</summary>
    /// <param name="nodes">How many, all inside or all outside of aliases.</param>
    /// <returns>False when goyaml gives up. Inside one alias the share only rises, so counting it at once decides the same.</returns>
    public bool TryCount(long nodes)
    {
        Decoded += nodes;
        if (Depth > 0) InAliases += nodes;
        return InAliases <= 100 || Decoded <= 1000 || InAliases / (double)Decoded <= Allowed(Decoded);
    }

    private static double Allowed(long decoded) => decoded switch
    {
        <= RangeLow => 0.99,
        >= RangeHigh => 0.10,
        _ => 0.99 - (0.89 * ((decoded - RangeLow) / (double)(RangeHigh - RangeLow))),
    };
}
