using FsCheck;
using FsCheck.Fluent;
using OdooSky.GitOps.Overlay.Plan;
using Xunit;

namespace OdooSky.GitOps.Overlay.Tests.Plan;

public sealed class LineDiffTests
{
    [Fact]
    public void Equal_texts_have_no_hunks() => Assert.Equal(string.Empty, LineDiff.Unified("a\nb\n", "a\nb\n"));

    [Fact]
    public void Line_ends_do_not_count() => Assert.Equal(string.Empty, LineDiff.Unified("a\r\nb\r\n", "a\nb\n"));

    [Fact]
    public void A_changed_line_stands_with_three_lines_around_it() =>
        Assert.Equal(
            "@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n",
            LineDiff.Unified("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n"));

    [Fact]
    public void A_new_text_is_all_added() => Assert.Equal("@@ -0,0 +1,2 @@\n+a\n+b\n", LineDiff.Unified(string.Empty, "a\nb\n"));

    [Fact]
    public void A_removed_text_is_all_gone() => Assert.Equal("@@ -1,1 +0,0 @@\n-a\n", LineDiff.Unified("a\n", string.Empty));

    [Fact]
    public void Changes_far_apart_stand_in_two_hunks()
    {
        var before = string.Concat(Enumerable.Range(1, 30).Select(i => $"{i}\n"));
        var after = before.Replace("\n3\n", "\nthree\n").Replace("\n25\n", "\n");

        Assert.Equal(2, LineDiff.Unified(before, after).Split("@@ -").Length - 1);
    }

    [Fact]
    public void Applying_the_diff_gives_the_second_text()
    {
        var lines = Gen.Elements("a", "b", "c", "d").ListOf().Select(list => string.Concat(list.Select(line => line + "\n")));

        Prop.ForAll(Arb.From(lines), Arb.From(lines), (before, after) => Apply(before, LineDiff.Unified(before, after)) == after)
            .QuickCheckThrowOnFailure();
    }

    private static string Apply(string before, string diff)
    {
        var old = before.Split('\n')[..^1];
        var result = new List<string>();
        var at = 0;
        foreach (var line in diff.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.StartsWith("@@", StringComparison.Ordinal))
            {
                var parts = line.Split(' ')[1][1..].Split(',').Select(int.Parse).ToArray();
                var start = parts[1] == 0 ? parts[0] : parts[0] - 1;
                while (at < start) result.Add(old[at++]);
            }
            else if (line[0] == '+') result.Add(line[1..]);
            else
            {
                Assert.Equal(old[at], line[1..]);
                if (line[0] == ' ') result.Add(old[at]);
                at++;
            }
        }

        result.AddRange(old[at..]);
        return string.Concat(result.Select(line => line + "\n"));
    }
}
