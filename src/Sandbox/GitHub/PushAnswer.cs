using System.Globalization;
using System.Text;

namespace OdooSky.GitOps.Sandbox.GitHub;

/// <summary>The answer to a push: git's own hooks say "hook declined", where GitHub says which kind of rule it was.</summary>
internal static class PushAnswer
{
    /// <summary>Puts GitHub's reasons into the report inside a side-band answer.</summary>
    /// <param name="answer">What <c>git receive-pack</c> answered.</param>
    /// <param name="reason">GitHub's reason for a ref, or null to keep git's.</param>
    /// <returns>The answer to send.</returns>
    public static byte[] WithReasons(byte[] answer, Func<string, string?> reason)
    {
        using var written = new MemoryStream();
        using var report = new MemoryStream();
        foreach (var packet in Packets(answer))
        {
            if (packet.Length > 0 && packet.Span[0] == 1) report.Write(packet.Span[1..]);
            else if (packet.Length > 0) Write(written, packet.Span);
        }

        if (report.Length == 0) return answer;
        using var mended = new MemoryStream();
        foreach (var line in Packets(report.ToArray())) Write(mended, Encoding.UTF8.GetBytes(Mend(Encoding.UTF8.GetString(line.Span), reason)));
        Write(written, [1, .. mended.ToArray(), .. "0000"u8]);
        written.Write("0000"u8);
        return written.ToArray();
    }

    private static string Mend(string line, Func<string, string?> reason)
    {
        if (!line.StartsWith("ng ", StringComparison.Ordinal) || !line.TrimEnd().EndsWith("hook declined", StringComparison.Ordinal)) return line;
        var reference = line.Split(' ')[1];
        return reason(reference) is { } why ? $"ng {reference} {why}\n" : line;
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Packets(byte[] bytes)
    {
        for (var at = 0; at + 4 <= bytes.Length;)
        {
            var length = int.Parse(Encoding.ASCII.GetString(bytes, at, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (length >= 4) yield return bytes.AsMemory(at + 4, length - 4);
            at += Math.Max(length, 4);
        }
    }

    private static void Write(MemoryStream target, ReadOnlySpan<byte> packet)
    {
        target.Write(Encoding.ASCII.GetBytes((packet.Length + 4).ToString("x4", CultureInfo.InvariantCulture)));
        target.Write(packet);
    }
}
