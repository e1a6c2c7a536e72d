using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;

namespace OdooSky.GitOps.Reconciler.Settings;

/// <summary>From where a setting has its value; a later layer beats an earlier one.</summary>
internal enum SettingsLayer
{
    /// <summary>The program.</summary>
    Default,

    /// <summary><c>gitops.yaml</c>.</summary>
    GitOpsFile,

    /// <summary><c>odoosky.yaml</c>.</summary>
    ServiceFile,

    /// <summary>An environment variable.</summary>
    Environment,

    /// <summary>A flag.</summary>
    Flag,
}

/// <summary>Where a value comes from.</summary>
/// <param name="Layer">Which layer.</param>
/// <param name="Name">A file with line and column, a variable, a flag, or <c>default</c>.</param>
internal sealed record SettingOrigin(SettingsLayer Layer, string Name)
{
    /// <summary>The program's own value.</summary>
    public static SettingOrigin Default { get; } = new(SettingsLayer.Default, "default");
}

/// <summary>All settings that hold for one target.</summary>
internal sealed record EffectiveSettings
{
    /// <summary>The target.</summary>
    public required TargetSettings Target { get; init; }

    /// <summary>Who commits.</summary>
    public required CommitIdentity Identity { get; init; }

    /// <summary>By which names the status pages may be asked for, besides this machine's own and the address that is listened on.</summary>
    public ImmutableArray<string> PageHosts { get; init; } = [];

    /// <summary>The file of the token by which people may have this service do something; null: it takes no orders. As it is written.</summary>
    public string? AdminTokenFile { get; init; }

    /// <summary>The file of the secret that GitHub signs webhooks with; null: there are none. As it is written.</summary>
    public string? WebhookSecretFile { get; init; }

    /// <summary>The file of the connection string of the database that replicas share; null: one replica. As it is written.</summary>
    public string? DatabaseConnectionFile { get; init; }

    /// <summary>How the repository's overlays are kept.</summary>
    public required GitOpsSettings GitOps { get; init; }

    /// <summary>The names of all targets, in ordinal order; none where there is no <c>odoosky.yaml</c>.</summary>
    public required ImmutableArray<string> Targets { get; init; }

    /// <summary>Where each setting that is not a default comes from, by its key.</summary>
    public required ImmutableDictionary<string, SettingOrigin> Origins { get; init; }

    /// <summary>Every setting with its value and its origin, as <c>config view --show-origin</c> lists them.</summary>
    public IEnumerable<(string Key, string Value, SettingOrigin Origin)> View() =>
        SettingField.Everything.Select(field => (field.Key, field.Show(this), Origins.GetValueOrDefault(field.Key, SettingOrigin.Default)));

    /// <summary>What desired files are checked against.</summary>
    public DesiredRules Rules() => new() { Folder = Target.Desired.Path, Sources = GitOps.Sources, Targets = Targets };
}

/// <summary>The settings, or why there are none: with an error in the problems they are not to be used.</summary>
/// <param name="Settings">The settings as far as they could be read; null when no target could be chosen.</param>
/// <param name="Problems">All that is wrong, in the order of places.</param>
internal sealed record SettingsReading(EffectiveSettings? Settings, ImmutableArray<Problem> Problems)
{
    /// <summary>Whether the settings may be used.</summary>
    public bool Usable => Settings is not null && Problems.All(problem => problem.Severity != Severity.Error);
}
