using System.Diagnostics;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Git;

/// <summary>Looks at this machine's processes.</summary>
internal static class Processes
{
    /// <summary>Ids of live processes whose arguments, joined by blanks, hold all of these.</summary>
    public static IReadOnlyList<int> With(params string[] texts) =>
    [
        .. Directory.EnumerateDirectories("/proc").Select(Path.GetFileName)
            .Where(name => int.TryParse(name, out var id) && id != Environment.ProcessId)
            .Where(name => Arguments(name!) is var arguments && texts.All(text => arguments.Contains(text, StringComparison.Ordinal)))
            .Select(name => int.Parse(name!)),
    ];

    /// <summary>Waits until no process is left whose arguments hold all of these: one that is killed is seen for a moment longer.</summary>
    /// <returns>Those that are there after ten seconds.</returns>
    public static async Task<IReadOnlyList<int>> LeftAsync(params string[] texts)
    {
        var waited = Stopwatch.StartNew();
        while (With(texts) is { Count: > 0 } left)
        {
            if (waited.Elapsed > TimeSpan.FromSeconds(10)) return left;
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        return [];
    }

    public static void Kill(int id)
    {
        using var process = Process.GetProcessById(id);
        process.Kill();
        process.WaitForExit();
    }

    private static string Arguments(string id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/cmdline").Replace('\0', ' ');
        }
        catch (IOException)
        {
            return "";
        }
    }
}
