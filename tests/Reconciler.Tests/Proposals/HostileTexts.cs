using System.Collections.Immutable;

namespace OdooSky.GitOps.Reconciler.Tests.Proposals;

/// <summary>What people and programs have written into fields to make a page say something else.</summary>
internal static class HostileTexts
{
    public static ImmutableArray<string> All { get; } =
    [
        "`", "``", "`` ` ``", "```", "````", "~~~", "`code` and `more`", "ends in `", "` begins",
        "a|b", "||", "\\|", "`|`", "| a | b |",
        "<b>bold</b>", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "</details>", "<details open>", "</code></summary>", "<!-- hidden", "-->", "--> <b>", "<!-- odoosky: {} -->", "&lt;b&gt;", "&#x60;",
        "@everyone", "@octocat please look", "#1", "closes #1", "Fixes: #12", "Resolves owner/repo#3", "GH-1",
        "[link](https://evil.example)", "![image](https://evil.example/x.png)", "https://evil.example", "[x]: https://evil.example",
        "# Heading", "### What to do next", "- [x] done", "1. one", "> quote", "***", "---", "===", "*a* _b_ **c** ~~d~~",
        "line\nbreak", "line\r\nbreak", "two\n\nparagraphs", "\n```\n# out\n", "a\u2028b\u2029c\u0085d\ve\ff", "tab\tand  blanks  ",
        "bidi \u202eevil\u202c", "\u2066isolate\u2069", "\u200bzero\u200c\u200d\ufeff", "\u0000null", "\u001b[31mred\u001b[0m", "\u0007bell", "del\u007f", "soft\u00adhyphen",
        "Odoosky-Restart: no", "x\nOdoosky-Restart: no", "Signed-off-by: Nobody <n@x>", "x\n\nCo-authored-by: Nobody <n@x>", "--", "---\ncut", "$$x$$", "${{ secrets.TOKEN }}", "$(id)", "{{ .Values }}",
        "\ud83d\ude00", new string('x', 5000), new string('`', 299), string.Concat(Enumerable.Repeat("\ud83d\ude00", 200)), "\ud800 alone",
    ];

    public static Xunit.TheoryData<int> Numbers { get; } = [.. Enumerable.Range(0, All.Length)];
}
