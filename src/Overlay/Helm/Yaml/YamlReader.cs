using System.Runtime.InteropServices;

namespace OdooSky.GitOps.Overlay.Helm.Yaml;

/// <summary>Reads the first document of a text into a table.</summary>
internal static class YamlReader
{
    /// <summary>Reads.</summary>
    /// <param name="text">UTF-8, with or without a byte order mark.</param>
    /// <param name="limits">What is refused.</param>
    /// <param name="table">What was read, to be disposed of; empty on a fault.</param>
    /// <returns>What is wrong and where, or null.</returns>
    public static YamlFault? Read(ReadOnlySpan<byte> text, YamlLimits limits, out YamlTable table)
    {
        table = default;
        if (text.Length > limits.MaximumBytes) return new(Fault.TooLarge, 0);
        if (text.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || text.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])) return new(Fault.Utf16, 0);
        var start = text.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? 3 : 0;
        var badCharacter = Characters.Check(text[start..], out var length);
        length += start;
        if (badCharacter is Fault.ByteOrderMark) return new(badCharacter, length);
        var fault = Parse(text[..length], start, limits, out table);
        if (badCharacter is Fault.None) return fault;
        if (fault is null) table.Release();
        if (fault is null && table.RestStart < length) return new(Fault.BadCharacterBehindTheRoot, length);
        return fault is { } known && Faults.Kind(known.Fault) is FailureKind.Refused ? fault : new(badCharacter, length);
    }

    private static YamlFault? Parse(ReadOnlySpan<byte> text, int start, YamlLimits limits, out YamlTable table)
    {
        var parser = new Parser(text, start, limits);
        var isRead = parser.Read();
        parser.Release();
        table = parser.Table;
        if (isRead) return null;
        table.Release();
        return new(parser.Fault, parser.FaultPosition);
    }
}

/// <summary>A fault and its place.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct YamlFault(Fault Fault, int Position)
{
    public HelmFailure ToFailure(TextPlaces places)
    {
        var (line, column) = places.Of(Position);
        return new(Faults.Kind(Fault), Faults.Rule(Fault), Faults.Message(Fault), 0, line, column);
    }
}
