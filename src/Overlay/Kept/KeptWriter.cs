using System.Text;

namespace OdooSky.GitOps.Overlay.Kept;

/// <summary>
/// Writes what a process leaves for the next one. A text is written once and then named by its number, since a fleet's rows are much
/// alike. What is written is read back by <see cref="KeptReader"/>, in the same order, by the same program.
/// </summary>
/// <param name="stream">Where to; stays open.</param>
public sealed class KeptWriter(Stream stream) : IDisposable
{
    internal const int NoText = 0;
    internal const int NewText = 1;
    internal const int FirstText = 2;

    /// <summary>Texts that are no Unicode can't be kept: they would not come back as they were.</summary>
    internal static readonly Encoding Strict = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly BinaryWriter writer = new(stream, Strict, leaveOpen: true);
    private readonly Dictionary<string, int> known = new(StringComparer.Ordinal);

    /// <summary>Writes a number.</summary>
    /// <param name="number">Any number; small ones take one byte.</param>
    public void Number(int number) => writer.Write7BitEncodedInt(number);

    /// <summary>Writes a number in full.</summary>
    /// <param name="number">Any number.</param>
    public void Bits(long number) => writer.Write(number);

    /// <summary>Writes yes or no.</summary>
    /// <param name="yes">Which.</param>
    public void Flag(bool yes) => writer.Write(yes);

    /// <summary>Writes a text.</summary>
    /// <param name="text">Any text of valid Unicode, or null.</param>
    /// <exception cref="EncoderFallbackException">The text has lone surrogates.</exception>
    public void Text(string? text)
    {
        if (text is null)
        {
            Number(NoText);
        }
        else if (known.TryGetValue(text, out var number))
        {
            Number(FirstText + number);
        }
        else
        {
            Number(NewText);
            writer.Write(text);
            known.Add(text, known.Count);
        }
    }

    /// <summary>Writes how many there are, and each.</summary>
    /// <typeparam name="T">What they are.</typeparam>
    /// <param name="items">The items.</param>
    /// <param name="write">Writes one.</param>
    public void Many<T>(IReadOnlyCollection<T> items, Action<T> write)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(write);
        Number(items.Count);
        foreach (var item in items) write(item);
    }

    /// <inheritdoc/>
    public void Dispose() => writer.Dispose();
}
