namespace OdooSky.GitOps.Overlay.Helm.Yaml;

/// <summary>Scalars and what stands before a node.</summary>
internal ref partial struct Scanner
{
    private bool FetchDirective()
    {
        Unroll(-1);
        if (!DropKey()) return false;
        keyAllowed = false;
        var token = At(TokenKind.Directive, 0);
        return Finish(Directive.Skip(ref cursor), token with { End = cursor.Position });
    }

    private bool FetchName(TokenKind kind)
    {
        if (!SaveKey()) return false;
        keyAllowed = false;
        var token = At(kind, 0);
        cursor.SkipAscii(1);
        while (Characters.IsWord(cursor.Current)) cursor.SkipAscii(1);
        token.End = cursor.Position;
        var isWhole = token.End > token.Start + 1
            && (cursor.IsBlankBreakOrEnd(cursor.Position) || "?:,]}%@`"u8.Contains(cursor.Current));
        return Finish(isWhole ? Fault.None : Fault.BadAnchor, token);
    }

    private bool FetchTag()
    {
        if (!SaveKey()) return false;
        keyAllowed = false;
        var token = At(TokenKind.Tag, 0);
        var fault = TagText.Skip(ref cursor);
        return Finish(fault, token with { End = cursor.Position });
    }

    private bool FetchBlockScalar(YamlStyle style)
    {
        if (!DropKey()) return false;
        keyAllowed = true;
        var token = At(TokenKind.Scalar, 0);
        token.Style = style;
        return Finish(new BlockScalar(default, style is YamlStyle.Folded).Read(ref cursor, ref token), token);
    }

    private bool FetchQuoted(YamlStyle style)
    {
        if (!SaveKey()) return false;
        keyAllowed = false;
        var token = At(TokenKind.Scalar, 0);
        token.Style = style;
        openQuote = token.Start;
        return Finish(QuotedScalar.Read(ref cursor, ref token, default), token);
    }

    private bool FetchPlain()
    {
        if (!SaveKey()) return false;
        keyAllowed = false;
        var token = At(TokenKind.Scalar, 0);
        var fault = PlainScalar.Read(ref cursor, ref token, default, flowLevel > 0);
        if (token.EndsLine) keyAllowed = true;
        return Finish(fault, token);
    }

    private bool Finish(Fault fault, in Token token)
    {
        if (fault is not Fault.None) return Fail(fault);
        queue.Add(token);
        return true;
    }
}
