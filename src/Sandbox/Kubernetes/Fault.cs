namespace OdooSky.GitOps.Sandbox.Kubernetes;

/// <summary>What goes wrong with a request.</summary>
internal abstract record Fault
{
    private Fault()
    {
    }

    /// <summary>An answer in plain text, as 429, 503 and some 404 are.</summary>
    internal sealed record Text(int Status, string Body) : Fault;

    /// <summary>A right that the reader lacks.</summary>
    internal sealed record Forbidden : Fault;

    /// <summary>A redirect to another address.</summary>
    internal sealed record Redirect(string To) : Fault;

    /// <summary>The request is taken, and nothing is ever answered.</summary>
    internal sealed record Silence : Fault;

    /// <summary>200 with these bytes, then the connection breaks, or ends when <paramref name="Clean"/>.</summary>
    internal sealed record Bytes(string Body, bool Clean) : Fault;

    /// <summary>200 with headers, these bytes, and silence for ever.</summary>
    internal sealed record Stall(string Body) : Fault;
}
