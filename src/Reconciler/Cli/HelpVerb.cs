using System.CommandLine;
using System.Text.Json.Nodes;

namespace OdooSky.GitOps.Reconciler.Cli;

/// <summary><c>odoosky help TOPIC</c>.</summary>
internal static class HelpVerb
{
    private const string ExitCodesTopic = "exit-codes";

    /// <summary>Makes the verb.</summary>
    /// <param name="surroundings">What it runs with.</param>
    /// <returns>The verb.</returns>
    public static Verb Make(Surroundings surroundings)
    {
        var topic = new Argument<string?>("topic") { Description = $"the topic: {ExitCodesTopic}", Arity = ArgumentArity.ZeroOrOne };
        topic.AcceptOnlyFromAmong(ExitCodesTopic);
        var verb = new Verb("help", "Explain a topic.", $"odoosky help {ExitCodesTopic}") { topic };
        verb.Does((parsed, _) => Task.FromResult(parsed.GetValue(topic) is null ? PrintTopics(surroundings.Terminal) : PrintExitCodes(surroundings.Terminal)));
        return verb;
    }

    private static ExitCode PrintTopics(Terminal terminal)
    {
        terminal.Print($"odoosky help {ExitCodesTopic}   what each exit code means");
        terminal.Print("odoosky --help             all verbs");
        terminal.Print("odoosky VERB --help        a verb's examples and options");
        return ExitCode.Ok;
    }

    private static ExitCode PrintExitCodes(Terminal terminal)
    {
        if (terminal.Format != OutputFormat.Text)
            terminal.PrintData(new JsonArray([.. ExitCodes.Meanings.Select(code => new JsonObject { ["code"] = (int)code.Code, ["meaning"] = code.Meaning })]));
        else
            foreach (var (code, meaning) in ExitCodes.Meanings) terminal.Print($"{(int)code,3}  {meaning}");
        return ExitCode.Ok;
    }
}
