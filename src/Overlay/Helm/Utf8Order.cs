namespace OdooSky.GitOps.Overlay.Helm;

/// <summary>
/// Orders text as Go does: by UTF-8 bytes, which is by code point. .NET's ordinal order differs where a surrogate pair
/// meets U+E000 to U+FFFF.
/// </summary>
public sealed class Utf8Order : IComparer<string>
{
    private Utf8Order()
    {
    }

    /// <summary>The only order.</summary>
    public static Utf8Order Instance { get; } = new();

    /// <inheritdoc/>
    public int Compare(string? x, string? y)
    {
        if (x is null || y is null) return string.CompareOrdinal(x, y);
        var length = Math.Min(x.Length, y.Length);
        for (var i = 0; i < length; i++)
        {
            char left = x[i], right = y[i];
            if (left == right) continue;
            if (char.IsSurrogate(left) != char.IsSurrogate(right)) return char.IsSurrogate(left) ? 1 : -1;
            return left - right;
        }

        return x.Length - y.Length;
    }
}
