namespace OdooSky.GitOps.Reconciler.GitHub;

/// <summary>How GitHub is reached, and how much is asked of it.</summary>
internal sealed record GitHubOptions
{
    public required GitHubAddress Address { get; init; }

    /// <summary>PEM file of the authorities that are trusted instead of the machine's; null (default): the machine's.</summary>
    public string? CaFile { get; init; }

    /// <summary>How long a connection may take to stand. Default 10 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a request may take, with its whole answer. Default 30 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The largest answer that is read. Default 32 MiB: a hundred pull requests with the longest bodies fit twice.</summary>
    public int LargestAnswer { get; init; } = 32 * 1024 * 1024;

    /// <summary>How often a read is tried. Default 4: waits of about 1, 2 and 4 s lie between.</summary>
    public int Attempts { get; init; } = 4;

    /// <summary>The first wait between two tries; each further one is twice as long. Default 1 s.</summary>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Bytes of answers kept for conditional requests. Default 16 MiB.</summary>
    public int CacheBytes { get; init; } = 16 * 1024 * 1024;

    public BudgetLimits Budget { get; init; } = new();
}

/// <summary>What is spent at most, by default below what GitHub publishes.</summary>
internal sealed record BudgetLimits
{
    /// <summary>Requests at a time that read. Default 8.</summary>
    public int Readers { get; init; } = 8;

    /// <summary>The time between the end of a write and the next one; writes never overlap. Default 1 s.</summary>
    public TimeSpan BetweenWrites { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Requests that notify people, in any minute. Default 80.</summary>
    public int ContentPerMinute { get; init; } = 80;

    /// <summary>Requests that notify people, in any hour. Default 500.</summary>
    public int ContentPerHour { get; init; } = 500;
}
