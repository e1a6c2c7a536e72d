using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using OdooSky.GitOps.Reconciler.Hooks;
using OdooSky.GitOps.Reconciler.Schedule;

namespace OdooSky.GitOps.Reconciler.Cli;

/// <summary><c>odoosky reconcile now</c>: has a running service make a pass at once.</summary>
internal static class ReconcileVerb
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private static readonly Option<string> Url = new("--url")
    {
        Description = $"where the service listens (default: {ServeVerb.DefaultUrl})", HelpName = "URL", DefaultValueFactory = _ => ServeVerb.DefaultUrl,
    };

    private static readonly Option<string?> TokenFile = new("--token-file")
    {
        Description = "the file of the token (default: page.adminTokenFile of the settings)", HelpName = "FILE",
    };

    private static readonly Option<bool> NoWait = new("--no-wait") { Description = "do not wait for the end of the pass" };

    /// <summary>Makes the verb.</summary>
    /// <param name="surroundings">What it runs with.</param>
    /// <returns>The verb.</returns>
    public static Verb Make(Surroundings surroundings)
    {
        var now = new Verb(
            "now",
            "Have a running odoosky serve make a pass at once, and say how it ended.",
            "odoosky reconcile now                       all targets of the service",
            "odoosky reconcile now --target prod --url https://fleet.example.com --token-file token");
        foreach (var option in (Option[])[Url, CommonOptions.Target, TokenFile, NoWait, CommonOptions.Config]) now.Add(option);
        now.Does((parsed, cancellationToken) => RunAsync(parsed, surroundings, cancellationToken));
        return new Verb("reconcile", "Ask a running service for a pass.", "odoosky reconcile now --target prod") { now };
    }

    private static async Task<ExitCode> RunAsync(ParseResult parsed, Surroundings surroundings, CancellationToken cancellationToken)
    {
        try
        {
            using var client = new OrderClient(Address(parsed.GetRequiredValue(Url)), await TokenAsync(parsed, surroundings, cancellationToken));
            var started = await client.StartAsync(parsed.GetValue(CommonOptions.Target), cancellationToken);
            if (!parsed.GetValue(NoWait)) return await EndAsync(client, started, surroundings, cancellationToken);
            Print(surroundings.Terminal, [.. started.Select(pass => new JsonObject { ["target"] = pass.Target, ["result"] = "started" })]);
            return ExitCode.Ok;
        }
        catch (OrderFailure failure)
        {
            surroundings.Terminal.Fail(failure.Kind switch { OrderFailureKind.Token => "OSG0812", OrderFailureKind.Timeout => "OSG0813", _ => "OSG0811" }, failure.Message);
            return failure.Kind switch { OrderFailureKind.Token => ExitCode.Credentials, OrderFailureKind.Timeout => ExitCode.Timeout, _ => ExitCode.Error };
        }
    }

    private static async Task<ExitCode> EndAsync(OrderClient client, IEnumerable<StartedPass> started, Surroundings surroundings, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Longest, surroundings.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            var ends = await Task.WhenAll(started.Select(pass => client.EndAsync(pass, either.Token)));
            Print(surroundings.Terminal, ends);
            return ExitCodes.Worst(ends.Select(Exit));
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            throw new OrderFailure(OrderFailureKind.Timeout, "The pass has not ended within 5 minutes; it goes on, and the service's page shows it.");
        }
    }

    // The token goes there: on the way nobody may read it.
    private static Uri Address(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback)) && url.UserInfo.Length == 0
            ? url : throw new OrderFailure($"--url takes an https:// address, or http:// to this machine, not {text}.");

    private static async Task<string> TokenAsync(ParseResult parsed, Surroundings surroundings, CancellationToken cancellationToken)
    {
        var file = parsed.GetValue(TokenFile) is { } named ? surroundings.PathOf(named) : Doors(parsed, surroundings).AdminTokenFile;
        if (file is null) throw new OrderFailure(OrderFailureKind.Token, "No token is named: use --token-file, or page.adminTokenFile in the settings.");
        var keys = await KeyFile.ReadAsync(file, cancellationToken);
        if (keys.Count == 0) throw new OrderFailure(OrderFailureKind.Token, $"{file} has no token of {KeyFile.Shortest} characters or more.");
        var token = System.Text.Encoding.UTF8.GetString(keys[0]);
        surroundings.Terminal.Secrets.Add(token);
        return token.All(c => c is > ' ' and <= '~') ? token : throw new OrderFailure(OrderFailureKind.Token, $"{file} holds no token: it must be letters, digits and signs of ASCII.");
    }

    private static DoorKeys Doors(ParseResult parsed, Surroundings surroundings)
    {
        var served = ServedTargets.Resolve(Opening.Choice(parsed, surroundings) with { Target = null });
        new PlanPrinter(surroundings.Terminal).Problems(served.Problems);
        return served.Doors;
    }

    private static void Print(Terminal terminal, JsonObject[] passes)
    {
        if (terminal.Format != OutputFormat.Text) terminal.PrintData(new JsonArray([.. passes]));
        else foreach (var pass in passes) terminal.Print(Line(pass));
    }

    private static string Line(JsonObject pass)
    {
        var seconds = (double?)pass["seconds"] is { } took ? string.Create(CultureInfo.InvariantCulture, $" in {took:0.0} s") : string.Empty;
        var more = (string?)pass["failure"] ?? (string?)pass["held"] ?? string.Join(", ", (pass["branches"] as JsonObject ?? []).Select(branch => $"{branch.Value} {branch.Key}"));
        return $"{(string?)pass["target"],-12} {(string?)pass["result"]}{seconds}{(more.Length == 0 ? string.Empty : ": " + more)}";
    }

    private static ExitCode Exit(JsonObject pass) => ExitCodes.Worst(
    [
        (string?)pass["result"] switch { "held" => ExitCode.Held, "unchanged" or "changed" => ExitCode.Ok, _ => ExitCode.Error },
        (int?)pass["stopped"] > 0 || (pass["branches"] as JsonObject)?.ContainsKey("refused") == true ? ExitCode.Partly : ExitCode.Ok,
    ]);
}
