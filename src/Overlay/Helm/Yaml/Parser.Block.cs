namespace OdooSky.GitOps.Overlay.Helm.Yaml;

/// <summary>Collections by indentation.</summary>
internal ref partial struct Parser
{
    private bool ReadSequenceItem()
    {
        if (!Peek()) return false;
        if (token.Kind is TokenKind.BlockEnd) return TakeToken() && Close();
        if (token.Kind is not TokenKind.BlockEntry) return Fail(Fault.NoDash, token.Start);
        var dash = token.Start;
        if (!Next()) return false;
        return token.Kind is TokenKind.BlockEntry or TokenKind.BlockEnd ? AddEmptyItem(dash) : ReadNode(Place.Block, dash);
    }

    /// <summary>An item of a list that stands at the column of its key, and so has no end token of its own.</summary>
    private bool ReadBareItem()
    {
        if (!Peek()) return false;
        if (token.Kind is not TokenKind.BlockEntry) return Close();
        var dash = token.Start;
        if (!Next()) return false;
        return token.Kind is TokenKind.BlockEntry or TokenKind.Key or TokenKind.Value or TokenKind.BlockEnd
            ? AddEmptyItem(dash)
            : ReadNode(Place.Block, dash);
    }

    private bool ReadBlockKey()
    {
        if (!Peek()) return false;
        if (token.Kind is TokenKind.BlockEnd) return TakeToken() && Close();
        if (token.Kind is not TokenKind.Key) return Fail(Fault.BadIndentation, token.Start);
        frames.Last.Expect = Expect.BlockValue;
        return Next() && ReadBlockPart();
    }

    private bool ReadBlockValue()
    {
        if (!Peek()) return false;
        frames.Last.Expect = Expect.BlockKey;
        if (token.Kind is not TokenKind.Value) return AddEmpty(lastEnd);
        return Next() && ReadBlockPart();
    }

    private bool ReadBlockPart() =>
        token.Kind is TokenKind.Key or TokenKind.Value or TokenKind.BlockEnd
            ? AddEmpty(lastEnd)
            : ReadNode(Place.BlockOrBareList, YamlEntry.None);

    private bool AddEmptyItem(int dash)
    {
        var added = AddEmpty(lastEnd);
        if (added) table[table.Count - 1].IndicatorStart = dash;
        return added;
    }
}
