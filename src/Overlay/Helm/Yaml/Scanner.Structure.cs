namespace OdooSky.GitOps.Overlay.Helm.Yaml;

/// <summary>Indentation, keys and the indicators that make structure.</summary>
internal ref partial struct Scanner
{
    private bool FetchEnd()
    {
        cursor.EndLine();
        Unroll(-1);
        if (!DropKey()) return false;
        keyAllowed = false;
        queue.Add(At(TokenKind.End, 0));
        return true;
    }

    private bool FetchDocumentMark()
    {
        Unroll(-1);
        if (!DropKey()) return false;
        keyAllowed = false;
        return AddIndicator(cursor.Current == (byte)'-' ? TokenKind.DocumentStart : TokenKind.DocumentEnd, 3);
    }

    private bool FetchFlowStart(TokenKind kind)
    {
        if (!SaveKey()) return false;
        keys.Open(queue.NextNumber);
        flowLevel++;
        keyAllowed = true;
        return AddIndicator(kind, 1);
    }

    private bool FetchFlowEnd(TokenKind kind)
    {
        if (!DropKey()) return false;
        if (flowLevel > 0)
        {
            flowLevel--;
            keys.Close();
        }

        keyAllowed = false;
        return AddIndicator(kind, 1);
    }

    private bool FetchFlowEntry()
    {
        if (!DropKey()) return false;
        keyAllowed = true;
        return AddIndicator(TokenKind.FlowEntry, 1);
    }

    private bool FetchBlockEntry()
    {
        if (flowLevel == 0 && !keyAllowed) return Fail(Fault.SequenceHere);
        Roll(cursor.Column, queue.NextNumber, At(TokenKind.BlockSequence, 0));
        if (!DropKey()) return false;
        keyAllowed = true;
        return AddIndicator(TokenKind.BlockEntry, 1);
    }

    private bool FetchKey()
    {
        if (flowLevel == 0 && !keyAllowed) return Fail(Fault.KeyHere);
        Roll(cursor.Column, queue.NextNumber, At(TokenKind.BlockMapping, 0));
        if (!DropKey()) return false;
        keyAllowed = flowLevel == 0;
        return AddIndicator(TokenKind.Key, 1);
    }

    private bool FetchValue()
    {
        ref var candidate = ref keys.Current;
        if (!IsStillKey(ref candidate, out var isKey)) return false;
        if (isKey)
        {
            InsertKey(candidate);
            keys.Drop();
            keyAllowed = false;
        }
        else
        {
            if (flowLevel == 0 && !keyAllowed) return Fail(Fault.ValueHere);
            Roll(cursor.Column, queue.NextNumber, At(TokenKind.BlockMapping, 0));
            keyAllowed = flowLevel == 0;
        }

        return AddIndicator(TokenKind.Value, 1);
    }

    private void InsertKey(in KeyCandidate candidate)
    {
        var token = new Token { Kind = TokenKind.Key, Start = candidate.Position, End = candidate.Position };
        queue.Insert(candidate.Number, token);
        Roll(candidate.Column, candidate.Number, token with { Kind = TokenKind.BlockMapping });
    }

    private bool AddIndicator(TokenKind kind, int width)
    {
        queue.Add(At(kind, width));
        cursor.SkipAscii(width);
        return true;
    }

    /// <summary>Opens a block collection when the column is deeper than the one around it.</summary>
    private void Roll(int column, int number, in Token token)
    {
        if (flowLevel > 0 || indent >= column) return;
        indents.Add(indent);
        indent = column;
        queue.Insert(number, token);
    }

    /// <summary>Closes the block collections that are deeper than a column.</summary>
    private void Unroll(int column)
    {
        while (flowLevel == 0 && indent > column)
        {
            queue.Add(At(TokenKind.BlockEnd, 0));
            indent = indents.Last;
            indents.RemoveLast();
        }
    }

    private bool SaveKey()
    {
        if (!keyAllowed) return true;
        if (!DropKey()) return false;
        keys.Save(new KeyCandidate
        {
            IsPossible = true,
            IsHeld = true,
            IsRequired = flowLevel == 0 && indent == cursor.Column,
            Number = queue.NextNumber,
            Position = cursor.Position,
            Line = cursor.Line,
            Column = cursor.Column,
        });
        return true;
    }

    private bool DropKey()
    {
        if (!keys.Current.IsPossible) return true;
        if (keys.Current.IsRequired) return Fail(Fault.KeyWithoutColon);
        keys.Drop();
        return true;
    }

    private bool IsStillKey(ref KeyCandidate candidate, out bool isKey)
    {
        isKey = KeyCandidates.IsInReach(candidate, cursor);
        if (isKey || !candidate.IsPossible) return true;
        if (candidate.IsRequired) return Fail(Fault.KeyWithoutColon);
        candidate.IsPossible = false;
        return true;
    }
}
