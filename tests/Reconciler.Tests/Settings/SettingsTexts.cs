using System.Collections.Immutable;
using System.Text;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Reconciler.Settings;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Settings;

/// <summary>Settings files as texts, and what they give.</summary>
internal static class SettingsTexts
{
    public const string GitOpsHead = "apiVersion: odoosky.io/v1\nkind: GitOps\n";
    public const string ServiceHead = "apiVersion: odoosky.io/v1\nkind: Settings\n";
    public const string Fleet = ServiceHead + "targets:\n  prod:\n    repository: /srv/fleet.git\n";

    public static SettingsText GitOps(string text) => new("gitops.yaml", Encoding.UTF8.GetBytes(text));

    public static SettingsText Service(string text) => new("odoosky.yaml", Encoding.UTF8.GetBytes(text));

    public static SettingsReading Read(string gitOps, string service = Fleet) =>
        new SettingsLayers { GitOps = GitOps(gitOps), Service = Service(service) }.Resolve(null);

    public static ImmutableSortedDictionary<string, string> Texts(params (string Key, string Value)[] texts) =>
        texts.ToImmutableSortedDictionary(text => text.Key, text => text.Value, StringComparer.Ordinal);

    public static string OnlyLine(ImmutableArray<Problem> problems)
    {
        var problem = Assert.Single(problems);
        return $"{problem.Place.Line}:{problem.Place.Column} {problem.Code}: {problem.Message} | {problem.Remedy}";
    }
}
