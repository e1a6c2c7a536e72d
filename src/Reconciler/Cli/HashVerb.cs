using System.Collections.Immutable;
using System.CommandLine;
using OdooSky.GitOps.Overlay.Helm;

namespace OdooSky.GitOps.Reconciler.Cli;

/// <summary><c>odoosky hash</c>: the addons hash that Helm renders from values files.</summary>
internal static class HashVerb
{
    private static readonly Option<string[]> Files = new("--values", "-f") { Description = "a values file; - reads stdin; may be repeated", HelpName = "FILE" };
    private static readonly Option<string?> Chart = new("--chart") { Description = "the chart's folder, for its values.yaml and subcharts; its values.schema.json is not checked", HelpName = "DIR" };
    private static readonly Option<string?> ChartValues = new("--chart-values") { Description = "the chart's values.yaml", HelpName = "FILE" };
    private static readonly Option<string[]> Set = new("--set") { Description = "as Helm's --set; may be repeated", HelpName = "KEY=VALUE" };
    private static readonly Option<string[]> SetString = new("--set-string") { Description = "as Helm's --set-string; may be repeated", HelpName = "KEY=VALUE" };
    private static readonly Option<bool> Batch = new("--batch") { Description = "read JSON lines from stdin, answer each with a JSON line, in order" };

    private static readonly Option<bool> Explain = new("--explain") { Description = "say on stderr what Helm reads otherwise than it looks, with line and remedy" };

    /// <summary>Makes the verb.</summary>
    /// <param name="surroundings">What it runs with.</param>
    /// <returns>The verb.</returns>
    public static Verb Make(Surroundings surroundings)
    {
        var verb = new Verb(
            "hash",
            "Print the addons hash that Helm renders from values files, or say why it can't be known.",
            "odoosky hash -f instances/acme/values.yaml --chart charts/instance",
            "odoosky hash -f base.yaml -f acme.yaml --set addons[0].version=2 --helm 4",
            "odoosky hash --batch < questions.jsonl");
        foreach (var option in (Option[])[Files, Chart, ChartValues, Set, SetString, CommonOptions.Helm, Batch, Explain]) verb.Add(option);
        verb.Does((parsed, cancellationToken) => parsed.GetValue(Batch)
            ? HashBatch.RunAsync(surroundings, cancellationToken)
            : Task.FromResult(One(parsed, surroundings)));
        return verb;
    }

    private static ExitCode One(ParseResult parsed, Surroundings surroundings)
    {
        var terminal = surroundings.Terminal;
        if (parsed.GetValue(CommonOptions.Helm) is { } wanted && HelmVersion.TryParse(wanted) is null)
            return Refuse(terminal, $"--helm {wanted} is not a version that this program answers for; write 3, 4 or x.y.z.");
        var paths = parsed.GetValue(Files) ?? [];
        if (WhyMissing(parsed, surroundings, paths) is { } missing) return Refuse(terminal, missing);
        var chart = parsed.GetValue(Chart) is { } folder ? ChartFolder.Read(surroundings.PathOf(folder)) : null;
        var input = new HelmInput
        {
            Files = [.. paths.Select(path => Read(surroundings, path))],
            ChartValues = parsed.GetValue(ChartValues) is { } file ? Read(surroundings, file) : chart?.Values,
            Arguments = Arguments(parsed),
            Version = parsed.GetValue(CommonOptions.Helm) is { } version ? HelmVersion.TryParse(version) : null,
        };
        var words = new HashWords(terminal, [.. paths], input);
        if (parsed.GetValue(Explain)) words.Explain(chart);
        else words.SayIgnored();
        words.SayOverrides(chart);
        var refusal = chart is null ? null : SubchartRules.Check(chart.Parts, ["addons"]);
        return words.Print(refusal is null ? HelmValues.ReadAddons(input) : new HelmReading<HelmValue>(refusal));
    }

    private static string? WhyMissing(ParseResult parsed, Surroundings surroundings, string[] paths)
    {
        var (chart, values) = (parsed.GetValue(Chart), parsed.GetValue(ChartValues));
        if (paths.Length == 0 && chart is null && values is null) return "name at least one values file with -f, or a chart with --chart.";
        if (paths.Where(path => path != "-").Append(values).FirstOrDefault(path => path is not null && !File.Exists(surroundings.PathOf(path))) is { } missing)
            return $"{missing}: there is no such file.";
        return chart is null || File.Exists(surroundings.PathOf(Path.Combine(chart, "Chart.yaml")))
            ? null
            : $"{chart}: there is no Chart.yaml in it, without which Helm takes it for no chart; --chart-values names a values.yaml alone.";
    }

    private static ImmutableArray<string> Arguments(ParseResult parsed) =>
    [
        .. (parsed.GetValue(Set) ?? []).SelectMany(set => new[] { "--set", set }),
        .. (parsed.GetValue(SetString) ?? []).SelectMany(set => new[] { "--set-string", set }),
    ];

    private static ReadOnlyMemory<byte> Read(Surroundings surroundings, string path)
    {
        if (path != "-") return File.ReadAllBytes(surroundings.PathOf(path));
        using var copy = new MemoryStream();
        surroundings.Input.CopyTo(copy);
        return copy.ToArray();
    }

    private static ExitCode Refuse(Terminal terminal, string message)
    {
        terminal.Fail("OSG0001", message);
        return ExitCode.Error;
    }
}
