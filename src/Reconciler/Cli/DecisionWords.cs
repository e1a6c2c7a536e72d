using System.Text.Json;
using System.Text.Json.Nodes;
using OdooSky.GitOps.Reconciler.Life;
using OdooSky.GitOps.Reconciler.Proposals;

namespace OdooSky.GitOps.Reconciler.Cli;

/// <summary>Decisions about pull requests, for people and for programs.</summary>
internal static class DecisionWords
{
    /// <summary>A decision in one word, such as <c>hands-off</c>.</summary>
    public static string Of(Decision decision) => decision.Word;

    /// <summary>Why a change is not proposed, in one word, such as <c>declined</c>.</summary>
    public static string Of(HoldKind kind) => JsonNamingPolicy.KebabCaseLower.ConvertName(kind.ToString());

    /// <summary>Why it was decided so; empty when there is nothing to say.</summary>
    public static string Because(Decision decision) => decision.Why;

    /// <summary>A decision as data.</summary>
    public static JsonObject Data(Decision decision) => new()
    {
        ["branch"] = decision.Branch,
        ["decision"] = Of(decision),
        ["because"] = Because(decision),
        ["number"] = decision.Facts.Open is { Number: > 0 } open ? open.Number : null,
        ["location"] = decision.Facts.Open is { Location.Length: > 0 } shown ? shown.Location : null,
    };

    /// <summary>Another repository's proposal whose branch is called as one of ours, as data.</summary>
    public static JsonObject Data(Proposal foreign) => new() { ["branch"] = foreign.Branch, ["number"] = foreign.Number, ["location"] = foreign.Location };

    /// <summary>A change that is not proposed, as data.</summary>
    public static JsonObject Data(HeldChange held) => new()
    {
        ["code"] = held.Code,
        ["kind"] = Of(held.Kind),
        ["reason"] = held.Reason,
        ["digest"] = held.Digest,
        ["location"] = held.Proposal?.Location,
    };
}
