using System.Security.Cryptography;

namespace OdooSky.GitOps.Reconciler.Cluster;

/// <summary>Waits that grow with each failure in a row, and differ between followers, so that a fleet of them does not come back at once.</summary>
internal sealed class Delays(ClusterLimits limits, TimeProvider time)
{
    private int failures;

    /// <summary>All is well again.</summary>
    public void Reset() => failures = 0;

    /// <summary>Waits.</summary>
    /// <param name="atLeast">What the server asked for, or null.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>A task.</returns>
    public Task WaitAsync(TimeSpan? atLeast, CancellationToken cancellationToken) => Task.Delay(Next(atLeast), time, cancellationToken);

    /// <summary>The next wait.</summary>
    /// <param name="atLeast">What the server asked for, or null.</param>
    /// <returns>From once to one and a half times the doubled delay.</returns>
    public TimeSpan Next(TimeSpan? atLeast)
    {
        var steady = limits.FirstDelay * Math.Pow(2, Math.Min(failures++, 20));
        if (steady > limits.LongestDelay) steady = limits.LongestDelay;
        if (atLeast > steady) steady = atLeast.Value;
        return steady * (1 + (RandomNumberGenerator.GetInt32(0, 500) / 1000d));
    }
}
