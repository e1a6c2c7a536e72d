using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;

namespace OdooSky.GitOps.Overlay.Tests.Helm.Differential;

/// <summary>
/// What random texts start from: fixed numbers in ./test; in ./test --long a new one in each run, which is printed, and as many batches
/// as the time allows. <c>ODOOSKY_TEST_SEED</c> repeats a run, <c>ODOOSKY_TEST_MINUTES</c> (10) gives each test its time.
/// </summary>
internal static class FuzzSeeds
{
    public static bool IsLong { get; } = Environment.GetEnvironmentVariable("ODOOSKY_TEST_LONG") is not null;

    /// <summary>A seed for each batch.</summary>
    /// <param name="fixedSeed">Of ./test.</param>
    /// <param name="batches">Of ./test.</param>
    public static IEnumerable<ulong> Of(int fixedSeed, int batches) =>
        IsLong ? Open(fixedSeed) : Enumerable.Range(0, batches).Select(batch => (ulong)((fixedSeed * 1000) + batch));

    private static IEnumerable<ulong> Open(int which)
    {
        var seed = Number("ODOOSKY_TEST_SEED") ?? (ulong)RandomNumberGenerator.GetInt32(1, int.MaxValue);
        var time = TimeSpan.FromMinutes(Number("ODOOSKY_TEST_MINUTES") ?? 10);
        Console.WriteLine(FormattableString.Invariant($"Fuzz {which} starts from {seed}; ODOOSKY_TEST_SEED={seed} ./test --long repeats it."));
        var watch = Stopwatch.StartNew();
        for (var batch = 0UL; batch == 0 || watch.Elapsed < time; batch++) yield return (seed * 1_000_003) + ((ulong)which << 40) + batch;
    }

    private static ulong? Number(string variable) =>
        ulong.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
