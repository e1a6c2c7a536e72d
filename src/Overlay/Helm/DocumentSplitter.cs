using System.Text;
using OdooSky.GitOps.Overlay.Helm.Yaml;

namespace OdooSky.GitOps.Overlay.Helm;

/// <summary>One document of a file as Helm 4 passes it on, and the line of the file it starts on, from 0.</summary>
internal sealed record SplitDocument(ReadOnlyMemory<byte> Text, int FirstLine);

/// <summary>
/// Cuts a file into documents as Helm 4 does before YAML is read: by lines, a line that starts with <c>---</c> being a cut
/// wherever it stands. Source: LoadValues and apimachinery's YAMLReader.
/// </summary>
internal sealed class DocumentSplitter(ReadOnlyMemory<byte> file)
{
    private const int BufferSize = 4096;

    /// <summary>More documents in one file are refused; nobody writes so many, and each costs memory.</summary>
    private const int MostDocuments = 10_000;

    private readonly List<SplitDocument> documents = [];
    private PooledList<byte> text = new(file.Length + 1);
    private int line;
    private int firstLine;

    /// <summary>Whether a file reads alike with and without cutting, as nearly all do.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> file)
    {
        if (file.IsEmpty) return true;
        return file[^1] == (byte)'\n' && !file.StartsWith("---"u8) && file.IndexOf("\n---"u8) < 0 && file.IndexOf("\r\r\n"u8) < 0;
    }

    /// <summary>The line, from 1, that starts with <c>---</c> behind other lines than such; the last line when there is none.</summary>
    public static int FirstCut(ReadOnlySpan<byte> file)
    {
        var isInside = false;
        var number = 1;
        for (var rest = file; ; number++)
        {
            var isCut = rest.StartsWith("---"u8);
            if (isCut && isInside) return number;
            isInside |= !isCut;
            var end = rest.IndexOf((byte)'\n');
            if (end < 0 || end + 1 == rest.Length) return number;
            rest = rest[(end + 1)..];
        }
    }

    /// <summary>Cuts.</summary>
    /// <returns>The documents, or why Helm 4 fails or is not certain.</returns>
    public (IReadOnlyList<SplitDocument> Documents, HelmFailure? Failure) Split()
    {
        HelmFailure? failure = null;
        for (var rest = file.Span; !rest.IsEmpty && failure is null; line++)
        {
            var end = rest.IndexOf((byte)'\n');
            var content = end < 0 ? rest : rest[..end];
            if (end > 0 && content[^1] == (byte)'\r') content = content[..^1];
            failure = end < 0 && IsLost(content, out var isUncertain)
                ? isUncertain ? Fail(FailureKind.Refused, "last-line-4096", "The last line has no line end and fills Helm's buffer; add the line end.") : null
                : Take(content);
            rest = end < 0 ? default : rest[(end + 1)..];
        }

        Cut();
        text.Release();
        return (documents, failure);
    }

    private HelmFailure? Take(ReadOnlySpan<byte> content)
    {
        if (content.StartsWith("---"u8))
        {
            var rest = Encoding.UTF8.GetString(content[3..]).Trim();
            if (rest.Length > 0 && rest[0] != '#')
                return Fail(FailureKind.HelmFails, "document-separator", "Helm 4 takes a line that starts with '---' as the start of a document, and allows only a comment behind it.");
            if (documents.Count == MostDocuments)
                return Fail(FailureKind.Refused, "too-many-documents", "The file has more documents than this program reads.");
            if (text.Count > 0)
            {
                Cut();
                return null;
            }
        }

        if (text.Count == 0) firstLine = line;
        text.AddRange(content);
        text.Add((byte)'\n');
        return null;
    }

    private void Cut()
    {
        if (text.Count > 0) documents.Add(new(text.Span.ToArray(), firstLine));
        text.Clear();
    }

    /// <summary>Helm 4.0 to 4.2.4 drop a last line without a line end when it fills whole buffers.</summary>
    private static bool IsLost(ReadOnlySpan<byte> last, out bool isUncertain)
    {
        isUncertain = last.Length >= BufferSize - 1 && (last.Contains((byte)'\r') || last.StartsWith("---"u8));
        return isUncertain || (last.Length > 0 && last.Length % BufferSize == 0);
    }

    private HelmFailure Fail(FailureKind kind, string rule, string message) => new(kind, rule, message, 0, line + 1, 1);
}
