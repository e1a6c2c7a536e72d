using System.Globalization;
using System.Text;
using OdooSky.GitOps.Overlay.Desired;

namespace OdooSky.GitOps.Overlay.Tests.Document;

/// <summary>A line of a generated file and whose it is: people's (null), a row's (its code), a field's (code.field), or a value's path.</summary>
internal sealed record GeneratedLine(string Text, string? Owner);

/// <summary>A values file as people write them, with every habit chosen by chance: the same seed gives the same file.</summary>
internal sealed class GeneratedOverlay
{
    private static readonly string[] Codes = ["alpha", "beta", "gamma", "delta", "eps"];
    private readonly Dice random;
    private readonly List<GeneratedLine> lines = [];
    private readonly string indent;
    private readonly string dash;
    private readonly int gaps;
    private readonly char quote;
    private int comments;

    public GeneratedOverlay(int seed)
    {
        random = new(seed);
        indent = Pick("  ", "    ");
        dash = Pick("", "  ", "    ");
        gaps = random.Next(3);
        quote = Pick('"', '\'', ' ');
        Action[] sections = [Instance, Addons, Image, Resources, Hosts, Scalars, Anchors];
        random.Shuffle(sections);
        foreach (var section in sections)
        {
            Between();
            section();
        }

        Add("last: 1", null);
        Text = Assemble();
    }

    public IReadOnlyList<GeneratedLine> Lines => lines;

    public List<AddonRow> Rows { get; } = [];

    public byte[] Text { get; }

    /// <summary>Whether rows stand in brackets, where one line holds several owners.</summary>
    public bool InBrackets { get; private set; }

    /// <summary>Whether all fields of rows are written as this tool writes them.</summary>
    public bool HasOwnQuotes => quote == '"';

    public string Break { get; private set; } = "\n";

    private T Pick<T>(params T[] choices) => choices[random.Next(choices.Length)];

    private bool Chance(int percent) => random.Next(100) < percent;

    private void Add(string text, string? owner) => lines.Add(new(text, owner));

    private string Comment() => string.Create(CultureInfo.InvariantCulture, $"# remark {++comments}");

    private string Beside() => Chance(25) ? Pick(" ", "   ", "\t") + Comment() : string.Empty;

    private void Between()
    {
        if (Chance(40)) Add(Pick("", "", "  "), null);
        if (Chance(30)) Add(Comment(), null);
        if (Chance(15)) Add("", null);
    }

    private void Instance()
    {
        Add("instance:" + Beside(), null);
        Add($"{indent}code: {Pick("acme", "\"acme\"", "'acme'")}{Beside()}", null);
    }

    private void Addons()
    {
        var shape = random.Next(12);
        if (shape == 0) return;
        if (shape == 1) Add("addons: []" + Beside(), "addons");
        else if (shape == 2) Add(Pick("addons:", "addons: ~", "addons: null") + Beside(), "addons");
        else
        {
            Rows.AddRange(Codes[..random.Next(1, 6)].Select(Row));
            InBrackets = shape <= 4;
            if (InBrackets) BracketRows();
            else BlockRows();
        }
    }

    private AddonRow Row(string code) => Chance(20)
        ? new(code, AddonRow.BuiltinSource, "", "")
        : new(code, Chance(15) ? "" : Pick("oca", "vendor"), "registry.example/" + code, string.Create(CultureInfo.InvariantCulture, $"17.0.{random.Next(9)}"));

    private void BlockRows()
    {
        Add(Pick("addons:", "\"addons\":", "addons :") + Beside(), "addons");
        if (Chance(20)) Add(dash + Comment(), "heading");
        for (var i = 0; i < Rows.Count; i++)
        {
            if (i > 0 && (gaps == 0 || (gaps == 1 && Chance(40)))) Add("", "gap");
            if (Chance(20)) Add(dash + Comment(), Rows[i].Code);
            BlockRow(Rows[i]);
            if (Chance(10)) Add(dash + "    " + Comment(), Rows[i].Code);
        }
    }

    private void BlockRow(AddonRow row)
    {
        if (Chance(10))
        {
            Add($"{dash}- {{{string.Join(", ", Fields(row).Select(field => $"{field.Key}: {Quote(field.Text)}"))}}}{Beside()}", row.Code);
            return;
        }

        var fields = Fields(row).ToArray();
        if (Chance(20)) random.Shuffle(fields);
        var first = dash + "- ";
        foreach (var (key, text) in fields)
        {
            Add($"{first}{key}: {Quote(text)}{Beside()}", $"{row.Code}.{key}");
            first = dash + "  ";
            if (Chance(5)) Add(first + Comment(), row.Code);
        }

        if (Chance(10)) Add($"{first}extra: [1, {{a: b}}]", row.Code);
        if (Chance(10)) BlockScalar(first, "remark", row.Code);
    }

    private void BracketRows()
    {
        var rows = Rows.Select(row => $"{{{string.Join(", ", Fields(row).Select(field => $"{field.Key}: {Quote(field.Text)}"))}}}").ToList();
        if (Chance(50)) Add($"addons: [{string.Join(", ", rows)}]{Beside()}", "addons");
        else
        {
            Add("addons: [", "addons");
            for (var i = 0; i < rows.Count; i++) Add($"  {rows[i]}{(i + 1 < rows.Count || Chance(50) ? "," : "")}{Beside()}", Rows[i].Code);
            Add("]" + Beside(), "addons");
        }
    }

    private static IEnumerable<(string Key, string Text)> Fields(AddonRow row)
    {
        yield return ("code", row.Code);
        if (row.Source.Length > 0) yield return ("source", row.Source);
        if (row.Image.Length > 0) yield return ("image", row.Image);
        if (row.Version.Length > 0) yield return ("version", row.Version);
    }

    private string Quote(string text) => quote == ' ' ? text : quote + text + quote;

    private void Image()
    {
        if (Chance(20)) Add($"image: {{repository: odoo, tag: \"17.0\"}}{Beside()}", "image");
        else
        {
            Add("image:" + Beside(), null);
            Add($"{indent}repository: odoo{Beside()}", null);
            Add($"{indent}tag: {Pick("17.0", "\"17.0\"", "'17.0-1'", "~", "")}{Beside()}", "image");
            if (Chance(30)) Add(indent + Comment(), null);
        }
    }

    private void Resources()
    {
        if (Chance(20)) Add(Pick("resources: {}", "resources:", "resources: ~") + Beside(), "resources");
        else
        {
            Add("resources:" + Beside(), null);
            Add($"{indent}pg: {{limits: {{cpu: 1}}}}{Beside()}", null);
            Add($"{indent}odoo:{Beside()}", null);
            Add($"{indent}{indent}limits:", null);
            Add($"{indent}{indent}{indent}memory: 4Gi{Beside()}", null);
            Add($"{indent}{indent}{indent}cpu: {Pick("2", "\"2\"", "1.5")}{Beside()}", "resources");
        }
    }

    private void Hosts()
    {
        if (Chance(40)) Add($"hosts: [one, 'two']{Beside()}", "hosts");
        else
        {
            Add("hosts:" + Beside(), "hosts");
            Add($"{dash}- one{Beside()}", "hosts");
            Add($"{dash}- 'two'", "hosts");
        }
    }

    private void Scalars()
    {
        BlockScalar(string.Empty, "motd", null);
        Add("folded: \"a \\", null);
        Add("  b\"" + Beside(), null);
        Add("plain: some words", null);
        Add("  that go on", null);
    }

    private void BlockScalar(string prefix, string key, string? owner)
    {
        Add($"{prefix}{key}: {Pick("|", "|-", ">", owner is null ? "|+" : ">-")}", owner);
        Add($"{prefix}  addons:", owner);
        Add($"{prefix}  - code: alpha # not a row", owner);
        if (Chance(30)) Add("", owner is null ? null : "gap");
    }

    private void Anchors()
    {
        Add("x-base: &base {k: 1}" + Beside(), null);
        Add("x-copy: *base" + Beside(), null);
        Add("x-more:", null);
        Add("  <<: *base", null);
    }

    private string LineBreak() => Break == "mixed" ? Pick("\n", "\r\n") : Break;

    private byte[] Assemble()
    {
        Break = Pick("\n", "\n", "\r\n", "mixed");
        var text = new StringBuilder(Chance(10) ? "\uFEFF" : "");
        for (var i = 0; i < lines.Count; i++) text.Append(lines[i].Text).Append(i + 1 < lines.Count || Chance(80) ? LineBreak() : "");
        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
