using System.Collections.Immutable;
using System.Text;
using OdooSky.GitOps.Overlay.Desired;
using Xunit;

namespace OdooSky.GitOps.Overlay.Tests.Desired;

/// <summary>Desired files as texts, and what they give.</summary>
internal static class Wishes
{
    public const string Head = "apiVersion: odoosky.io/v1\nkind: Instance\ncode: acme\n";
    public const string CatalogHead = "apiVersion: odoosky.io/v1\nkind: AddonCatalog\n";

    public static InstanceFile File(string text, string name = "acme") =>
        InstanceFile.Read($"desired/instances/{name}.yaml", Encoding.UTF8.GetBytes(text), $"blob-{name}");

    public static CatalogFile Catalog(string text) => CatalogFile.Read("desired/addons.yaml", Encoding.UTF8.GetBytes(text), "blob-catalog");

    public static DesiredState State(string text, CatalogFile? catalog = null, DesiredRules? rules = null) =>
        DesiredState.Combine([File(text)], catalog, rules ?? new DesiredRules());

    /// <summary>Each problem as <c>line:column error CODE: message | remedy</c>.</summary>
    public static IEnumerable<string> Lines(IEnumerable<Problem> problems) => problems.Select(problem =>
        $"{problem.Place.Line}:{problem.Place.Column} {(problem.Severity == Severity.Error ? "error" : "warning")} {problem.Code}: {problem.Message} | {problem.Remedy}");

    public static string OnlyLine(ImmutableArray<Problem> problems) => Assert.Single(Lines(problems));
}
