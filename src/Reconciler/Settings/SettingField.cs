using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using OdooSky.GitOps.Overlay.Desired;

namespace OdooSky.GitOps.Reconciler.Settings;

/// <summary>How a setting's text is put into a file.</summary>
internal enum FieldForm
{
    /// <summary>As a text, whatever it looks like.</summary>
    Text,

    /// <summary>As it stands: numbers and booleans.</summary>
    Literal,

    /// <summary>As a list of texts, split at commas.</summary>
    List,
}

/// <summary>One setting: a flag or an environment variable may set it, unless it is <see cref="OnlyInFiles"/>.</summary>
/// <param name="Key">Its path of keys; in the target's part without <c>targets.&lt;name&gt;</c>.</param>
/// <param name="Form">How its text is put into a file.</param>
/// <param name="Show">Its value as text; empty when there is none.</param>
internal sealed record SettingField(string Key, FieldForm Form, Func<EffectiveSettings, string> Show)
{
    private const string Prefix = "ODOOSKY_";

    /// <summary>All of <c>gitops.yaml</c>.</summary>
    public static ImmutableArray<SettingField> GitOps { get; } =
    [
        new("chart", FieldForm.Text, s => s.GitOps.Chart ?? string.Empty),
        new("overlays", FieldForm.Text, s => s.GitOps.Overlays.ToString()),
        new("grouping", FieldForm.Text, s => s.GitOps.Grouping.ToString()),
        new("builtinOnlyChanges", FieldForm.Text, s => EnumWords.Word(s.GitOps.BuiltinOnlyChanges)),
        new("autoMerge", FieldForm.Text, s => EnumWords.Word(s.GitOps.AutoMerge)),
        new("rings", FieldForm.List, s => string.Join("; ", s.GitOps.Rings.Select(RingWords.Of))) { OnlyInFiles = true },
        new("limits.openPullRequests", FieldForm.Literal, s => Number(s.GitOps.Limits.OpenPullRequests)),
        new("limits.newPerHour", FieldForm.Literal, s => Number(s.GitOps.Limits.NewPerHour)),
        new("limits.groupSize", FieldForm.Literal, s => Number(s.GitOps.Limits.GroupSize)),
        new("guards.deletes", FieldForm.Text, s => s.GitOps.Guards.Deletes.ToString()),
        new("guards.maxDeletes", FieldForm.Literal, s => Number(s.GitOps.Guards.MaxDeletes)),
        new("guards.changes", FieldForm.Text, s => s.GitOps.Guards.Changes.ToString()),
        new("guards.restarts", FieldForm.Text, s => s.GitOps.Guards.Restarts.ToString()),
        new("guards.from", FieldForm.Literal, s => Number(s.GitOps.Guards.From)),
        new("approvals", FieldForm.List, s => List(s.GitOps.Approvals)),
        new("labels", FieldForm.List, s => List(s.GitOps.Labels)),
        new("reviewers", FieldForm.List, s => List(s.GitOps.Reviewers)),
        new("assignees", FieldForm.List, s => List(s.GitOps.Assignees)),
        new("draft", FieldForm.Literal, s => Flagged(s.GitOps.Draft)),
        new("sources", FieldForm.List, s => List(s.GitOps.Sources)),
    ];

    /// <summary>Those of a target in <c>odoosky.yaml</c>.</summary>
    public static ImmutableArray<SettingField> Target { get; } =
    [
        new("repository", FieldForm.Text, s => s.Target.Repository),
        new("repositoryId", FieldForm.Literal, s => Number(s.Target.RepositoryId)),
        new("base", FieldForm.Text, s => s.Target.Base),
        new("helm", FieldForm.Text, s => s.Target.Helm ?? string.Empty),
        new("forge.kind", FieldForm.Text, s => EnumWords.Word(s.Target.Forge.Kind)),
        new("forge.api", FieldForm.Text, s => s.Target.Forge.Api.OriginalString),
        new("forge.app.id", FieldForm.Literal, s => Number(s.Target.Forge.App?.Id)) { OnlyInFiles = true },
        new("forge.app.installation", FieldForm.Literal, s => Number(s.Target.Forge.App?.Installation)) { OnlyInFiles = true },
        new("forge.app.keyFile", FieldForm.Text, s => s.Target.Forge.App?.KeyFile ?? string.Empty) { OnlyInFiles = true },
        new("forge.tokenFile", FieldForm.Text, s => s.Target.Forge.TokenFile ?? string.Empty),
        new("forge.caFile", FieldForm.Text, s => s.Target.Forge.CaFile ?? string.Empty),
        new("desired.kind", FieldForm.Text, s => EnumWords.Word(s.Target.Desired.Kind)),
        new("desired.path", FieldForm.Text, s => s.Target.Desired.Path),
        new("desired.repository", FieldForm.Text, s => s.Target.Desired.Repository ?? string.Empty),
        new("desired.branch", FieldForm.Text, s => s.Target.Desired.Branch ?? string.Empty),
        new("desired.connectionFile", FieldForm.Text, s => s.Target.Desired.ConnectionFile ?? string.Empty),
        new("desired.instancesQuery", FieldForm.Text, s => OneLine(s.Target.Desired.InstancesQuery)) { OnlyInFiles = true },
        new("desired.addonsQuery", FieldForm.Text, s => OneLine(s.Target.Desired.AddonsQuery)) { OnlyInFiles = true },
        new("cluster.kubeconfig", FieldForm.Text, s => s.Target.Cluster?.Kubeconfig ?? string.Empty),
        new("cluster.context", FieldForm.Text, s => s.Target.Cluster?.Context ?? string.Empty),
        new("cluster.insecureSkipTlsVerify", FieldForm.Literal, s => Flagged(s.Target.Cluster?.InsecureSkipTlsVerify == true)) { OnlyInFiles = true },
        new("cluster.allowExec", FieldForm.Literal, s => Flagged(s.Target.Cluster?.AllowExec == true)) { OnlyInFiles = true },
        new("cluster.events", FieldForm.Literal, s => Flagged(s.Target.Cluster?.Events == true)) { OnlyInFiles = true },
        new("cluster.argocdNamespaces", FieldForm.List, s => List(s.Target.Cluster?.ArgocdNamespaces ?? [])),
        new("cluster.destinations", FieldForm.List, s => Pairs(s.Target.Cluster?.Destinations)) { OnlyInFiles = true },
        new("cluster.repository", FieldForm.Text, s => s.Target.Cluster?.Repository ?? string.Empty),
        new("cluster.applicationName", FieldForm.Text, s => s.Target.Cluster?.ApplicationName ?? string.Empty),
        new("cluster.applicationLabel", FieldForm.Text, s => s.Target.Cluster?.ApplicationLabel ?? string.Empty),
        new("schedule.reconcile", FieldForm.Text, s => s.Target.Schedule.Reconcile),
        new("schedule.verify", FieldForm.Text, s => s.Target.Schedule.Verify),
        new("schedule.drift", FieldForm.Text, s => s.Target.Schedule.Drift),
        new("schedule.timeZone", FieldForm.Text, s => s.Target.Schedule.TimeZone),
        new("schedule.maintenance", FieldForm.List, s => string.Join("; ", s.Target.Schedule.Maintenance.Select(RingWords.Of))) { OnlyInFiles = true },
    ];

    /// <summary>Those of the whole of <c>odoosky.yaml</c>.</summary>
    public static ImmutableArray<SettingField> Service { get; } =
    [
        new("identity.name", FieldForm.Text, s => s.Identity.Name),
        new("identity.email", FieldForm.Text, s => s.Identity.Email),
        new("identity.signingKeyFile", FieldForm.Text, s => s.Identity.SigningKeyFile ?? string.Empty),
        new("page.hosts", FieldForm.List, s => List(s.PageHosts)),
        new("page.adminTokenFile", FieldForm.Text, s => s.AdminTokenFile ?? string.Empty),
        new("webhooks.secretFile", FieldForm.Text, s => s.WebhookSecretFile ?? string.Empty),
        new("service.database.connectionFile", FieldForm.Text, s => s.DatabaseConnectionFile ?? string.Empty),
    ];

    /// <summary>Every setting, in the order in which they are shown.</summary>
    public static ImmutableArray<SettingField> Everything { get; } = [.. Target, .. Service, .. GitOps];

    /// <summary>Those that a flag or a variable may set.</summary>
    public static ImmutableArray<SettingField> All { get; } = [.. Everything.Where(field => !field.OnlyInFiles)];

    /// <summary>Whether only a file sets it, since a flag or a variable has no good form for it.</summary>
    public bool OnlyInFiles { get; init; }

    /// <summary>The environment's variable: <c>guards.maxDeletes</c> is <c>ODOOSKY_GUARDS_MAX_DELETES</c>.</summary>
    public string Variable => Prefix + Words('_').ToUpperInvariant();

    /// <summary>The command line's flag: <c>guards.maxDeletes</c> is <c>--guards-max-deletes</c>.</summary>
    public string Flag => "--" + Words('-');

    private string Words(char joint)
    {
        var words = new StringBuilder();
        foreach (var c in Key)
        {
            if (char.IsAsciiLetterUpper(c)) words.Append(joint);
            words.Append(c == '.' ? joint : char.ToLowerInvariant(c));
        }

        return words.ToString();
    }

    private static string Number(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? string.Empty;

    private static string Flagged(bool flag) => flag ? "true" : "false";

    private static string OneLine(string? text) => string.Join(' ', (text ?? string.Empty).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Pairs(IEnumerable<KeyValuePair<string, string>>? pairs) => string.Join(',', (pairs ?? []).Select(pair => $"{pair.Key}={pair.Value}"));

    private static string List(ImmutableArray<string> items) => string.Join(',', items);
}
