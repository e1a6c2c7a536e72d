using System.Text;
using OdooSky.GitOps.Overlay.Desired;
using Xunit;

namespace OdooSky.GitOps.Overlay.Tests.Desired;

public sealed class HostileCodeTests
{
    private static readonly string[] Bare =
    [
        "", " ", ".", "..", "...", "../x", "..\\x", "/etc/passwd", "\\\\host\\share", "a/b", "a\\b", "./a", "a/..", "~", "~root", "%2e%2e", "%2e%2e%2fx", "%00", "a%0ab",
        ".git", ".git/hooks/x", ".GIT", "git~1", ".gitmodules", "HEAD", "refs/heads/x", "a.lock", "a..b", "a@{1}", "@", "a^", "a~1", "a:b", "a?b", "a*b", "a[b", "-", "-x", "--upload-pack=x",
        "a-", "1a", "0", "007", "A", "Acme", "aCme", "ACME", "a_b", "a.b", "a b", "a\tb", "a\nb", "a\rb", "a\0b", "\0", "a;b", "a|b", "a&b", "a$b", "$(id)", "`id`", "a'b", "a\"b", "a<b", "a>b",
        "a(b)", "a{b}", "{{ x }}", "a#b", "a!b", "a=b", "a+b", "a,b", "con.txt", "é", "ñandu", "ａｃｍｅ", "аcme", "acme\u200B", "\u202Eacme", "acme\u2066x", "acme\uFEFF", "acme\u0300", "日本", "😀", "acme\u00AD", "ı", "ſ",
        "' OR 1=1 --", "acme'; DROP TABLE x; --", "<script>", "](http://x)", "@everyone", "^acme$", ".*", "a|b", "(?i)a", "acme\u2028x", "acme\u2029x", "acme\u0085x", "acme\u007F", "null ", "true\n",
    ];

    public static TheoryData<string> Hostile
    {
        get
        {
            var codes = Bare.ToHashSet(StringComparer.Ordinal);
            codes.UnionWith(Enumerable.Range(41, 60).Select(length => new string('a', length)));
            codes.Add(new string('a', 300));
            codes.UnionWith(Enumerable.Range(0, 128).Select(c => (char)c).Where(c => !char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '-').Select(c => $"ac{c}me"));
            codes.UnionWith(Bare.Where(code => code.Length > 0).Take(60).Select(code => "acme" + code).Where(code => !code.EndsWith("acme-x", StringComparison.Ordinal) && code is not "acme0" and not "acme007" and not "acme1a"));
            return [.. codes];
        }
    }

    [Fact]
    public void The_list_is_long() => Assert.True(Hostile.Count >= 300, $"{Hostile.Count} codes");

    [Theory]
    [MemberData(nameof(Hostile))]
    public void A_hostile_code_is_refused_as_code_as_file_name_and_as_clone_source(string code)
    {
        var escaped = string.Concat(code.EnumerateRunes().Select(rune => $"\\U{rune.Value:X8}"));
        var text = $"apiVersion: odoosky.io/v1\nkind: Instance\ncode: \"{escaped}\"\ncloneFromCode: \"{escaped}\"\n";

        var file = InstanceFile.Read("desired/instances/acme.yaml", Encoding.UTF8.GetBytes(text), "blob");
        var named = InstanceFile.Read($"desired/instances/{code}.yaml", Encoding.UTF8.GetBytes(Wishes.Head), "blob");

        Assert.Null(InstanceCode.TryParse(code));
        Assert.Null(file.Wish);
        Assert.Equal(2, file.Problems.Count(problem => problem.Code is "OSG0121" or "OSG0112" or "OSG0113"));
        Assert.All(file.Problems, problem => Assert.Equal("acme", problem.Instance));
        Assert.All(file.Problems, problem => Assert.DoesNotContain(problem.ToString(), c => char.IsControl(c) || c is '\u202E' or '\u2066'));
        Assert.Contains(named.Problems, problem => problem.Severity == Severity.Error);
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public void A_hostile_code_never_reaches_the_desired_instances(string code)
    {
        var named = InstanceFile.Read($"desired/instances/{code}.yaml", Encoding.UTF8.GetBytes(Wishes.Head), "blob");

        var state = DesiredState.Combine([named], null, new DesiredRules());

        Assert.Empty(state.Instances);
        Assert.All(state.Broken, broken => Assert.NotNull(InstanceCode.TryParse(broken)));
    }
}
