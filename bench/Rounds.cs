using System.Diagnostics;

namespace OdooSky.GitOps.Bench;

/// <summary>How often things are repeated: less with <c>--quick</c>, and not for ever on a slow machine.</summary>
internal sealed class Rounds(bool quick)
{
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(40);

    private readonly Stopwatch watch = new();

    /// <summary>Whether there is another round.</summary>
    /// <param name="done">How many there were.</param>
    /// <param name="wanted">How many there should be.</param>
    public bool Go(int done, int wanted)
    {
        if (done == 0) watch.Restart();
        return done < 2 || (done < (quick ? Math.Min(3, wanted) : wanted) && watch.Elapsed < Enough);
    }
}
