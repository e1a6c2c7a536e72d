using System.Collections.Immutable;
using System.CommandLine;
using System.Text;
using System.Text.Json.Nodes;
using OdooSky.GitOps.Overlay.Helm;

namespace OdooSky.GitOps.Reconciler.Cli;

/// <summary><c>odoosky hash</c>: the addons hash that Helm renders from values files.</summary>
internal static class HashVerb
{
    private static readonly Option<string[]> Files = new("--values", "-f") { Description = "a values file; - reads stdin; may be repeated", HelpName = "FILE" };
    private static readonly Option<string?> Chart = new("--chart") { Description = "the chart's folder, for its values.yaml", HelpName = "DIR" };
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
        var chart = parsed.GetValue(ChartValues) ?? (parsed.GetValue(Chart) is { } folder ? Path.Combine(folder, "values.yaml") : null);
        if (paths.Length == 0 && chart is null) return Refuse(terminal, "name at least one values file with -f, or a chart with --chart.");
        var missing = paths.Where(path => path != "-").Append(chart).FirstOrDefault(path => path is not null && !File.Exists(surroundings.PathOf(path)));
        if (missing is not null) return Refuse(terminal, $"{missing}: there is no such file.");
        var input = new HelmInput
        {
            Files = [.. paths.Select(path => Read(surroundings, path))],
            ChartValues = chart is null ? null : Read(surroundings, chart),
            Arguments = Arguments(parsed),
            Version = parsed.GetValue(CommonOptions.Helm) is { } version ? HelmVersion.TryParse(version) : null,
        };
        if (parsed.GetValue(Explain)) Tell(terminal, paths, input.Files);
        return Print(terminal, HelmValues.Read(input), [.. paths]);
    }

    private static void Tell(Terminal terminal, string[] paths, ImmutableArray<ReadOnlyMemory<byte>> files)
    {
        foreach (var (path, text) in paths.Zip(files))
            foreach (var finding in ValuesLint.Look(text))
                terminal.Say($"{path}:{finding.Line}:{finding.Column}: Helm reads {finding.Written} as {finding.Reads} ({finding.Rule}); write {finding.Write}");
    }

    private static ExitCode Print(Terminal terminal, HelmReading<HelmMap> reading, ImmutableArray<string> paths)
    {
        if (reading.Failure is { } failure)
        {
            var place = failure.File >= 0 && failure.File < paths.Length ? paths[failure.File] : failure.File == -1 ? "the chart's values.yaml" : "the arguments";
            var line = failure.Line > 0 ? $":{failure.Line}:{failure.Column}" : string.Empty;
            var word = failure.Kind == FailureKind.HelmFails ? "Helm fails" : "no certain answer";
            terminal.Fail(failure.Kind == FailureKind.HelmFails ? "OSG0301" : "OSG0302", $"{place}{line}: {word} ({failure.Rule}): {failure.Message}");
            return ExitCode.Error;
        }

        var addons = reading.Value!.Find("addons");
        var hash = AddonsHash.Of(addons);
        if (AddonsHash.LooksLikeNumber(hash))
            terminal.Say($"warning OSG0503: {hash} is a number in YAML; a chart that does not quote the annotation fails to sync.");
        if (terminal.Format == OutputFormat.Text) terminal.Print(hash);
        else terminal.PrintData(new JsonObject { ["hash"] = hash, ["json"] = Encoding.UTF8.GetString(GoJson.Write(addons ?? HelmNull.Instance)) });
        return ExitCode.Ok;
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
