using System.Globalization;

namespace OdooSky.GitOps.Reconciler.Status.Views;

/// <summary>Which instances a filter lets through.</summary>
internal static class Filtering
{
    private const int LongestText = 100;

    /// <summary>Reads a filter as addresses write it; what makes no sense is no filter.</summary>
    /// <param name="ask">Gives the value of a name, or null.</param>
    /// <returns>The filter.</returns>
    public static StatusFilter Read(Func<string, string?> ask)
    {
        return new StatusFilter(Text("q"), Text("verdict"), Text("ring"), Text("target"), Page(ask("page")));

        string Text(string name) => ask(name)?.Trim() is { Length: <= LongestText } text ? text : string.Empty;
    }

    /// <summary>Reads the number of a page.</summary>
    /// <param name="text">What is asked for.</param>
    /// <returns>The number, at least 1.</returns>
    public static int Page(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var page) ? Math.Max(1, page) : 1;

    /// <summary>Whether a filter lets everything through.</summary>
    /// <param name="filter">The filter.</param>
    /// <returns>True when nothing is filtered.</returns>
    public static bool IsOpen(StatusFilter filter) => filter.Q.Length + filter.Verdict.Length + filter.Ring.Length + filter.Target.Length == 0;

    /// <summary>Whether it lets an instance through.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="line">The instance.</param>
    /// <returns>True when it does.</returns>
    public static bool Lets(StatusFilter filter, InstanceLine line) =>
        Is(filter.Verdict, line.Verdict) && Is(filter.Ring, line.Ring) && Is(filter.Target, line.Target) && (filter.Q.Length == 0 || Holds(filter.Q, line));

    private static bool Is(string wanted, string? value) => wanted.Length == 0 || wanted.Equals(value, StringComparison.OrdinalIgnoreCase);

    private static bool Holds(string text, InstanceLine line)
    {
        return Has(line.Code) || Has(line.Ring) || Has(line.Verdict) || Has(line.Reason) || Has(line.Detail) || Has(line.Action)
            || Has(line.Sentence) || Has(line.Held) || Has(line.Change?.State) || Has(line.Hash);

        bool Has(string? value) => value?.Contains(text, StringComparison.OrdinalIgnoreCase) == true;
    }
}
