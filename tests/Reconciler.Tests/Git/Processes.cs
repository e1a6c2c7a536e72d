using System.Diagnostics;

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
