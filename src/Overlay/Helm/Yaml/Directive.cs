namespace OdooSky.GitOps.Overlay.Helm.Yaml;

/// <summary><c>%YAML 1.1</c> and <c>%TAG handle prefix</c>, the two directives that Helm knows.</summary>
internal static class Directive
{
    /// <summary>Over one directive with its line break.</summary>
    /// <param name="cursor">On the percent sign.</param>
    /// <returns>What is wrong.</returns>
    public static Fault Skip(ref Cursor cursor)
    {
        cursor.SkipAscii(1);
        var isRight = SkipName(ref cursor, "YAML"u8) ? SkipVersion(ref cursor) : SkipName(ref cursor, "TAG"u8) && SkipTag(ref cursor);
        if (!isRight) return Fault.BadDirective;
        cursor.SkipBlanks();
        cursor.SkipComment();
        if (!cursor.AtBreakOrEnd) return Fault.BadDirective;
        if (cursor.AtBreak) cursor.SkipBreak();
        return Fault.None;
    }

    /// <summary>Whether the directive at a place is the version, and 1.1.</summary>
    public static bool IsVersion(ReadOnlySpan<byte> directive, out bool isKnown)
    {
        var isVersion = directive.StartsWith("%YAML"u8);
        var number = isVersion ? directive[5..].TrimStart(" \t"u8) : default;
        var dot = number.IndexOf((byte)'.');
        isKnown = dot > 0 && IsOne(number[..dot]) && IsOne(Digits(number[(dot + 1)..]));
        return isVersion;
    }

    /// <summary>Handle and prefix of a <c>%TAG</c> directive.</summary>
    public static (string Handle, string Prefix) TagRule(ReadOnlySpan<byte> directive)
    {
        var cursor = new Cursor(directive, "%TAG".Length, "%TAG".Length);
        cursor.SkipBlanks();
        var start = cursor.Position;
        TagText.SkipHandle(ref cursor);
        var handle = TagText.Decode(directive[start..cursor.Position]);
        cursor.SkipBlanks();
        start = cursor.Position;
        TagText.SkipUri(ref cursor, 1);
        return (handle, TagText.Decode(directive[start..cursor.Position]));
    }

    private static bool SkipName(ref Cursor cursor, ReadOnlySpan<byte> name)
    {
        if (!cursor.Text[cursor.Position..].StartsWith(name) || !cursor.IsBlankBreakOrEnd(cursor.Position + name.Length)) return false;
        cursor.SkipAscii(name.Length);
        return true;
    }

    private static bool SkipVersion(ref Cursor cursor)
    {
        cursor.SkipBlanks();
        if (!SkipNumber(ref cursor) || cursor.Current != (byte)'.') return false;
        cursor.SkipAscii(1);
        return SkipNumber(ref cursor);
    }

    private static bool SkipNumber(ref Cursor cursor)
    {
        var start = cursor.Position;
        while (Characters.IsDigit(cursor.Current)) cursor.SkipAscii(1);
        return cursor.Position - start is 1 or 2;
    }

    private static bool SkipTag(ref Cursor cursor)
    {
        cursor.SkipBlanks();
        if (cursor.Current != (byte)'!') return false;
        var start = cursor.Position;
        if (!TagText.SkipHandle(ref cursor) && cursor.Position - start > 1) return false;
        if (!cursor.AtBlank) return false;
        cursor.SkipBlanks();
        return TagText.SkipUri(ref cursor, 1) && cursor.IsBlankBreakOrEnd(cursor.Position);
    }

    private static ReadOnlySpan<byte> Digits(ReadOnlySpan<byte> text)
    {
        var count = 0;
        while (count < text.Length && Characters.IsDigit(text[count])) count++;
        return text[..count];
    }

    private static bool IsOne(ReadOnlySpan<byte> digits) => digits.SequenceEqual("1"u8) || digits.SequenceEqual("01"u8);
}
