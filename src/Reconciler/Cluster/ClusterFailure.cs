using System.Net;
using System.Runtime.InteropServices;

namespace OdooSky.GitOps.Reconciler.Cluster;

internal enum ClusterFailureKind
{
    /// <summary>No connection, a broken one, or a certificate that is not trusted.</summary>
    Unreachable,

    /// <summary>The server took the request and stayed silent.</summary>
    Silent,

    /// <summary>401: the credentials are not valid, or no longer.</summary>
    Unauthorized,

    /// <summary>403: a right is missing.</summary>
    Forbidden,

    /// <summary>404: the object, or the kind, is not there.</summary>
    NotFound,

    /// <summary>409: it is there already, or was changed meanwhile.</summary>
    Conflict,

    /// <summary>410: the version or the page that was asked for is gone; only a new list helps.</summary>
    Gone,

    /// <summary>429, 5xx: the server can't now.</summary>
    Busy,

    /// <summary>Something that trying again does not change: a redirect, a bad request.</summary>
    Refused,

    /// <summary>The answer is not what the API serves.</summary>
    Garbled,
}

/// <summary>An API server did not do what it was asked to. The message says what was asked of which server, and never holds a credential.</summary>
internal sealed class ClusterFailure : ExternalException
{
    public ClusterFailure()
    {
    }

    public ClusterFailure(string message)
        : base(message)
    {
    }

    public ClusterFailure(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public ClusterFailure(ClusterFailureKind kind, string message, TimeSpan? retryAfter = null)
        : base(message)
    {
        Kind = kind;
        RetryAfter = retryAfter;
    }

    public ClusterFailureKind Kind { get; }

    /// <summary>How long the server wants to be left alone, or null.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>What a status code means.</summary>
    /// <param name="status">Not 2xx.</param>
    /// <returns>The kind of failure.</returns>
    public static ClusterFailureKind KindOf(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized => ClusterFailureKind.Unauthorized,
        HttpStatusCode.Forbidden => ClusterFailureKind.Forbidden,
        HttpStatusCode.NotFound => ClusterFailureKind.NotFound,
        HttpStatusCode.Conflict => ClusterFailureKind.Conflict,
        HttpStatusCode.Gone => ClusterFailureKind.Gone,
        HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError => ClusterFailureKind.Busy,
        _ => ClusterFailureKind.Refused,
    };
}
