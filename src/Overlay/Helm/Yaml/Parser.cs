using System.Runtime.InteropServices;

namespace OdooSky.GitOps.Overlay.Helm.Yaml;

/// <summary>
/// Turns tokens into nodes, with its own stack: text from anywhere cannot exhaust the thread's. Like goyaml it stops behind
/// the first document's root.
/// </summary>
internal ref partial struct Parser(ReadOnlySpan<byte> text, int start, YamlLimits limits)
{
    private readonly ReadOnlySpan<byte> text = text;
    private Scanner scanner = new(text, start);
    private PooledList<Frame> frames = new(32);
    private YamlTable table = new();
    private TagRules tags = new();
    private Dictionary<string, int>? anchors;
    private Token token;
    private int lastEnd = start;

    /// <summary>What the parser expects next inside one open collection.</summary>
    private enum Expect : byte
    {
        SequenceItem,
        BareItem,
        BlockKey,
        BlockValue,
        FirstFlowItem,
        FlowItem,
        PairKey,
        PairValue,
        PairEnd,
        FirstFlowKey,
        FlowKey,
        FlowValue,
        NoFlowValue,
    }

    [StructLayout(LayoutKind.Auto)]
    private struct Frame
    {
        public Expect Expect;
        public int Node;
    }

    public Fault Fault { get; private set; }

    public int FaultPosition { get; private set; }

    public readonly YamlTable Table => table;

    /// <summary>Reads the first document.</summary>
    /// <returns>False on a fault; the table is then incomplete.</returns>
    public bool Read()
    {
        if (!Peek() || !ReadStart(out var hasNode)) return false;
        if (hasNode && !ReadNode(Place.Block, YamlEntry.None)) return false;
        while (frames.Count > 0)
            if (!Step())
                return false;
        return Peek() && Finish();
    }

    public readonly void Release()
    {
        scanner.Release();
        frames.Release();
    }

    private bool Step() => frames.Last.Expect switch
    {
        Expect.SequenceItem => ReadSequenceItem(),
        Expect.BareItem => ReadBareItem(),
        Expect.BlockKey => ReadBlockKey(),
        Expect.BlockValue => ReadBlockValue(),
        Expect.FirstFlowItem => ReadFlowItem(isFirst: true),
        Expect.FlowItem => ReadFlowItem(isFirst: false),
        Expect.PairKey => ReadPairKey(),
        Expect.PairValue => ReadPairValue(),
        Expect.PairEnd => ReadPairEnd(),
        Expect.FirstFlowKey => ReadFlowKey(isFirst: true),
        Expect.FlowKey => ReadFlowKey(isFirst: false),
        Expect.FlowValue => ReadFlowValue(),
        _ => ReadNoFlowValue(),
    };

    /// <summary>Directives and the document's start.</summary>
    private bool ReadStart(out bool hasNode)
    {
        hasNode = token.Kind is not TokenKind.End;
        if (token.Kind is not TokenKind.Directive and not TokenKind.DocumentStart) return true;
        while (token.Kind is TokenKind.Directive)
        {
            if (!tags.TryAdd(text[token.Start..token.End])) return Fail(Fault.BadDirective, token.Start);
            if (!Next()) return false;
        }

        if (token.Kind is not TokenKind.DocumentStart) return Fail(Fault.NoDocumentStart, token.Start);
        if (!Next()) return false;
        hasNode = token.Kind is not (TokenKind.Directive or TokenKind.DocumentStart or TokenKind.DocumentEnd or TokenKind.End);
        if (!hasNode) AddEmpty(lastEnd);
        return true;
    }

    private bool Finish()
    {
        table.RestStart = token.Kind is TokenKind.End ? text.Length : Math.Max(token.Start, lastEnd);
        table.HasSeveralDocuments = token.Kind is TokenKind.DocumentStart or TokenKind.DocumentEnd or TokenKind.Directive;
        if (token.Kind is TokenKind.DocumentEnd && IsOnlyBlank(text[token.End..])) table.RestStart = text.Length;
        return true;
    }

    private static bool IsOnlyBlank(ReadOnlySpan<byte> rest)
    {
        foreach (var range in rest.SplitAny((byte)'\n', (byte)'\r'))
        {
            var line = rest[range].Trim(" \t"u8);
            if (!line.IsEmpty && line[0] != (byte)'#' && !line.SequenceEqual("..."u8)) return false;
        }

        return true;
    }

    private bool Peek()
    {
        if (scanner.TryPeek(out token)) return true;
        return Fail(scanner.Fault, scanner.Position);
    }

    /// <summary>Takes the token and looks at the next.</summary>
    private bool Next()
    {
        scanner.Take();
        lastEnd = token.End;
        return Peek();
    }

    private bool Fail(Fault fault, int position)
    {
        var isAtEnd = token.Kind is TokenKind.End && fault is Fault.NoContent or Fault.NoFlowEnd;
        (Fault, FaultPosition) = isAtEnd && OpenBracket() is { } bracket ? (Fault.OpenBracket, bracket) : (fault, position);
        return false;
    }

    /// <summary>The innermost bracket or brace that is open; null outside of all.</summary>
    private readonly int? OpenBracket()
    {
        for (var i = frames.Count - 1; i >= 0; i--)
            if (frames[i].Expect is Expect.FirstFlowItem or Expect.FlowItem or Expect.FirstFlowKey or Expect.FlowKey or Expect.FlowValue or Expect.NoFlowValue)
                return table[frames[i].Node].ContentStart;
        return null;
    }
}
