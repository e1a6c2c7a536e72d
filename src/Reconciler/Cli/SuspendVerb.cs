using System.CommandLine;
using System.Text.Json.Nodes;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Reconciler.Passes;
using OdooSky.GitOps.Reconciler.Suspensions;

namespace OdooSky.GitOps.Reconciler.Cli;

/// <summary><c>odoosky suspend</c> and <c>odoosky resume</c>: leave instances alone for a while, and go on.</summary>
internal static class SuspendVerb
{
    private static readonly Argument<string[]> Codes = new("CODE") { Description = "instances", Arity = ArgumentArity.ZeroOrMore };
    private static readonly Option<string[]> Rings = new("--ring") { Description = "all instances of a ring; may be repeated", HelpName = "RING" };
    private static readonly Option<bool> All = new("--all") { Description = "the target as a whole" };
    private static readonly Option<string?> Reason = new("--reason") { Description = "why, in one line of at most 200 letters; required", HelpName = "TEXT" };
    private static readonly Option<string?> Until = new("--until")
    {
        Description = "when it ends by itself: 2026-11-30T08:00Z, or 4h or 2d from now (default: when somebody resumes)", HelpName = "TIME",
    };

    private static readonly Option<string?> By = new("--by") { Description = "who says so (default: GIT_AUTHOR_NAME, then USER)", HelpName = "WHO" };

    /// <summary>Makes <c>suspend</c>.</summary>
    /// <param name="surroundings">What it runs with.</param>
    /// <returns>The verb.</returns>
    public static Verb Make(Surroundings surroundings)
    {
        var verb = new Verb(
            "suspend",
            "Leave instances, rings or the whole target alone: nothing is proposed, open proposals stay as they are. Without a name, list what is suspended.",
            "odoosky suspend                                              what is suspended, by whom and why",
            "odoosky suspend acme --reason \"PostgreSQL upgrade\" --until 4h",
            "odoosky suspend --ring canary --reason \"OPS-12\" --until 2026-11-30T08:00Z",
            "odoosky suspend --all --reason \"data centre moves\"") { Codes };
        foreach (var option in (Option[])[Rings, All, Reason, Until, By]) verb.Add(option);
        CommonOptions.AddRepository(verb);
        verb.Does((parsed, cancellationToken) => RunAsync(parsed, surroundings, SuspendAsync, cancellationToken));
        return verb;
    }

    /// <summary>Makes <c>resume</c>.</summary>
    /// <param name="surroundings">What it runs with.</param>
    /// <returns>The verb.</returns>
    public static Verb MakeResume(Surroundings surroundings)
    {
        var verb = new Verb(
            "resume",
            "Take a suspension back: the next pass goes on. It takes back what is named and nothing else.",
            "odoosky resume acme",
            "odoosky resume --ring canary",
            "odoosky resume --all                                         what suspend --all began") { Codes };
        foreach (var option in (Option[])[Rings, All, By]) verb.Add(option);
        CommonOptions.AddRepository(verb);
        verb.Does((parsed, cancellationToken) => RunAsync(parsed, surroundings, ResumeAsync, cancellationToken));
        return verb;
    }

    private static async Task<ExitCode> RunAsync(ParseResult parsed, Surroundings surroundings, Act act, CancellationToken cancellationToken)
    {
        var scopes = new SuspensionScopes([.. parsed.GetValue(Codes) ?? []], [.. parsed.GetValue(Rings) ?? []], parsed.GetValue(All));
        if (scopes is { All: true, Codes.IsEmpty: false } or { All: true, Rings.IsEmpty: false })
            return Refuse(surroundings.Terminal, "--all is the whole target; leave the instances and rings out.");
        return await act(parsed, surroundings, scopes, cancellationToken);
    }

    private static async Task<ExitCode> SuspendAsync(ParseResult parsed, Surroundings surroundings, SuspensionScopes scopes, CancellationToken cancellationToken)
    {
        var (word, wrong) = Word(parsed, surroundings);
        if (scopes.IsEmpty && parsed.GetValue(Reason) is null && parsed.GetValue(Until) is null) return await ListAsync(parsed, surroundings, cancellationToken);
        if (scopes.IsEmpty) return Refuse(surroundings.Terminal, "say what to suspend: instances, --ring or --all.");
        if (wrong is not null) return Refuse(surroundings.Terminal, wrong);
        return await Opening.WithAsync(parsed, surroundings, async open =>
        {
            var answer = await open.Suspensions.SuspendAsync(scopes, word!, cancellationToken);
            return Print(surroundings.Terminal, "suspended", answer);
        }, cancellationToken);
    }

    private static async Task<ExitCode> ResumeAsync(ParseResult parsed, Surroundings surroundings, SuspensionScopes scopes, CancellationToken cancellationToken)
    {
        if (scopes.IsEmpty) return Refuse(surroundings.Terminal, "say what to resume: instances, --ring or --all. odoosky suspend lists what is suspended.");
        var by = Who(parsed, surroundings);
        if (WrongName(by) is { } wrong) return Refuse(surroundings.Terminal, wrong);
        return await Opening.WithAsync(parsed, surroundings, async open =>
        {
            var answer = await open.Suspensions.ResumeAsync(scopes, by, cancellationToken);
            if (answer is { Problems.IsEmpty: true, Changed.IsEmpty: true }) surroundings.Terminal.Say("Nothing of that was suspended by odoosky suspend.");
            return Print(surroundings.Terminal, "resumed", answer);
        }, cancellationToken);
    }

    private static Task<ExitCode> ListAsync(ParseResult parsed, Surroundings surroundings, CancellationToken cancellationToken) => Opening.WithAsync(
        parsed,
        surroundings,
        async open =>
        {
            var (terminal, all) = (surroundings.Terminal, await open.Suspensions.ListAsync(cancellationToken));
            if (terminal.Format != OutputFormat.Text) terminal.PrintData(new JsonObject { ["suspended"] = Data(all) });
            else foreach (var suspension in all) terminal.Print($"{suspension.Thing,-20}  {suspension.Words}");
            if (all.IsEmpty && terminal.Format == OutputFormat.Text) terminal.Say("Nothing is suspended by odoosky suspend.");
            return ExitCode.Ok;
        },
        cancellationToken);

    private static ExitCode Print(Terminal terminal, string done, SuspensionAnswer answer)
    {
        foreach (var problem in answer.Problems) terminal.Fail("OSG0703", problem);
        if (!answer.Problems.IsEmpty) return ExitCode.Error;
        if (terminal.Format != OutputFormat.Text)
            terminal.PrintData(new JsonObject { [done] = Data(answer.Changed), ["stays"] = new JsonArray([.. answer.Stays.Select(line => JsonValue.Create(line))]) });
        else foreach (var suspension in answer.Changed) terminal.Print($"{done,-9}  {suspension.Thing}  {suspension.Words}");
        if (terminal.Format == OutputFormat.Text) foreach (var line in answer.Stays) terminal.Say(line);
        return ExitCode.Ok;
    }

    private static JsonArray Data(IEnumerable<Suspension> all) => [.. all.Select(suspension => new JsonObject
    {
        ["scope"] = EnumWords.Word(suspension.Scope),
        ["name"] = suspension.Name,
        ["by"] = suspension.By,
        ["at"] = UtcTime.Write(suspension.At),
        ["until"] = suspension.Until is { } until ? UtcTime.Write(until) : null,
        ["reason"] = suspension.Reason,
    })];

    private static (SuspensionWord? Word, string? Wrong) Word(ParseResult parsed, Surroundings surroundings)
    {
        var (by, reason, now) = (Who(parsed, surroundings), parsed.GetValue(Reason), surroundings.Time.GetUtcNow());
        if (reason is null) return (null, "--reason is missing: say why, so that others know when to resume.");
        if (!Suspension.IsLine(reason, Suspension.LongestReason)) return (null, $"--reason takes one line of 1 to {Suspension.LongestReason} letters.");
        if (WrongName(by) is { } wrong) return (null, wrong);
        if (parsed.GetValue(Until) is not { } text) return (new SuspensionWord(by.Trim(), reason.Trim(), null), null);
        if ((Duration.TryParse(text) is { } length ? now + length : AuditOptions.TryTime(text)) is not { } until)
            return (null, $"{text} is no time; write 2026-11-30T08:00Z (UTC unless a zone stands behind it), or 4h or 2d from now.");
        return until <= now ? (null, $"--until {text} is over already.") : (new SuspensionWord(by.Trim(), reason.Trim(), until), null);
    }

    private static string? WrongName(string by) => by.Length == 0 ? "nobody is named: give --by, since neither GIT_AUTHOR_NAME nor USER is set."
        : Suspension.IsLine(by, Suspension.LongestName) ? null : $"--by takes one line of 1 to {Suspension.LongestName} letters.";

    private static string Who(ParseResult parsed, Surroundings surroundings) =>
        parsed.GetValue(By) ?? surroundings.Environment.GetValueOrDefault("GIT_AUTHOR_NAME") ?? surroundings.Environment.GetValueOrDefault("USER") ?? string.Empty;

    private static ExitCode Refuse(Terminal terminal, string why)
    {
        terminal.Fail("OSG0703", why);
        return ExitCode.Error;
    }

    private delegate Task<ExitCode> Act(ParseResult parsed, Surroundings surroundings, SuspensionScopes scopes, CancellationToken cancellationToken);
}
