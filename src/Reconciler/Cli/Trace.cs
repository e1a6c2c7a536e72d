using System.Collections.Immutable;
using System.Text.Json.Nodes;
using OdooSky.GitOps.Reconciler.Proposals;

namespace OdooSky.GitOps.Reconciler.Cli;

/// <summary>One step of a decision, with what it rests on.</summary>
/// <param name="Step">In one word: <c>desired</c>, <c>plan</c>, <c>guards</c>, <c>decision</c>, <c>merged</c>, <c>rollout</c>, <c>next</c>, …</param>
/// <param name="Says">What was decided or found, in one line.</param>
internal sealed record TraceStep(string Step, string Says)
{
    /// <summary>Field and value; what is empty was left out.</summary>
    public ImmutableArray<(string Field, string Value)> Evidence { get; init; } = [];

    /// <summary>The step with evidence.</summary>
    /// <param name="evidence">Field and value; what is null or empty is left out.</param>
    /// <returns>The step.</returns>
    public TraceStep With(params IEnumerable<(string Field, string? Value)> evidence) =>
        this with { Evidence = [.. evidence.Where(each => !string.IsNullOrEmpty(each.Value)).Select(each => (each.Field, each.Value!))] };
}

/// <summary>Why something is as it is: the decisions in the order in which they are made.</summary>
/// <param name="About">What is explained.</param>
/// <param name="Steps">The steps.</param>
internal sealed record Trace(string About, ImmutableArray<TraceStep> Steps)
{
    /// <summary>Prints it.</summary>
    /// <param name="terminal">Where.</param>
    /// <returns>Ok.</returns>
    public ExitCode Print(Terminal terminal)
    {
        if (terminal.Format != OutputFormat.Text)
        {
            terminal.PrintData(new JsonObject { ["about"] = About, ["steps"] = new JsonArray([.. Steps.Select(Data)]) });
            return ExitCode.Ok;
        }

        terminal.Print(About);
        foreach (var step in Steps)
        {
            terminal.Print($"{step.Step,-9} {PlainText.Line(step.Says)}");
            foreach (var (field, value) in step.Evidence) terminal.Print($"{string.Empty,-9}   {field} = {PlainText.Line(value)}");
        }

        return ExitCode.Ok;
    }

    private static JsonObject Data(TraceStep step) => new()
    {
        ["step"] = step.Step,
        ["says"] = step.Says,
        ["evidence"] = new JsonArray([.. step.Evidence.Select(each => new JsonObject { ["field"] = each.Field, ["value"] = each.Value })]),
    };
}
