using System.Collections.Immutable;

namespace OdooSky.GitOps.Reconciler.Settings;

/// <summary>The file <c>odoosky.yaml</c> beside the service: which repositories it keeps, and how it reaches them.</summary>
internal sealed record ServiceSettings
{
    /// <summary>The file's name.</summary>
    public const string FileName = "odoosky.yaml";

    /// <summary>The repositories, by name in ordinal order. Default none.</summary>
    public ImmutableSortedDictionary<string, TargetSettings> Targets { get; init; } =
        ImmutableSortedDictionary.Create<string, TargetSettings>(StringComparer.Ordinal);

    /// <summary>Who commits.</summary>
    public CommitIdentity Identity { get; init; } = new();

    /// <summary>By which names the status pages may be asked for, besides this machine's own and the address that is listened on. Default none.</summary>
    public ImmutableArray<string> PageHosts { get; init; } = [];

    /// <summary>The file of the token by which people may have this service do something; null (default): it takes no orders. Relative to this file.</summary>
    public string? AdminTokenFile { get; init; }

    /// <summary>The file of the secret that GitHub signs webhooks with; null (default): there are none. Relative to this file.</summary>
    public string? WebhookSecretFile { get; init; }

    /// <summary>
    /// The file of the Npgsql connection string of the PostgreSQL database by which replicas share their work; null (default): one replica,
    /// whose schedule is in memory. Relative to this file.
    /// </summary>
    public string? DatabaseConnectionFile { get; init; }
}

/// <summary>Who commits.</summary>
internal sealed record CommitIdentity
{
    /// <summary>The name in commits. Default <c>OdooSky GitOps</c>.</summary>
    public string Name { get; init; } = "OdooSky GitOps";

    /// <summary>The address in commits. Default <c>odoosky@localhost</c>.</summary>
    public string Email { get; init; } = "odoosky@localhost";

    /// <summary>The file of the key that signs commits; null (default): unsigned. Relative to this file.</summary>
    public string? SigningKeyFile { get; init; }
}
