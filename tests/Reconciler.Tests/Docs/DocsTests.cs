using System.Text.RegularExpressions;
using OdooSky.GitOps.Reconciler.Cli;
using OdooSky.GitOps.Reconciler.Settings;
using OdooSky.GitOps.Reconciler.Tests.House;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Docs;

/// <summary>What the pages say of codes, links, settings and fields is true of the program.</summary>
public sealed partial class DocsTests
{
    [Fact]
    public void Each_problem_code_of_the_program_has_one_row_and_each_row_its_code()
    {
        var inSource = SourceFile.All.SelectMany(file => file.Lines).SelectMany(line => ProblemCode().Matches(line)).Select(match => match.Value)
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        var inPage = DocPage.Of("docs/reference/problems.md").Lines.Select(line => ProblemRow().Match(line)).Where(match => match.Success)
            .Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal);

        Assert.Equal(inSource, inPage);
    }

    [Fact]
    public void No_page_speaks_of_a_problem_code_that_is_not_there()
    {
        var known = SourceFile.All.SelectMany(file => file.Lines).SelectMany(line => ProblemCode().Matches(line)).Select(match => match.Value)
            .ToHashSet(StringComparer.Ordinal);

        Assert.Empty(DocPage.All.SelectMany(page => page.Lines.SelectMany(line => ProblemCode().Matches(line))
            .Where(match => !known.Contains(match.Value)).Select(match => $"{page.Path}: {match.Value}")));
    }

    [Fact]
    public void Each_relative_link_leads_to_a_file_or_folder()
    {
        var broken = DocPage.All.SelectMany(page => page.Prose().SelectMany(line => Link().Matches(line.Text)
            .Select(link => link.Groups[1].Value)
            .Where(target => !target.Contains("://", StringComparison.Ordinal) && !Path.Exists(Path.Combine(page.Folder, target)))
            .Select(target => $"{page.Path}:{line.Line}: {target}")));

        Assert.Empty(broken);
    }

    [Fact]
    public void Each_page_below_docs_can_be_reached_from_the_index()
    {
        var index = DocPage.Of("docs/README.md");
        var listed = index.Prose().SelectMany(line => Link().Matches(line.Text)).Select(link => "docs/" + link.Groups[1].Value);

        Assert.Empty(DocPage.All.Select(page => page.Path).Where(path => path.StartsWith("docs/", StringComparison.Ordinal))
            .Except(listed, StringComparer.Ordinal).Except([index.Path], StringComparer.Ordinal));
    }

    [Fact]
    public void Each_setting_has_a_row_with_its_default()
    {
        var rows = Rows("docs/reference/settings.md");
        var shown = new SettingsLayers().Resolve(null).Settings!.View();

        Assert.All(shown, setting =>
        {
            var row = Assert.Single(rows, row => row[0] == $"`{setting.Key}`");
            if (setting.Value.Length > 0) Assert.Equal($"`{setting.Value}`", row[1]);
            else Assert.Contains(row[1], (string[])["none", "required"]);
        });
    }

    [Fact]
    public void Each_exit_code_has_a_row()
    {
        var rows = Rows("docs/reference/exit-codes.md").Select(row => row[0]).Skip(1);

        Assert.Equal(ExitCodes.Meanings.Select(code => $"{(int)code.Code}"), rows);
    }

    [Theory]
    [InlineData("PlanJson.cs", "plan-json.md")]
    [InlineData("ApplyVerb.cs", "plan-json.md")]
    [InlineData("ValidateVerb.cs", "plan-json.md")]
    [InlineData("ProofPrinter.cs", "verify-json.md")]
    [InlineData("DriftVerb.cs", "verify-json.md")]
    public void Each_field_of_the_json_output_is_described(string file, string reference)
    {
        var page = string.Join('\n', DocPage.Of("docs/reference/" + reference).Lines);
        var fields = SourceFile.All.Single(source => source.Path == "src/Reconciler/Cli/" + file).Lines
            .SelectMany(line => JsonField().Matches(line)).Select(match => match.Groups[1].Value).ToList();

        Assert.NotEmpty(fields);
        Assert.All(fields, field => Assert.Matches($@"[`{{ .]{field}[`}},.]", page));
    }

    private static List<string[]> Rows(string page) =>
    [
        .. DocPage.Of(page).Lines.Where(line => line.StartsWith("| ", StringComparison.Ordinal))
            .Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries)),
    ];

    [GeneratedRegex(@"\bOSG[0-9]{4}\b")]
    private static partial Regex ProblemCode();

    [GeneratedRegex(@"^\| (OSG[0-9]{4}) \|")]
    private static partial Regex ProblemRow();

    [GeneratedRegex(@"\]\(([^)#\s]+)(?:#[^)]*)?\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"\[""(\w+)""\]")]
    private static partial Regex JsonField();
}
