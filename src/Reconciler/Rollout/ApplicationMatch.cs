using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;

namespace OdooSky.GitOps.Reconciler.Rollout;

/// <summary>
/// Which Applications are an instance's. By repository and path, which is the truth, unless a name or a label is configured
/// for fleets whose sources can't tell (a generated repository, a plugin). None found is missing, several are ambiguous.
/// </summary>
internal sealed record ApplicationMatch
{
    private const string CodeMark = "{code}";

    /// <summary>A name with <c>{code}</c> in it, such as <c>odoo-{code}</c>; null: not by name.</summary>
    public string? NameTemplate { get; init; }

    /// <summary>A label's key, whose value is the code; null: not by label.</summary>
    public string? Label { get; init; }

    /// <summary>By repository and path.</summary>
    public static ApplicationMatch BySource { get; } = new();

    /// <summary>The instance's Applications, in the order of namespace and name. For many instances: <see cref="ApplicationIndex"/>.</summary>
    public ImmutableArray<ApplicationState> Find(IEnumerable<ApplicationState> all, InstanceCode code, OverlayPlace overlay) =>
    [
        .. all.Where(application => IsOf(application, code, overlay))
            .OrderBy(application => application.Namespace, StringComparer.Ordinal)
            .ThenBy(application => application.Name, StringComparer.Ordinal),
    ];

    /// <summary>What an instance is looked for by: its overlay's path, or the name or the label's value that its Application must have.</summary>
    public string KeyOf(InstanceCode code, string path) =>
        NameTemplate is not null ? NameTemplate.Replace(CodeMark, code.Text, StringComparison.Ordinal) : Label is not null ? code.Text : path;

    /// <summary>By what an Application is found.</summary>
    /// <param name="application">The Application.</param>
    /// <param name="isOurs">Whether an address means the overlays' repository.</param>
    /// <returns>Keys; several for one that reads several overlays.</returns>
    public IEnumerable<string> KeysOf(ApplicationState application, Func<string, bool> isOurs) =>
        NameTemplate is not null ? [application.Name]
        : Label is null ? OverlaySource.PathsOf(application.Spec, isOurs)
        : application.Labels.TryGetValue(Label, out var value) ? [value] : [];

    private bool IsOf(ApplicationState application, InstanceCode code, OverlayPlace overlay) =>
        NameTemplate is not null ? application.Name == NameTemplate.Replace(CodeMark, code.Text, StringComparison.Ordinal)
        : Label is not null ? application.Labels.TryGetValue(Label, out var value) && value == code.Text
        : OverlaySource.IndexOf(application.Spec, overlay) is not null;
}
