using System.Globalization;

namespace OdooSky.GitOps.Reconciler.Tests.Soak;

/// <summary>What the service weighs at one moment.</summary>
/// <param name="Pass">How many passes were done.</param>
/// <param name="Heap">Bytes that are in use after a whole collection.</param>
/// <param name="Handles">Open files and sockets of this process.</param>
/// <param name="Children">Processes that this one has started and that still run.</param>
/// <param name="Files">Files in the cache folder.</param>
internal sealed record Burden(int Pass, long Heap, int Handles, int Children, int Files)
{
    /// <summary>Weighs.</summary>
    public static Burden Weigh(int pass, string cache)
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        var handles = Directory.GetFileSystemEntries("/proc/self/fd").Length;
        var files = Directory.GetFiles(cache, "*", SearchOption.AllDirectories).Length;
        return new Burden(pass, GC.GetTotalMemory(forceFullCollection: true), handles, ChildrenNow(), files);
    }

    /// <summary>Growth a pass, by least squares.</summary>
    public static double Slope(IReadOnlyCollection<Burden> all, Func<Burden, double> value)
    {
        var (x, y) = (all.Average(each => each.Pass), all.Average(value));
        return all.Sum(each => (each.Pass - x) * (value(each) - y)) / all.Sum(each => (each.Pass - x) * (each.Pass - x));
    }

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"pass {Pass,5}: heap {Heap / 1024.0 / 1024.0:0.00} MB, {Handles} handles, {Children} children, {Files} files in the cache");

    private static int ChildrenNow()
    {
        var self = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        return Directory.GetDirectories("/proc").Where(path => char.IsAsciiDigit(Path.GetFileName(path)[0])).Count(path => Parent(path) == self);
    }

    private static string? Parent(string process)
    {
        try
        {
            // "pid (name) state parent …": the name may hold spaces and brackets.
            var stat = File.ReadAllText(Path.Combine(process, "stat"));
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1];
        }
        catch (IOException)
        {
            return null;
        }
    }
}
