using System.Text;

namespace OdooSky.GitOps.Overlay.Helm.Yaml;

/// <summary>One node of any kind.</summary>
internal ref partial struct Parser
{
    /// <summary>Which collections may start: any, any and a list without indentation, or only those in brackets.</summary>
    private enum Place : byte
    {
        Block,
        BlockOrBareList,
        Flow,
    }

    private bool ReadNode(Place place, int indicator)
    {
        if (token.Kind is TokenKind.Alias) return ReadAlias(place, indicator);
        var entry = new YamlEntry
        {
            Start = token.Start,
            InFlow = place is Place.Flow,
            IndicatorStart = indicator,
            Properties = YamlEntry.None,
            Next = table.Count + 1,
        };
        if (!ReadProperties(ref entry)) return false;
        entry.ContentStart = token.Start;
        entry.End = token.End;
        return token.Kind switch
        {
            TokenKind.Scalar => ReadScalar(entry),
            TokenKind.FlowSequence => Open(entry, YamlKind.Sequence, Expect.FirstFlowItem),
            TokenKind.FlowMapping => Open(entry, YamlKind.Mapping, Expect.FirstFlowKey),
            TokenKind.BlockSequence when place is not Place.Flow => Open(entry, YamlKind.Sequence, Expect.SequenceItem),
            TokenKind.BlockMapping when place is not Place.Flow => Open(entry, YamlKind.Mapping, Expect.BlockKey),
            TokenKind.BlockEntry when place is Place.BlockOrBareList => Open(entry, YamlKind.Sequence, Expect.BareItem),
            _ when entry.Properties != YamlEntry.None => AddPropertiesOnly(entry),
            _ => Fail(Fault.NoContent, token.Start),
        };
    }

    private bool ReadAlias(Place place, int indicator)
    {
        var name = Encoding.UTF8.GetString(text[(token.Start + 1)..token.End]);
        if (anchors is null || !anchors.TryGetValue(name, out var target)) return Fail(Fault.UnknownAnchor, token.Start);
        table.HasAliases = true;
        return Add(new YamlEntry
        {
            Kind = YamlKind.Alias,
            Start = token.Start,
            ContentStart = token.Start,
            End = token.End,
            InFlow = place is Place.Flow,
            IndicatorStart = indicator,
            Next = table.Count + 1,
            Properties = table.AddProperties(new(null, name)),
            Detail = target,
        }) && TakeToken();
    }

    /// <summary>Anchor and tag, once each, in any order.</summary>
    private bool ReadProperties(ref YamlEntry entry)
    {
        if (token.Kind is not TokenKind.Anchor and not TokenKind.Tag) return true;
        string? tag = null, anchor = null;
        var isRight = token.Kind is TokenKind.Anchor
            ? ReadAnchor(ref anchor) && ReadTag(ref tag)
            : ReadTag(ref tag) && ReadAnchor(ref anchor);
        if (!isRight) return false;
        entry.Properties = table.AddProperties(new(tag, anchor));
        if (anchor is not null) (anchors ??= new(StringComparer.Ordinal))[anchor] = table.Count;
        return true;
    }

    private bool ReadAnchor(ref string? anchor)
    {
        if (token.Kind is not TokenKind.Anchor) return true;
        anchor = Encoding.UTF8.GetString(text[(token.Start + 1)..token.End]);
        return Next();
    }

    private bool ReadTag(ref string? tag)
    {
        if (token.Kind is not TokenKind.Tag) return true;
        tag = tags.Resolve(text[token.Start..token.End]);
        return tag is null ? Fail(Fault.UnknownTagHandle, token.Start) : Next();
    }

    private bool ReadScalar(YamlEntry entry)
    {
        entry.Kind = YamlKind.Scalar;
        entry.Style = token.Style;
        entry.Verbatim = token.Verbatim;
        entry.Detail = token.Indent;
        return Add(entry) && TakeToken();
    }

    private bool AddPropertiesOnly(YamlEntry entry)
    {
        entry.ContentStart = entry.End = lastEnd;
        entry.Verbatim = true;
        return Add(entry);
    }

    private bool AddEmpty(int at) => Add(new YamlEntry
    {
        Start = at,
        ContentStart = at,
        End = at,
        Verbatim = true,
        IndicatorStart = YamlEntry.None,
        Properties = YamlEntry.None,
        Next = table.Count + 1,
    });

    private bool Open(YamlEntry entry, YamlKind kind, Expect expect)
    {
        if (frames.Count == limits.MaximumDepth) return Fail(Fault.TooDeep, token.Start);
        entry.Kind = kind;
        entry.Style = expect is Expect.FirstFlowItem or Expect.FirstFlowKey ? YamlStyle.Flow : YamlStyle.Block;
        frames.Add(new Frame { Expect = expect, Node = table.Count });
        return Add(entry) && (expect is Expect.BareItem || TakeToken());
    }

    /// <summary>Ends the innermost collection where its last child, or its bracket, ended.</summary>
    private bool Close()
    {
        ref var entry = ref table[frames.Last.Node];
        entry.End = lastEnd;
        entry.Next = table.Count;
        frames.RemoveLast();
        return true;
    }

    private bool Add(in YamlEntry entry)
    {
        if (table.Count == limits.MaximumNodes) return Fail(Fault.TooManyNodes, entry.Start);
        table.Add(entry);
        if (entry.Kind is YamlKind.Scalar or YamlKind.Alias) lastEnd = entry.End;
        return true;
    }

    private bool TakeToken()
    {
        scanner.Take();
        return true;
    }
}
