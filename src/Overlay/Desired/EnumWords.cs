using System.Collections.Immutable;
using System.Text;

namespace OdooSky.GitOps.Overlay.Desired;

/// <summary>The words by which files name the members of an enumeration: kebab case, <c>AuditOnly</c> is <c>audit-only</c>.</summary>
public static class EnumWords
{
    /// <summary>All words, in the order of the members.</summary>
    /// <typeparam name="T">The enumeration.</typeparam>
    /// <returns>The words.</returns>
    public static ImmutableArray<string> Of<T>()
        where T : struct, Enum => [.. Enum.GetNames<T>().Select(Kebab)];

    /// <summary>The word of a member.</summary>
    /// <typeparam name="T">The enumeration.</typeparam>
    /// <param name="member">A named member.</param>
    /// <returns>Its word.</returns>
    public static string Word<T>(T member)
        where T : struct, Enum => Kebab(member.ToString());

    /// <summary>The member that a word names.</summary>
    /// <typeparam name="T">The enumeration.</typeparam>
    /// <param name="word">A word, compared exactly.</param>
    /// <returns>The member, or null.</returns>
    public static T? TryParse<T>(string word)
        where T : struct, Enum
    {
        var at = Of<T>().IndexOf(word, StringComparer.Ordinal);
        return at < 0 ? null : Enum.GetValues<T>()[at];
    }

    private static string Kebab(string name)
    {
        var word = new StringBuilder();
        foreach (var c in name)
        {
            if (char.IsAsciiLetterUpper(c) && word.Length > 0) word.Append('-');
            word.Append(char.ToLowerInvariant(c));
        }

        return word.ToString();
    }
}
