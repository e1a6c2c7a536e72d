using System.Collections.Immutable;

namespace OdooSky.GitOps.Overlay.Kept;

/// <summary>Reads what a <see cref="KeptWriter"/> wrote, in the same order. Equal texts are one object.</summary>
/// <param name="stream">Where from; stays open.</param>
/// <exception cref="IOException">It ends too early.</exception>
/// <exception cref="FormatException">It is something else.</exception>
public sealed class KeptReader(Stream stream) : IDisposable
{
    private readonly BinaryReader reader = new(stream, KeptWriter.Strict, leaveOpen: true);
    private readonly List<string> known = [];

    /// <summary>Reads a number.</summary>
    /// <returns>The number.</returns>
    public int Number() => reader.Read7BitEncodedInt();

    /// <summary>Reads a number that was written in full.</summary>
    /// <returns>The number.</returns>
    public long Bits() => reader.ReadInt64();

    /// <summary>Reads yes or no.</summary>
    /// <returns>Which.</returns>
    public bool Flag() => reader.ReadBoolean();

    /// <summary>Reads a text that may be missing.</summary>
    /// <returns>The text, or null.</returns>
    public string? TextOrNull()
    {
        var number = Number();
        if (number == KeptWriter.NoText) return null;
        if (number != KeptWriter.NewText)
            return number - KeptWriter.FirstText is var at && at >= 0 && at < known.Count ? known[at] : throw new FormatException("A text was named that did not come yet.");
        var text = reader.ReadString();
        known.Add(text);
        return text;
    }

    /// <summary>Reads a text.</summary>
    /// <returns>The text.</returns>
    public string Text() => TextOrNull() ?? throw new FormatException("A text is missing.");

    /// <summary>Reads a list.</summary>
    /// <typeparam name="T">What it is of.</typeparam>
    /// <param name="read">Reads one.</param>
    /// <returns>The items.</returns>
    public ImmutableArray<T> Many<T>(Func<T> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        var count = Number();
        if (count < 0) throw new FormatException("A count is below zero.");
        var items = ImmutableArray.CreateBuilder<T>(Math.Min(count, 1024));
        for (var i = 0; i < count; i++) items.Add(read());
        return items.DrainToImmutable();
    }

    /// <inheritdoc/>
    public void Dispose() => reader.Dispose();
}
