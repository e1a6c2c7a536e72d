using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Helm.Yaml;

namespace OdooSky.GitOps.Overlay.Desired;

/// <summary>
/// One YAML file that a person keeps by hand, read strictly: one document, text keys, no key twice, no anchor, alias,
/// merge key or tag, within <see cref="YamlLimits.Strict"/>. Values are typed as Helm types them. All problems are collected.
/// </summary>
public sealed class StrictFile
{
    private readonly List<Problem> problems = [];
    private readonly YamlDocument? document;
    private readonly Func<int, Place>? placeOfLine;

    private StrictFile(string path, StrictCodes codes, YamlDocument? document, Func<int, Place>? placeOfLine)
    {
        Path = path;
        Codes = codes;
        this.document = document;
        this.placeOfLine = placeOfLine;
    }

    /// <summary>The path that problems name.</summary>
    public string Path { get; }

    /// <summary>The codes of this family of files.</summary>
    public StrictCodes Codes { get; }

    /// <summary>Whether the whole file was understood as one document; if not, nobody can say whom its problems concern.</summary>
    public bool Parsed { get; private set; }

    /// <summary>Whether the structure has no error, so that a collection can be read as a whole.</summary>
    public bool Sound { get; private set; }

    /// <summary>The file's root, or null when there is nothing safe to read.</summary>
    public StrictNode? Root { get; private set; }

    /// <summary>Reads a file's structure; its fields are read from <see cref="Root"/>.</summary>
    /// <param name="path">The path that problems name.</param>
    /// <param name="text">The file's bytes.</param>
    /// <param name="codes">The codes of this family of files.</param>
    /// <returns>The file, with what was wrong with its structure.</returns>
    public static StrictFile Open(string path, ReadOnlyMemory<byte> text, StrictCodes codes) => Open(path, text, codes, null);

    /// <summary>Reads a text that was made of a table's rows.</summary>
    /// <param name="path">Names the text.</param>
    /// <param name="text">Its bytes.</param>
    /// <param name="codes">The codes of this family of files.</param>
    /// <param name="placeOfLine">Says which row a line, counted from 1, was made of; null for a real file.</param>
    /// <returns>The text, with what was wrong with its structure.</returns>
    internal static StrictFile Open(string path, ReadOnlyMemory<byte> text, StrictCodes codes, Func<int, Place>? placeOfLine)
    {
        var reading = YamlDocument.Read(text, YamlLimits.Strict);
        var file = new StrictFile(path, codes, reading.Value, placeOfLine);
        if (reading.Failure is { } failure)
            file.Error(
                codes.Unreadable,
                file.PlaceAt(failure.Line, failure.Column),
                failure.Message,
                "Correct the file, or restore it from its history.");
        else
            file.ReadStructure(text.Span);
        return file;
    }

    /// <summary>Reports an error.</summary>
    /// <param name="code">Its stable code.</param>
    /// <param name="place">Where it stands.</param>
    /// <param name="message">What is wrong, in one sentence.</param>
    /// <param name="remedy">What to do, in one sentence.</param>
    public void Error(string code, Place place, string message, string remedy) =>
        problems.Add(new Problem(code, Severity.Error, message, remedy, place, null));

    /// <summary>Reports a warning.</summary>
    /// <param name="code">Its stable code.</param>
    /// <param name="place">Where it stands.</param>
    /// <param name="message">What is odd, in one sentence.</param>
    /// <param name="remedy">What to do, in one sentence.</param>
    public void Warn(string code, Place place, string message, string remedy) =>
        problems.Add(new Problem(code, Severity.Warning, message, remedy, place, null));

    /// <summary>All problems so far, in the order of their places.</summary>
    /// <param name="instance">The instance that they concern, or null; a file that was not understood concerns none.</param>
    /// <returns>The problems.</returns>
    public ImmutableArray<Problem> Problems(string? instance = null) =>
        ProblemOrder.Sort(problems.Select(problem => problem with { Instance = Parsed ? instance : null }));

    /// <summary>Reads the root as a map of a shape, and checks <c>apiVersion</c> and <c>kind</c>.</summary>
    /// <param name="shape">The root's keys, with <c>apiVersion</c> and <c>kind</c> among them.</param>
    /// <param name="kind">The kind that the file must be.</param>
    /// <returns>The map, or null when the root is none.</returns>
    public StrictMap? RootOf(StrictShape shape, string kind)
    {
        if (Root?.Map(shape) is not { } map) return null;
        Demand(map, "apiVersion", ApiVersion);
        Demand(map, "kind", kind);
        return map;
    }

    /// <summary>The only version of all file kinds.</summary>
    public const string ApiVersion = "odoosky.io/v1";

    internal Place PlaceOf(YamlNode node) => PlaceOf(node.ContentStart);

    private void Demand(StrictMap map, string key, string wanted)
    {
        if (map.Find(key) is { } node && node.Text() is { } text && !string.Equals(text, wanted, StringComparison.Ordinal))
            Error(
                Codes.WrongKind,
                node.Place,
                $"{key} is {TextRules.Quote(text)}, but this file must be {wanted}.",
                $"Write {key}: {wanted}, or move the file to where its kind belongs.");
    }

    private void ReadStructure(ReadOnlySpan<byte> text)
    {
        if (document!.HasSeveralDocuments || document.RestStart < document.Text.Length)
        {
            Error(
                Codes.SeveralDocuments,
                PlaceOf(Math.Min(document.RestStart, document.Text.Length)),
                "Text follows behind the first YAML document, and Helm's reader would ignore it.",
                "Keep one document in a file.");
            return;
        }

        Parsed = true;
        if (document.Root is { } root) ReadRoot(root, text[^1]);
        else Error(Codes.WrongType, new Place(Path, 1, 1), "The file holds nothing.", "Restore its content, or delete the file.");
    }

    private void ReadRoot(YamlNode root, byte last)
    {
        if (last is not ((byte)'\n' or (byte)'\r'))
            Warn(
                Codes.CutShort,
                PlaceOf(document!.Text.Length),
                "The last line does not end with a line break: the file may be cut short.",
                "Look whether something is missing, and end the file with a line break.");
        if (new StrictStructure(this).Check(root)) Root = new StrictNode(this, root);
        Sound = problems.TrueForAll(problem => problem.Severity != Severity.Error);
    }

    private Place PlaceOf(int offset)
    {
        var (line, column) = document!.PositionOf(offset);
        return PlaceAt(line, column);
    }

    private Place PlaceAt(int line, int column) => placeOfLine is null ? new Place(Path, line, column) : placeOfLine(line);
}
