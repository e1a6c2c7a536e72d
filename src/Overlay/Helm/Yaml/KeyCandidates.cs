namespace OdooSky.GitOps.Overlay.Helm.Yaml;

/// <summary>A token that turns out to be a key when a colon follows it, on the same line and within 1,024 characters.</summary>
internal struct KeyCandidate
{
    public bool IsPossible;
    public bool IsRequired;

    /// <summary>Whether the token is held back until its fate is known.</summary>
    public bool IsHeld;

    /// <summary>The token's number in the whole text.</summary>
    public int Number;
    public int Position;
    public int Line;
    public int Column;
}

/// <summary>
/// One candidate for each open bracket and one for the block around them. Numbers rise from level to level, so that the
/// question "is the token at the head held back?" needs only the first level that still matters.
/// </summary>
internal struct KeyCandidates()
{
    private const int LongestKey = 1024;

    private PooledList<KeyCandidate> levels = new(16);
    private int firstHeld;

    public readonly ref KeyCandidate Current => ref levels.Last;

    public readonly bool IsNested => levels.Count > 1;

    public void Open(int number) => levels.Add(new KeyCandidate { Number = number });

    public void Close()
    {
        // An empty collection's level bears the number of its own bracket, and goyaml lets go of that number here: the
        // bracket is no longer held back, although a colon may still follow ("{}: x" is read as "{}").
        Release(Current.Number);
        levels.RemoveLast();
        firstHeld = Math.Min(firstHeld, levels.Count);
    }

    public void Save(in KeyCandidate candidate)
    {
        levels.Last = candidate;
        firstHeld = Math.Min(firstHeld, levels.Count - 1);
    }

    public void Drop()
    {
        Current.IsPossible = false;
        Release(Current.Number);
    }

    /// <summary>The level of a held token.</summary>
    public bool TryFindHeld(int number, out int level)
    {
        while (firstHeld < levels.Count && (!levels[firstHeld].IsHeld || levels[firstHeld].Number < number)) firstHeld++;
        level = firstHeld;
        return level < levels.Count && levels[level].Number == number;
    }

    public readonly ref KeyCandidate At(int level) => ref levels[level];

    /// <summary>Whether a colon here would still make the candidate a key.</summary>
    public static bool IsInReach(in KeyCandidate candidate, in Cursor cursor) =>
        candidate.IsPossible && candidate.Line == cursor.Line && cursor.Column - candidate.Column <= LongestKey;

    public readonly void Release() => levels.Release();

    private void Release(int number)
    {
        if (Current.Number == number) Current.IsHeld = false;
        if (levels.Count > 1 && levels[levels.Count - 2].Number == number) levels[levels.Count - 2].IsHeld = false;
    }
}
