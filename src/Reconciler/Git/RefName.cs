using System.Text;

namespace OdooSky.GitOps.Reconciler.Git;

/// <summary>A full ref name, <c>refs/heads/main</c>, after the rules of <c>git check-ref-format</c>.</summary>
internal sealed record RefName
{
    private const string Heads = "refs/heads/";
    private const string Refused = " ~^:?*[\\";
    private const int LongestPart = 200;

    private RefName(string text) => Text = text;

    public string Text { get; }

    /// <summary>The name without <c>refs/heads/</c>, or null when it is no branch.</summary>
    public string? BranchName => Text.StartsWith(Heads, StringComparison.Ordinal) ? Text[Heads.Length..] : null;

    public static RefName? TryParse(string? text) =>
        text is not null && text.StartsWith("refs/", StringComparison.Ordinal) && IsName(text) ? new RefName(text) : null;

    /// <summary>The branch <c>main</c> as <c>refs/heads/main</c>.</summary>
    public static RefName? TryBranch(string? name) =>
        string.IsNullOrEmpty(name) || name[0] == '-' || string.Equals(name, "HEAD", StringComparison.Ordinal) ? null : TryParse(Heads + name);

    /// <summary>Where the cache keeps what the remote's ref points at.</summary>
    public string InCache => "refs/odoosky/remote/" + Text["refs/".Length..];

    /// <summary>Where the cache keeps commits that are made for this ref and may not be pushed yet.</summary>
    public string Work => "refs/odoosky/work/" + Text["refs/".Length..];

    public override string ToString() => Text;

    private static bool IsName(string text) =>
        text.IsNormalized(NormalizationForm.FormC)
        && !text.Any(c => char.IsControl(c) || char.IsSurrogate(c) || Refused.Contains(c, StringComparison.Ordinal))
        && !text.Contains("..", StringComparison.Ordinal)
        && !text.Contains("@{", StringComparison.Ordinal)
        && !text.EndsWith('.')
        && text.Split('/') is { Length: >= 3 } parts && parts.All(IsPart);

    private static bool IsPart(string part) =>
        part.Length is > 0 and <= LongestPart && part[0] != '.' && !part.EndsWith(".lock", StringComparison.Ordinal);
}
