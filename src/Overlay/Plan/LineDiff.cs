using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace OdooSky.GitOps.Overlay.Plan;

/// <summary>A unified diff of two texts, by Myers' greedy shortest edit; made for files of some hundred lines.</summary>
public static class LineDiff
{
    private const int Context = 3;
    private const int LargestEdit = 4000;

    /// <summary>Compares two texts line by line.</summary>
    /// <param name="before">The text before; empty when there was none.</param>
    /// <param name="after">The text after; empty when there is none.</param>
    /// <returns>Hunks as <c>diff -u</c> writes them, without file names; empty when the lines are equal. Line ends are not shown.</returns>
    public static string Unified(string before, string after)
    {
        var old = Lines(before);
        var now = Lines(after);
        var script = Script(old, now);
        var text = new StringBuilder();
        foreach (var (from, to) in Hunks(script)) Write(text, script, from, to);
        return text.ToString();
    }

    private static string[] Lines(string text)
    {
        var lines = text.Split('\n').Select(line => line.TrimEnd('\r')).ToArray();
        return lines[^1].Length == 0 ? lines[..^1] : lines;
    }

    // Each line of the script: ' ' kept, '-' gone, '+' new, with its line numbers (0-based) before and after.
    private static ImmutableArray<Edit> Script(string[] old, string[] now)
    {
        var trace = Trace(old, now);
        if (trace is null) return [.. old.Select((line, i) => new Edit('-', line, i, 0)), .. now.Select((line, i) => new Edit('+', line, old.Length, i))];
        var edits = new List<Edit>();
        int x = old.Length, y = now.Length;
        for (var d = trace.Count - 1; d >= 0; d--)
        {
            var reach = trace[d];
            int k = x - y, offset = reach.Length / 2;
            var down = k == -d || (k != d && reach[offset + k - 1] < reach[offset + k + 1]);
            int fromK = down ? k + 1 : k - 1;
            int fromX = d == 0 ? 0 : reach[offset + fromK], fromY = d == 0 ? 0 : fromX - fromK;
            while (x > fromX && y > fromY && (d == 0 || x - fromX > (down ? 0 : 1) || y - fromY > (down ? 1 : 0)))
                edits.Add(new Edit(' ', old[--x], x, --y));
            if (d == 0) break;
            edits.Add(down ? new Edit('+', now[--y], x, y) : new Edit('-', old[--x], x, y));
        }

        edits.Reverse();
        return [.. edits];
    }

    private static List<int[]>? Trace(string[] old, string[] now)
    {
        int longest = old.Length + now.Length, offset = Math.Min(longest, LargestEdit) + 1;
        var reach = new int[(2 * offset) + 1];
        var trace = new List<int[]>();
        for (var d = 0; d <= Math.Min(longest, LargestEdit); d++)
        {
            trace.Add([.. reach]);
            for (var k = -d; k <= d; k += 2)
            {
                var x = k == -d || (k != d && reach[offset + k - 1] < reach[offset + k + 1]) ? reach[offset + k + 1] : reach[offset + k - 1] + 1;
                while (x < old.Length && x - k < now.Length && string.Equals(old[x], now[x - k], StringComparison.Ordinal)) x++;
                reach[offset + k] = x;
                if (x >= old.Length && x - k >= now.Length) return trace;
            }
        }

        return null;
    }

    private static IEnumerable<(int From, int To)> Hunks(ImmutableArray<Edit> script)
    {
        int from = -1, last = -1;
        for (var i = 0; i < script.Length; i++)
        {
            if (script[i].Sign == ' ') continue;
            if (from >= 0 && i - last > 2 * Context)
            {
                yield return (from, Math.Min(last + Context, script.Length - 1));
                from = -1;
            }

            if (from < 0) from = Math.Max(0, i - Context);
            last = i;
        }

        if (from >= 0) yield return (from, Math.Min(last + Context, script.Length - 1));
    }

    private static void Write(StringBuilder text, ImmutableArray<Edit> script, int from, int to)
    {
        var hunk = script[from..(to + 1)];
        int old = hunk.Count(edit => edit.Sign != '+'), now = hunk.Count(edit => edit.Sign != '-');
        text.Append(CultureInfo.InvariantCulture, $"@@ -{Start(hunk[0].Old, old)},{old} +{Start(hunk[0].Now, now)},{now} @@\n");
        foreach (var edit in hunk) text.Append(edit.Sign).Append(edit.Line).Append('\n');
    }

    private static int Start(int first, int count) => count == 0 ? first : first + 1;

    private sealed record Edit(char Sign, string Line, int Old, int Now);
}
