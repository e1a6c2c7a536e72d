using System.Text.RegularExpressions;

namespace OdooSky.GitOps.Reconciler.Proposals;

/// <summary>
/// What of a proposal's text belongs to its own change set. The guards' counts and the size of the fleet belong to the whole plan: they
/// are true of the moment in which the text was written, and would have every open proposal written anew whenever another instance changes.
/// </summary>
internal static partial class LastingText
{
    /// <summary>Whether two texts differ in nothing but what belongs to the rest of the plan.</summary>
    /// <param name="one">A text.</param>
    /// <param name="other">Another.</param>
    /// <returns>True when neither need be written for the other.</returns>
    public static bool Same(string one, string other) =>
        string.Equals(one, other, StringComparison.Ordinal) || string.Equals(Of(one), Of(other), StringComparison.Ordinal);

    private static string Of(string text) => FleetSize().Replace(Guards().Replace(text, "Guards: …"), " of …");

    [GeneratedRegex("^Guards: .*$", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Guards();

    // restarts 1 of 412 instances
    [GeneratedRegex(@"(?<=^Changes [^\n]{1,60} merging it \*\*restarts [0-9]+) of [0-9]+ instances?", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FleetSize();
}
