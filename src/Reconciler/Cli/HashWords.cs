using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using OdooSky.GitOps.Overlay.Helm;

namespace OdooSky.GitOps.Reconciler.Cli;

/// <summary>What <c>odoosky hash</c> says of one question.</summary>
/// <param name="terminal">Where it is said.</param>
/// <param name="paths">The values files as they were named.</param>
/// <param name="input">What was read.</param>
internal sealed class HashWords(Terminal terminal, ImmutableArray<string> paths, HelmInput input)
{
    /// <summary>What Helm reads otherwise than it looks, and what the hash does not know of the chart.</summary>
    /// <param name="chart">The chart's folder, or null.</param>
    public void Explain(ChartFolder? chart)
    {
        foreach (var (path, text) in paths.Zip(input.Files))
            foreach (var finding in ValuesLint.Traps(text, input.Version))
                terminal.Say(Line(path, finding));
        if (chart?.HasSchema == true) terminal.Say("The chart has a values.schema.json: Helm fails on values that it forbids, and it is not looked at here.");
    }

    /// <summary>Text that people may think counts.</summary>
    public void SayIgnored()
    {
        foreach (var (path, text) in paths.Zip(input.Files))
            foreach (var finding in ValuesLint.Ignored(text, input.Version))
                terminal.Say("warning OSG0509: " + Line(path, finding));
    }

    /// <summary>Helm does not know these files, but Argo CD does.</summary>
    /// <param name="chart">The chart's folder, or null.</param>
    public void SayOverrides(ChartFolder? chart)
    {
        foreach (var file in chart?.Overrides ?? [])
            terminal.Say($"warning OSG0511: Argo CD merges the chart's {file} over the Application's source; this hash is Helm's without it.");
    }

    /// <summary>Prints the hash, or why there is none.</summary>
    /// <param name="reading">The addons.</param>
    /// <returns>Error without a hash.</returns>
    public ExitCode Print(HelmReading<HelmValue> reading)
    {
        if (reading.Failure is { } failure) return Fail(failure);
        var addons = reading.Value!;
        var hash = AddonsHash.Of(addons);
        if (AddonsHash.LooksLikeNumber(hash))
            terminal.Say($"warning OSG0503: {hash} is a number in YAML; a chart that does not quote the annotation fails to sync.");
        if (terminal.Format == OutputFormat.Text) terminal.PrintExactly(hash);
        else terminal.PrintData(new JsonObject { ["hash"] = hash, ["json"] = Encoding.UTF8.GetString(GoJson.Write(addons)) });
        return ExitCode.Ok;
    }

    private ExitCode Fail(HelmFailure failure)
    {
        var place = failure.File >= 0 && failure.File < paths.Length ? paths[failure.File] : failure.File == -1 ? "the chart" : "the arguments";
        var line = failure.Line > 0 ? $":{failure.Line}:{failure.Column}" : string.Empty;
        var word = failure.Kind == FailureKind.HelmFails ? "Helm fails" : "no certain answer";
        terminal.Fail(failure.Kind == FailureKind.HelmFails ? "OSG0301" : "OSG0302", $"{place}{line}: {word} ({failure.Rule}): {failure.Message}");
        return ExitCode.Error;
    }

    private static string Line(string path, LintFinding finding) => $"{path}:{finding.Line}:{finding.Column}: {finding.What} ({finding.Rule}). {finding.Write}.";
}
