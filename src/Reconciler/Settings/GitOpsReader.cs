using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;

namespace OdooSky.GitOps.Reconciler.Settings;

/// <summary>Reads <c>gitops.yaml</c>, or a layer over it: what is not written keeps the value below.</summary>
internal sealed class GitOpsReader(StrictFile file, GitOpsSettings below)
{
    public static StrictShape Shape { get; } = StrictShape.Of(
        "apiVersion!", "kind!", "chart", "overlays", "grouping", "rings", "builtinOnlyChanges", "autoMerge", "limits", "guards",
        "approvals", "labels", "reviewers", "assignees", "draft", "sources");

    public static StrictShape LimitsShape { get; } = StrictShape.Of("openPullRequests", "newPerHour", "groupSize");

    public static StrictShape GuardsShape { get; } = StrictShape.Of("deletes", "maxDeletes", "changes", "restarts", "from");

    private const int Most = 10_000;

    public GitOpsSettings Read()
    {
        if (file.RootOf(Shape, "GitOps") is not { } root) return below;
        return below with
        {
            Chart = ReadChart(root) ?? below.Chart,
            Overlays = root.Find("overlays").Parsed(
                OverlayTemplate.TryParse,
                "a path in the repository with {code} in it once") ?? below.Overlays,
            Grouping = root.Find("grouping").Parsed(Grouping.TryParse, "instance, label:<name> or all") ?? below.Grouping,
            Rings = root.Find("rings") is { } rings ? new RingReader(file).Read(rings) : below.Rings,
            BuiltinOnlyChanges = root.Find("builtinOnlyChanges")?.Word<BuiltinOnlyChanges>() ?? below.BuiltinOnlyChanges,
            AutoMerge = root.Find("autoMerge")?.Word<AutoMerge>() ?? below.AutoMerge,
            Limits = ReadLimits(root),
            Guards = ReadGuards(root),
            Approvals = Texts(root, "approvals", IsDigest, "a plan's digest as plan prints it") ?? below.Approvals,
            Labels = Texts(root, "labels", text => text.Length is > 0 and <= 50, "a label of 1 to 50 characters") ?? below.Labels,
            Reviewers = Texts(root, "reviewers", IsPerson, "a user's or team's name") ?? below.Reviewers,
            Assignees = Texts(root, "assignees", IsPerson, "a user's name") ?? below.Assignees,
            Draft = root.Find("draft")?.Boolean() ?? below.Draft,
            Sources = Texts(root, "sources", LabelText.IsName, "a source: a-z, 0-9 and -, with a letter first") ?? below.Sources,
        };
    }

    private static string? ReadChart(StrictMap root) =>
        root.Find("chart").Parsed(
            text => RepositoryPath.IsValid(text) ? text : null,
            "a folder in the repository, such as charts/instance");

    private Limits ReadLimits(StrictMap root)
    {
        if (root.Map("limits", LimitsShape) is not { } map) return below.Limits;
        return new Limits
        {
            OpenPullRequests = Count(map, "openPullRequests", 1, 1_000) ?? below.Limits.OpenPullRequests,
            NewPerHour = Count(map, "newPerHour", 1, 1_000) ?? below.Limits.NewPerHour,
            GroupSize = Count(map, "groupSize", 1, Most) ?? below.Limits.GroupSize,
        };
    }

    private Guards ReadGuards(StrictMap root)
    {
        if (root.Map("guards", GuardsShape) is not { } map) return below.Guards;
        return new Guards
        {
            Deletes = map.Find("deletes")?.Part() ?? below.Guards.Deletes,
            MaxDeletes = Count(map, "maxDeletes", 0, Most) ?? below.Guards.MaxDeletes,
            Changes = map.Find("changes")?.Part() ?? below.Guards.Changes,
            Restarts = map.Find("restarts")?.Part() ?? below.Guards.Restarts,
            From = Count(map, "from", 1, Most) ?? below.Guards.From,
        };
    }

    private static int? Count(StrictMap map, string key, int least, int most) => (int?)map.Find(key)?.Whole(least, most);

    private static ImmutableArray<string>? Texts(StrictMap root, string key, Func<string, bool> allowed, string wanted) =>
        root.Find(key) is { } node ? [.. node.Items().Select(item => item.Checked(allowed, wanted)).OfType<string>()] : null;

    private static bool IsDigest(string text) => text.Length is >= 12 and <= 64 && text.All(c => char.IsAsciiHexDigitLower(c));

    private static bool IsPerson(string text) =>
        text.Length is > 0 and <= 100 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '/' or '[' or ']');
}
