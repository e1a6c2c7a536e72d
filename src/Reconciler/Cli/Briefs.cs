using System.Collections.Frozen;

namespace OdooSky.GitOps.Reconciler.Cli;

/// <summary>Each verb in a few words, for the list of all: one line each on a terminal of 80 columns.</summary>
internal static class Briefs
{
    private static readonly FrozenDictionary<string, string> Words = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["plan"] = "what would change, and what it costs",
        ["apply"] = "do one pass: commit, push and propose",
        ["render"] = "an overlay as it will be after the merge",
        ["validate"] = "check desired state and overlays",
        ["adopt"] = "write desired files from overlays",
        ["import"] = "desired state of a database into files",
        ["export"] = "desired state of files into a database",
        ["merge"] = "merge a proposal where there is no forge",
        ["promote"] = "move addons on to another instance",
        ["pr"] = "list proposals, take a no back",
        ["suspend"] = "leave instances, rings or all alone",
        ["resume"] = "take a suspension back",
        ["verify"] = "prove that what was merged is live",
        ["doctor"] = "look at all that a pass needs",
        ["drift"] = "what differs, from the wish to the pods",
        ["serve"] = "all of it on a schedule, with a page",
        ["reconcile"] = "have a running service make a pass",
        ["hash"] = "the addons hash that Helm renders",
        ["history"] = "each change of an instance",
        ["state"] = "what was merged and live at a time",
        ["blame"] = "since when each addon row is as it is",
        ["explain"] = "why something was decided, with evidence",
        ["audit"] = "export the audit trail, check an export",
        ["report"] = "changes, restarts, failures of a month",
        ["schema"] = "JSON Schemas of all kinds of files",
        ["config"] = "every setting, and where it comes from",
        ["demo"] = "the whole job on a fleet made for it",
        ["completion"] = "completion for your shell",
        ["help"] = "what the exit codes mean",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>A verb in a few words.</summary>
    /// <param name="verb">Its name.</param>
    /// <returns>The words, or null: there is no such verb.</returns>
    public static string? Of(string verb) => Words.GetValueOrDefault(verb);
}
