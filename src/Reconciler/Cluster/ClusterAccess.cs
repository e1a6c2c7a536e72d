using System.Collections.Immutable;
using System.Security.Cryptography.X509Certificates;

namespace OdooSky.GitOps.Reconciler.Cluster;

/// <summary>How to reach a cluster: parsed, complete, and checked. A record with secrets: it is never printed.</summary>
internal sealed class ClusterAccess : IDisposable
{
    /// <summary>The cluster's name in readings and messages: <c>this</c> or a context's name.</summary>
    public required string Name { get; init; }

    /// <summary>The API server: https, or http on this machine's loopback.</summary>
    public required Uri Server { get; init; }

    /// <summary>Whom to trust; null: the system's authorities.</summary>
    public X509Certificate2Collection? Authorities { get; init; }

    /// <summary>The name that the server's certificate must bear, where it is not the address's; null: the address's.</summary>
    public string? TlsServerName { get; init; }

    /// <summary>The settings name this danger: the server's certificate is not checked.</summary>
    public bool SkipTlsVerify { get; init; }

    /// <summary>Whom we say we are, by certificate; null: not so.</summary>
    public X509Certificate2? ClientCertificate { get; init; }

    /// <summary>Whom we say we are, by token; null: not so.</summary>
    public BearerToken? Token { get; init; }

    /// <inheritdoc/>
    public void Dispose()
    {
        ClientCertificate?.Dispose();
        foreach (var authority in Authorities ?? []) authority.Dispose();
    }
}

/// <summary>A way into a cluster, or why there is none.</summary>
/// <param name="Access">Null when there are problems.</param>
/// <param name="Problems">All that is wrong.</param>
internal sealed record AccessReading(ClusterAccess? Access, ImmutableArray<Overlay.Desired.Problem> Problems);
