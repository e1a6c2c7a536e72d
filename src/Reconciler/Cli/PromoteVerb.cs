using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json.Nodes;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Reconciler.Audit;
using OdooSky.GitOps.Reconciler.Promotion;

namespace OdooSky.GitOps.Reconciler.Cli;

/// <summary><c>odoosky promote</c>: addons of one instance become another's desired state.</summary>
internal static class PromoteVerb
{
    private static readonly Option<InstanceCode?> From = Instance("--from", "the instance that runs them");
    private static readonly Option<InstanceCode?> To = Instance("--to", "the instance that shall have them");
    private static readonly Option<string?> FromTarget = new("--from-target") { Description = "the target that --from is in, where it is not the same", HelpName = "NAME" };

    private static readonly Option<string?> Addons = new("--addons") { Description = "only these, with commas between (default: all)", HelpName = "CODE,…" };
    private static readonly Option<bool> Builtin = new("--include-builtin") { Description = "rows that ship with Odoo, too" };
    private static readonly Option<bool> Force = new("--force") { Description = "go on all the same; needs --reason" };
    private static readonly Option<string?> Reason = new("--reason") { Description = "why; reaches the commit", HelpName = "TEXT" };
    private static readonly Option<string?> Who = new("--requested-by") { Description = "who asks; reaches the commit", HelpName = "WHO" };
    private static readonly Option<string?> Ticket = new("--ticket") { Description = "a ticket's name; reaches the commit", HelpName = "TICKET" };
    private static readonly Option<bool> Yes = new("--yes") { Description = "propose the files, or write the rows" };

    /// <summary>Makes the verb.</summary>
    /// <param name="surroundings">What it runs with.</param>
    /// <returns>The verb.</returns>
    public static Verb Make(Surroundings surroundings)
    {
        var verb = new Verb(
            "promote",
            "Promote addons from an instance that is proven live to another one's desired state. Shows what would change; --yes makes it.",
            "odoosky promote --from acme-staging --to acme",
            "odoosky promote --from acme-staging --to acme --addons web,mis_builder --yes",
            "odoosky promote --from-target staging --from acme --target prod --to acme --yes",
            "odoosky promote --from acme-staging --to acme --force --reason \"Fix for the outage\" --yes") { From, FromTarget, To, Addons, Builtin, Force, Reason, Who, Ticket, Yes };
        CommonOptions.AddRepository(verb);
        verb.Does((parsed, cancellationToken) => Opening.WithAsync(
            parsed, surroundings, open => RunAsync(parsed, surroundings, open.Promotions, cancellationToken), cancellationToken));
        return verb;
    }

    private static async Task<ExitCode> RunAsync(ParseResult parsed, Surroundings surroundings, Promotions promotions, CancellationToken cancellationToken)
    {
        var terminal = surroundings.Terminal;
        if (Request(parsed, terminal) is not { } request) return ExitCode.Error;
        if (await SourceAsync(parsed, surroundings, (request, promotions), cancellationToken) is not { } source) return ExitCode.Error;
        var (plan, problems) = await promotions.PlanAsync(request, source, cancellationToken);
        new PlanPrinter(terminal).Problems(plan?.Problems ?? problems);
        if (plan is null || plan.IsImpossible) return ExitCode.Error;
        var makes = parsed.GetValue(Yes) && plan.Differs && !plan.IsHeld;
        var receipt = makes ? await promotions.MakeAsync(plan, cancellationToken) : null;
        if (terminal.Format == OutputFormat.Text) Print(plan, receipt, terminal);
        else terminal.PrintData(Data(plan, receipt));
        if (receipt?.Refusal is { } refusal) terminal.Fail(PromotionCodes.Impossible, $"{receipt.Where}: {refusal}.");
        return plan.IsHeld ? ExitCode.Held : receipt?.Refusal is null ? ExitCode.Ok : ExitCode.Error;
    }

    private static async Task<PromotionSource?> SourceAsync(
        ParseResult parsed, Surroundings surroundings, (PromotionRequest Request, Promotions Promotions) asked, CancellationToken cancellationToken)
    {
        if (asked.Request.FromTarget is not { } name) return await asked.Promotions.SourceAsync(asked.Request.From, cancellationToken);
        PromotionSource? source = null;
        await Opening.WithAsync(
            Opening.Choice(parsed, surroundings).Other(name),
            surroundings,
            async open =>
            {
                source = await open.Promotions.SourceAsync(asked.Request.From, cancellationToken);
                return ExitCode.Ok;
            });
        return source;
    }

    private static PromotionRequest? Request(ParseResult parsed, Terminal terminal)
    {
        var (from, to, reason) = (parsed.GetValue(From), parsed.GetValue(To), parsed.GetValue(Reason) ?? string.Empty);
        if (from is null || to is null || (parsed.GetValue(Force) && reason.Length == 0))
        {
            terminal.Fail("OSG0001", from is null || to is null ? "promote needs --from and --to." : "--force needs --reason.");
            return null;
        }

        return new PromotionRequest(from, to)
        {
            FromTarget = parsed.GetValue(FromTarget),
            Addons = [.. (parsed.GetValue(Addons) ?? string.Empty).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)],
            IncludeBuiltin = parsed.GetValue(Builtin),
            Force = parsed.GetValue(Force),
            Request = new Request(parsed.GetValue(Who) ?? string.Empty, reason, parsed.GetValue(Ticket) ?? string.Empty),
        };
    }

    private static void Print(PromotionPlan plan, PromotionReceipt? receipt, Terminal terminal)
    {
        terminal.Print($"{plan.Request.Origin} -> {plan.Request.To}: hash {plan.Source.HashAfter ?? "none"}, {plan.Verdict}, by {plan.Source.Commit.Text[..12]}");
        foreach (var row in plan.Rows) terminal.Print($"  {row.Words}{(row.Misfit is null ? string.Empty : $"  ({row.Misfit})")}");
        if (!plan.Kept.IsEmpty) terminal.Print($"  only {plan.Request.To} has, and keeps: {string.Join(", ", plan.Kept)}");
        if (plan.Effect is { } effect) terminal.Print($"  then: {effect.Sentence} hash {effect.HashBefore ?? "none"} -> {effect.HashAfter ?? "none"}");
        if (!plan.Differs) terminal.Print($"Nothing to promote: {plan.Request.To} is to have all of it already.");
        else if (plan.IsHeld) terminal.Say("Held: nothing was written.");
        else if (receipt is null) terminal.Say("Nothing was written; --yes makes it.");
        else if (receipt.Refusal is null) terminal.Print(receipt.Location is { } location
            ? $"{(receipt.Made ? "proposed" : "unchanged")}  {receipt.Where}  {location}"
            : $"written   {plan.Request.To} in {receipt.Where}; odoosky apply proposes its overlay");
    }

    private static JsonObject Data(PromotionPlan plan, PromotionReceipt? receipt) => new()
    {
        ["from"] = plan.Request.From.Text,
        ["fromTarget"] = plan.Request.FromTarget,
        ["to"] = plan.Request.To.Text,
        ["hash"] = plan.Source.HashAfter,
        ["commit"] = plan.Source.Commit.Text,
        ["live"] = plan.IsLive,
        ["verdict"] = plan.Verdict,
        ["held"] = plan.IsHeld,
        ["rows"] = new JsonArray([.. plan.Rows.Select(row => new JsonObject
        {
            ["row"] = AuditJson.Of(row.Row), ["before"] = row.Before is null ? null : AuditJson.Of(row.Before), ["differs"] = row.Differs, ["misfit"] = row.Misfit,
        })]),
        ["kept"] = new JsonArray([.. plan.Kept.Select(code => (JsonNode)code)]),
        ["then"] = plan.Effect?.Sentence,
        ["hashBefore"] = plan.Effect?.HashBefore,
        ["hashAfter"] = plan.Effect?.HashAfter,
        ["made"] = receipt?.Made ?? false,
        ["where"] = receipt?.Where,
        ["location"] = receipt?.Location,
    };

    private static Option<InstanceCode?> Instance(string name, string description) => new(name) { Description = description, HelpName = "CODE", CustomParser = ReadCode };

    private static InstanceCode? ReadCode(ArgumentResult result)
    {
        var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : string.Empty;
        if (InstanceCode.TryParse(text) is { } code) return code;
        result.AddError($"{text} is no instance code.");
        return null;
    }
}
