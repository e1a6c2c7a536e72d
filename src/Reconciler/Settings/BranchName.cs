using System.Buffers;

namespace OdooSky.GitOps.Reconciler.Settings;

/// <summary>Which texts are names of branches.</summary>
internal static class BranchName
{
    private const int MaximumLength = 200;
    private static readonly SearchValues<char> Forbidden = SearchValues.Create(" ~^:?*[\\");

    /// <summary>Source: git's rules for ref names (git check-ref-format --branch).</summary>
    public static bool IsValid(string name) =>
        name.Length is > 0 and <= MaximumLength
        && name[0] != '-' && name != "@" && name != "HEAD" && !name.EndsWith('.')
        && !name.AsSpan().ContainsAny(Forbidden) && !name.Any(char.IsControl)
        && !name.Contains("..", StringComparison.Ordinal) && !name.Contains("@{", StringComparison.Ordinal)
        && name.Split('/').All(part => part.Length > 0 && part[0] != '.' && !part.EndsWith(".lock", StringComparison.Ordinal));
}
