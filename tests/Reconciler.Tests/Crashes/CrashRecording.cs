using System.Text.RegularExpressions;

namespace OdooSky.GitOps.Reconciler.Tests.Crashes;

/// <summary>Reads strace's logs of an undisturbed pass into the points where it can be killed.</summary>
internal static partial class CrashRecording
{
    /// <summary>The disk calls of one git call and of all that it starts: each kind and number once.</summary>
    public static IEnumerable<CrashPoint> InGit(CrashStart start, int call, IEnumerable<string> log, string home)
    {
        var counts = new Dictionary<(string, string), int>();
        var points = new List<CrashPoint>();
        foreach (var found in log.Select(line => Line().Match(line)).Where(found => found.Success))
        {
            var (process, name) = (found.Groups["process"].Value, found.Groups["name"].Value);
            var count = counts[(process, name)] = counts.GetValueOrDefault((process, name)) + 1;
            if (ChangesDisk(found, home)) points.Add(new CrashPoint(start, CrashWhen.InsideGit, call, name, count, string.Empty));
        }

        return points.Distinct();
    }

    /// <summary>The program's own disk calls: each kind and path once. What was started with exec is not the program.</summary>
    public static IEnumerable<CrashPoint> InProgram(CrashStart start, IReadOnlyList<string> log, string home)
    {
        var others = log.Where(line => line.Contains(" execve(", StringComparison.Ordinal)).Select(line => line.Split(' ')[0]).Skip(1).ToHashSet();
        return log.Select(line => Line().Match(line))
            .Where(found => found.Success && !others.Contains(found.Groups["process"].Value) && ChangesDisk(found, home))
            .Select(found => new CrashPoint(start, CrashWhen.InProgram, 0, found.Groups["name"].Value, 1, PathOf(found)))
            .Distinct();
    }

    private static bool ChangesDisk(Match found, string home) =>
        !found.Groups["rest"].Value.Contains("= -1 ", StringComparison.Ordinal)
        && (!found.Groups["name"].Value.StartsWith("open", StringComparison.Ordinal) || found.Groups["rest"].Value.Contains("O_CREAT", StringComparison.Ordinal))
        && PathOf(found).StartsWith(home + "/", StringComparison.Ordinal);

    private static string PathOf(Match found)
    {
        var path = Path().Match(found.Groups["rest"].Value);
        return path.Success ? path.Groups["path"].Value : string.Empty;
    }

    [GeneratedRegex(@"^(?<process>\d+) +(?<name>[a-z0-9]+)\((?<rest>.*)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Line();

    // rename("from", "to"), openat(AT_FDCWD</cwd>, "path", flags), write(3</path>, "text", 4)
    [GeneratedRegex(@"^(AT_FDCWD(<[^>]*>)?, )?(""|\d+<)(?<path>/[^"">]*)", RegexOptions.ExplicitCapture)]
    private static partial Regex Path();
}
