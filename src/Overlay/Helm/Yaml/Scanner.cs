namespace OdooSky.GitOps.Overlay.Helm.Yaml;

/// <summary>
/// Turns a text into tokens by libyaml's rules as goyaml v2 has them, its odd corners included, because Helm reads values
/// with it. It looks ahead exactly as far as goyaml does: what stands behind the root node is mostly never seen.
/// </summary>
internal ref partial struct Scanner(ReadOnlySpan<byte> text, int start)
{
    private Cursor cursor = new(text, start, 0);
    private TokenQueue queue = new();
    private KeyCandidates keys = new();
    private PooledList<int> indents = new(16);
    private int indent = -1;
    private int flowLevel;
    private bool keyAllowed = true;
    private bool started;
    private int openQuote;

    public Fault Fault { get; private set; }

    /// <summary>Where a fault stands: how far the text was looked at, or the quote that is never closed.</summary>
    public readonly int Position => Fault is Fault.EndInQuotes ? openQuote : cursor.Position;

    /// <summary>The next token, which stays.</summary>
    /// <param name="token">The token.</param>
    /// <returns>False on a fault.</returns>
    public bool TryPeek(out Token token)
    {
        token = default;
        while (NeedsMore(out var isFaulty))
        {
            if (isFaulty || !FetchNext()) return false;
        }

        if (Fault is not Fault.None) return false;
        token = queue.Head;
        return true;
    }

    /// <summary>Takes the token that was seen last.</summary>
    public void Take() => queue.Take();

    public readonly void Release()
    {
        queue.Release();
        keys.Release();
        indents.Release();
    }

    private bool NeedsMore(out bool isFaulty)
    {
        isFaulty = false;
        if (queue.IsEmpty) return true;
        if (!keys.TryFindHeld(queue.HeadNumber, out var level)) return false;
        isFaulty = !IsStillKey(ref keys.At(level), out var isKey);
        return isFaulty || isKey;
    }

    private bool FetchNext()
    {
        if (!started) Begin();
        SkipToToken();
        Unroll(cursor.Column);
        if (cursor.AtEnd) return FetchEnd();
        if (cursor.Column == 0 && cursor.Current == (byte)'%') return FetchDirective();
        if (cursor.AtDocumentMark) return FetchDocumentMark();
        return FetchIndicator();
    }

    private bool FetchIndicator() => cursor.Current switch
    {
        (byte)'[' => FetchFlowStart(TokenKind.FlowSequence),
        (byte)'{' => FetchFlowStart(TokenKind.FlowMapping),
        (byte)']' => FetchFlowEnd(TokenKind.FlowSequenceEnd),
        (byte)'}' => FetchFlowEnd(TokenKind.FlowMappingEnd),
        (byte)',' => FetchFlowEntry(),
        (byte)'-' when IsApart => FetchBlockEntry(),
        (byte)'?' when flowLevel > 0 || IsApart => FetchKey(),
        (byte)':' when flowLevel > 0 || IsApart => FetchValue(),
        (byte)'*' => FetchName(TokenKind.Alias),
        (byte)'&' => FetchName(TokenKind.Anchor),
        (byte)'!' => FetchTag(),
        (byte)'|' when flowLevel == 0 => FetchBlockScalar(YamlStyle.Literal),
        (byte)'>' when flowLevel == 0 => FetchBlockScalar(YamlStyle.Folded),
        (byte)'\'' => FetchQuoted(YamlStyle.SingleQuoted),
        (byte)'"' => FetchQuoted(YamlStyle.DoubleQuoted),
        (byte)'#' or (byte)'|' or (byte)'>' or (byte)'%' or (byte)'@' or (byte)'`' => Fail(Fault.BadStart),
        (byte)'\t' => Fail(Fault.TabIndentation),
        _ => FetchPlain(),
    };

    private readonly bool IsApart => cursor.IsBlankBreakOrEnd(cursor.Position + 1);

    private void Begin()
    {
        started = true;
        keys.Open(0);
    }

    /// <summary>Tabs are white space only where no key can start.</summary>
    private void SkipToToken()
    {
        while (true)
        {
            while (cursor.Current == (byte)' ' || (cursor.Current == (byte)'\t' && (flowLevel > 0 || !keyAllowed))) cursor.SkipAscii(1);
            cursor.SkipComment();
            if (!cursor.AtBreak) return;
            cursor.SkipBreak();
            if (flowLevel == 0) keyAllowed = true;
        }
    }

    private bool Fail(Fault fault)
    {
        Fault = fault;
        return false;
    }

    private readonly Token At(TokenKind kind, int width) =>
        new() { Kind = kind, Start = cursor.Position, End = cursor.Position + width, Indent = indent };
}
