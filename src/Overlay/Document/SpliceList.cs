using System.Buffers;
using System.Text;

namespace OdooSky.GitOps.Overlay.Document;

/// <summary>
/// Changes of a text as (start, length, new text) over the original bytes, applied once. Deletions may overlap; new text
/// inside a deletion stays. At one offset the order of adding is kept.
/// </summary>
internal sealed class SpliceList
{
    private readonly List<Splice> splices = [];

    /// <summary>All splices by their start.</summary>
    public IEnumerable<Splice> Ordered => splices.OrderBy(splice => splice.Start);

    public void Insert(int at, string text) => splices.Add(new(at, 0, text));

    public void Delete(int start, int end) => splices.Add(new(start, end - start, string.Empty));

    public void Replace(int start, int end, string text) => splices.Add(new(start, end - start, text));

    public byte[] Apply(ReadOnlySpan<byte> text)
    {
        var result = new ArrayBufferWriter<byte>(text.Length + 256);
        var copied = 0;
        foreach (var splice in Ordered)
        {
            if (splice.Start > copied) result.Write(text[copied..splice.Start]);
            Encoding.UTF8.GetBytes(splice.Text, result);
            copied = Math.Max(copied, splice.Start + splice.Length);
        }

        result.Write(text[copied..]);
        return result.WrittenSpan.ToArray();
    }
}

/// <summary>One change of a text.</summary>
/// <param name="Start">A byte offset into the original text.</param>
/// <param name="Length">How many of its bytes go.</param>
/// <param name="Text">What comes in their place.</param>
internal readonly record struct Splice(int Start, int Length, string Text);
