namespace OdooSky.GitOps.Overlay.Helm.Yaml;

/// <summary>Collections in brackets and braces.</summary>
internal ref partial struct Parser
{
    private bool ReadFlowItem(bool isFirst)
    {
        if (!Peek()) return false;
        if (token.Kind is not TokenKind.FlowSequenceEnd && !isFirst)
        {
            if (token.Kind is not TokenKind.FlowEntry) return Fail(Fault.NoFlowEnd, token.Start);
            if (!Next()) return false;
        }

        if (token.Kind is TokenKind.FlowSequenceEnd) return CloseFlow();
        frames.Last.Expect = Expect.FlowItem;
        return token.Kind is TokenKind.Key ? OpenPair() : ReadNode(Place.Flow, YamlEntry.None);
    }

    /// <summary>A pair that stands in a list without braces: a map of its own.</summary>
    private bool OpenPair()
    {
        var entry = new YamlEntry
        {
            Start = token.Start,
            ContentStart = token.Start,
            InFlow = true,
            IndicatorStart = YamlEntry.None,
            Properties = YamlEntry.None,
        };
        if (!Open(entry, YamlKind.Mapping, Expect.PairKey)) return false;
        table[table.Count - 1].Style = YamlStyle.Flow;
        return true;
    }

    private bool ReadPairKey()
    {
        if (!Peek()) return false;
        frames.Last.Expect = Expect.PairValue;
        if (token.Kind is not TokenKind.Value and not TokenKind.FlowEntry and not TokenKind.FlowSequenceEnd)
            return ReadNode(Place.Flow, YamlEntry.None);

        // goyaml takes the token here, so that "[? , b]" is not two items.
        lastEnd = token.End;
        return TakeToken() && AddEmpty(lastEnd);
    }

    private bool ReadPairValue()
    {
        if (!Peek()) return false;
        frames.Last.Expect = Expect.PairEnd;
        if (token.Kind is TokenKind.Value)
        {
            if (!Next()) return false;
            if (token.Kind is not TokenKind.FlowEntry and not TokenKind.FlowSequenceEnd) return ReadNode(Place.Flow, YamlEntry.None);
        }

        return AddEmpty(lastEnd);
    }

    private bool ReadPairEnd() => Peek() && Close();

    private bool ReadFlowKey(bool isFirst)
    {
        if (!Peek()) return false;
        if (token.Kind is not TokenKind.FlowMappingEnd && !isFirst)
        {
            if (token.Kind is not TokenKind.FlowEntry) return Fail(Fault.NoFlowEnd, token.Start);
            if (!Next()) return false;
        }

        if (token.Kind is TokenKind.FlowMappingEnd) return CloseFlow();
        if (token.Kind is not TokenKind.Key)
        {
            frames.Last.Expect = Expect.NoFlowValue;
            return ReadNode(Place.Flow, YamlEntry.None);
        }

        frames.Last.Expect = Expect.FlowValue;
        return Next() && ReadFlowPart();
    }

    private bool ReadFlowValue()
    {
        if (!Peek()) return false;
        frames.Last.Expect = Expect.FlowKey;
        if (token.Kind is not TokenKind.Value) return AddEmpty(lastEnd);
        if (!Next()) return false;
        return token.Kind is TokenKind.FlowEntry or TokenKind.FlowMappingEnd ? AddEmpty(lastEnd) : ReadNode(Place.Flow, YamlEntry.None);
    }

    private bool ReadNoFlowValue()
    {
        if (!Peek()) return false;
        frames.Last.Expect = Expect.FlowKey;
        return AddEmpty(lastEnd);
    }

    private bool ReadFlowPart() =>
        token.Kind is TokenKind.Value or TokenKind.FlowEntry or TokenKind.FlowMappingEnd
            ? AddEmpty(lastEnd)
            : ReadNode(Place.Flow, YamlEntry.None);

    private bool CloseFlow()
    {
        lastEnd = token.End;
        return TakeToken() && Close();
    }
}
