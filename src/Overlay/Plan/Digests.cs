using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Helm;

namespace OdooSky.GitOps.Overlay.Plan;

/// <summary>
/// The digests by which changes, plans and contents are known again: SHA-256 in lower-case hex over canonical JSON, so that
/// comments, layout and key order never count.
/// </summary>
public static class Digests
{
    private static readonly ImmutableArray<string> RowFields = ["code", "source", "image", "version"];

    /// <summary>The change digest: the code, and the managed values before and after.</summary>
    /// <param name="code">The instance's code.</param>
    /// <param name="managed">The managed paths besides the addons, in any order.</param>
    /// <param name="before">The overlay's values before, or null when there is no overlay.</param>
    /// <param name="after">The overlay's values after, or null when it goes.</param>
    /// <returns>64 hex digits.</returns>
    public static string OfChange(InstanceCode code, IEnumerable<ValuePath> managed, HelmMap? before, HelmMap? after)
    {
        var paths = managed.Distinct().Order().ToImmutableArray();
        return OfValue(HelmMap.From(
        [
            new("code", new HelmText(code.Text)),
            new("before", Managed(before, paths)),
            new("after", Managed(after, paths)),
        ]));
    }

    /// <summary>The plan's digest: the change digests in order of code.</summary>
    /// <param name="changes">What the plan would propose.</param>
    /// <returns>64 hex digits.</returns>
    public static string OfPlan(IEnumerable<OverlayChange> changes) =>
        OfLines(changes.OrderBy(change => change.Code).Select(change => change.Digest));

    /// <summary>The content digest of a change set: its codes and the blob ids of the resulting overlays.</summary>
    /// <param name="contents">Code and blob id, the id empty where the overlay is removed; in any order.</param>
    /// <returns>64 hex digits.</returns>
    public static string OfContent(IEnumerable<(string Code, string Blob)> contents) =>
        OfLines(contents.OrderBy(content => content.Code, StringComparer.Ordinal).Select(content => $"{content.Code} {content.Blob}"));

    /// <summary>A digest of lines.</summary>
    /// <param name="lines">Texts without line breaks.</param>
    /// <returns>64 hex digits.</returns>
    public static string OfLines(IEnumerable<string> lines) =>
        Hex(Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n"))));

    private static string OfValue(HelmValue value) => Hex(GoJson.Write(value));

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static HelmValue Managed(HelmMap? values, ImmutableArray<ValuePath> paths)
    {
        if (values is null) return HelmNull.Instance;
        var managed = paths.Select(path => (path, value: ValuesDiff.Find(values, path)))
            .Where(found => found.value is not null)
            .Select(found => new HelmEntry(found.path.ToString(), found.value!));
        var rows = values.Find("addons") is HelmList list ? new HelmList([.. list.Items.Select(Row)]) : values.Find("addons");
        return HelmMap.From([new("addons", rows ?? HelmNull.Instance), new("values", HelmMap.From(managed))]);
    }

    private static HelmValue Row(HelmValue row) => row is not HelmMap map
        ? row
        : HelmMap.From(RowFields.Select(field => new HelmEntry(field, Field(map.Find(field)))));

    private static HelmValue Field(HelmValue? value) => value is null or HelmNull ? new HelmText(string.Empty) : value;
}
