namespace OdooSky.GitOps.Overlay.Helm;

/// <summary>
/// Whether a text is a date or a time as Go's time.Parse takes it. It stays text either way; only the tag <c>!!timestamp</c>
/// insists on one.
/// </summary>
internal ref struct Timestamp(ReadOnlySpan<byte> text)
{
    private ReadOnlySpan<byte> rest = text;

    public static bool IsOne(ReadOnlySpan<byte> text)
    {
        var whole = new Timestamp(text);
        return whole.Read();
    }

    private bool Read()
    {
        if (rest.Length < 5 || rest[..4].ContainsAnyExceptInRange((byte)'0', (byte)'9')) return false;
        var year = 0;
        foreach (var digit in rest[..4]) year = (year * 10) + digit - '0';
        rest = rest[4..];
        if (!Take('-') || !Number(1, 12, out var month) || !Take('-') || !Number(1, 31, out var day)) return false;
        if (day > DaysIn(year, month)) return false;
        if (rest.IsEmpty) return true;
        var hasZone = rest[0] is (byte)'T' or (byte)'t';
        if (!hasZone && rest[0] != (byte)' ') return false;
        rest = hasZone ? rest[1..] : rest.TrimStart((byte)' ');
        return ReadTime() && (!hasZone || ReadZone()) && rest.IsEmpty;
    }

    private bool ReadTime()
    {
        if (!Number(0, 23, out _) || !Take(':') || !Number(0, 59, out _) || !Take(':') || !Number(0, 59, out _)) return false;
        if (rest.Length < 2 || rest[0] is not ((byte)'.' or (byte)',') || !Yaml.Characters.IsDigit(rest[1])) return true;
        rest = rest[1..].TrimStart("0123456789"u8);
        return true;
    }

    private bool ReadZone()
    {
        if (Take('Z')) return true;
        if (!Take('+') && !Take('-')) return false;
        if (rest.Length != 5 || rest[2] != (byte)':') return false;
        return Number(0, 24, out _) && Take(':') && Number(0, 60, out _) && rest.IsEmpty;
    }

    private bool Take(char wanted)
    {
        if (rest.IsEmpty || rest[0] != wanted) return false;
        rest = rest[1..];
        return true;
    }

    private bool Number(int least, int most, out int value)
    {
        value = 0;
        var count = 0;
        while (count < 2 && count < rest.Length && Yaml.Characters.IsDigit(rest[count])) value = (value * 10) + rest[count++] - '0';
        rest = rest[count..];
        return count > 0 && value >= least && value <= most;
    }

    private static int DaysIn(int year, int month) => year == 0 ? (month == 2 ? 29 : DateTime.DaysInMonth(4, month)) : DateTime.DaysInMonth(year, month);
}
