using System.Collections.Immutable;

namespace OdooSky.GitOps.Overlay.Tests.Desired;

/// <summary>
/// Texts that are no instance code, and would break out of a path, shell, SQL, a regular expression, YAML, Markdown or DNS.
/// The tools and the chart's schema must both refuse them all.
/// </summary>
internal static class HostileCodes
{
    private static readonly string[] Bare =
    [
        "", " ", ".", "..", "...", "../x", "..\\x", "/etc/passwd", "\\\\host\\share", "a/b", "a\\b", "./a", "a/..", "~", "~root", "%2e%2e", "%2e%2e%2fx", "%00", "a%0ab",
        ".git", ".git/hooks/x", ".GIT", "git~1", ".gitmodules", "HEAD", "refs/heads/x", "a.lock", "a..b", "a@{1}", "@", "a^", "a~1", "a:b", "a?b", "a*b", "a[b", "-", "-x", "--upload-pack=x",
        "a-", "1a", "0", "007", "A", "Acme", "aCme", "ACME", "a_b", "a.b", "a b", "a\tb", "a\nb", "a\rb", "a\0b", "\0", "a;b", "a|b", "a&b", "a$b", "$(id)", "`id`", "a'b", "a\"b", "a<b", "a>b",
        "a(b)", "a{b}", "{{ x }}", "a#b", "a!b", "a=b", "a+b", "a,b", "con.txt", "é", "ñandu", "ａｃｍｅ", "аcme", "acme\u200B", "\u202Eacme", "acme\u2066x", "acme\uFEFF", "acme\u0300", "日本", "😀", "acme\u00AD", "ı", "ſ",
        "' OR 1=1 --", "acme'; DROP TABLE x; --", "<script>", "](http://x)", "@everyone", "^acme$", ".*", "a|b", "(?i)a", "acme\u2028x", "acme\u2029x", "acme\u0085x", "acme\u007F", "null ", "true\n",
        "postgres", "template0", "template1",
    ];

    /// <summary>Every text once.</summary>
    public static ImmutableHashSet<string> All
    {
        get
        {
            var codes = Bare.ToHashSet(StringComparer.Ordinal);
            codes.UnionWith(Enumerable.Range(41, 60).Select(length => new string('a', length)));
            codes.Add(new string('a', 300));
            codes.UnionWith(Enumerable.Range(0, 128).Select(c => (char)c).Where(c => !char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '-').Select(c => $"ac{c}me"));
            codes.UnionWith(Bare.Where(code => code.Length > 0).Take(60).Select(code => "acme" + code).Where(code => !code.EndsWith("acme-x", StringComparison.Ordinal) && code is not "acme0" and not "acme007" and not "acme1a"));
            return codes.ToImmutableHashSet(StringComparer.Ordinal);
        }
    }
}
