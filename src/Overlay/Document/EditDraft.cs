using OdooSky.GitOps.Overlay.Helm.Yaml;

namespace OdooSky.GitOps.Overlay.Document;

/// <summary>An edit in the making: the old text, its habits, the splices so far, and what prevents more.</summary>
internal sealed class EditDraft(OverlayDocument document, ProblemList problems)
{
    public TextLines Lines { get; } = new(document.Text);

    public SpliceList Splices { get; } = new();

    /// <summary>How this file is written.</summary>
    public ValueWriter Writer { get; } = FileHabits.Of(document.Tree, new(document.Text));

    public void Refuse(string problem, int offset, string message, string remedy) => problems.Add(problem, offset, message, remedy);

    /// <summary>The new text; a file that had no final line break gets none.</summary>
    public byte[] Result(ReadOnlySpan<byte> old)
    {
        var text = Splices.Apply(old);
        if (!Lines.EndsInsideLine) return text;
        var length = text.Length;
        if (length > 0 && text[length - 1] == '\n') length--;
        if (length > 0 && text[length - 1] == '\r') length--;
        return text[..length];
    }

    /// <summary>Adds whole lines at a line's start or at the text's end, with the line break that the neighbour has.</summary>
    /// <param name="at">Where.</param>
    /// <param name="neighbour">An offset in the line whose break is taken.</param>
    /// <param name="lines">The lines without breaks.</param>
    public void InsertLines(int at, int neighbour, IEnumerable<string> lines)
    {
        var lineBreak = Lines.BreakAt(neighbour);
        var text = string.Join(lineBreak, lines);
        Splices.Insert(at, at == Lines.Length && Lines.EndsInsideLine ? lineBreak + text : text + lineBreak);
    }

    /// <summary>The offset behind a key's colon, or -1 after saying that this key's layout is not edited.</summary>
    public int BehindColon(YamlNode key)
    {
        var at = Lines.SkipBlanks(key.End);
        var isExplicit = key.Start > Lines.Origin && Lines[key.Start - 1] == ' ' && IsQuestionMark(key.Start - 1);
        if (!isExplicit && at < Lines.Length && Lines[at] == ':') return at + 1;
        Refuse(
            DocumentProblems.Layout,
            key.Start,
            "This key is written with '? ' or without a colon beside it, which is not edited.",
            "Write it as key: value.");
        return -1;
    }

    /// <summary>Whether a part may go or be replaced: nothing in it may be shared with another part.</summary>
    public bool IsOwn(YamlNode node)
    {
        if (SharedText.In(node) is not { } shared) return true;
        RefuseShared(shared);
        return false;
    }

    public void RefuseShared(YamlNode shared) => Refuse(
        DocumentProblems.SharedText,
        shared.Start,
        $"{SharedText.Describe(shared)} stands in a part that must change, so the change could reach other parts of the file.",
        "Write the values out here.");

    private bool IsQuestionMark(int at)
    {
        while (at > Lines.Origin && Lines[at] == ' ') at--;
        return Lines[at] == '?';
    }
}
