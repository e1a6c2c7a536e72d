using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Plan;
using OdooSky.GitOps.Reconciler.Audit;
using OdooSky.GitOps.Reconciler.Life;

namespace OdooSky.GitOps.Reconciler.Promotion;

/// <summary>What a promotion would change; nothing is written yet.</summary>
internal sealed record PromotionPlan
{
    /// <summary>What was asked.</summary>
    public required PromotionRequest Request { get; init; }

    /// <summary>The change that the source runs by: the newest one of its overlay.</summary>
    public required Landing Source { get; init; }

    /// <summary>Whether that change was proven live with the hash that the overlay has.</summary>
    public required bool IsLive { get; init; }

    /// <summary>What is known of the source, in words: <c>live since …</c>, or why it is not.</summary>
    public required string Verdict { get; init; }

    /// <summary>The addons.</summary>
    public required ImmutableArray<PromotedRow> Rows { get; init; }

    /// <summary>Addons that only the target has; they stay.</summary>
    public required ImmutableArray<string> Kept { get; init; }

    /// <summary>The target's desired instance as it is: what the plan was made on.</summary>
    public required InstanceFile Before { get; init; }

    /// <summary>The target's desired instance as it shall be.</summary>
    public required InstanceWish After { get; init; }

    /// <summary>The target's file as it shall be, with its path; null where desired state is in a database.</summary>
    public (string Path, ReadOnlyMemory<byte> Text)? File { get; init; }

    /// <summary>What the next pass would then change in the target's overlay.</summary>
    public OverlayChange? Effect { get; init; }

    /// <summary>Why it is not made: errors that a force passes over, and those that it does not; warnings too.</summary>
    public ImmutableArray<Problem> Problems { get; init; } = [];

    /// <summary>Whether the target's desired state would change at all.</summary>
    public bool Differs => Rows.Any(row => row.Differs);

    /// <summary>Whether policy alone forbids it, so that a force lets it pass.</summary>
    public bool IsHeld => !Request.Force && Problems.Any(IsPolicy);

    /// <summary>Whether it can't be made at all.</summary>
    public bool IsImpossible => Problems.Any(problem => problem.Severity == Severity.Error && !IsPolicy(problem));

    /// <summary>The reason that reaches the target's desired state, and from there its overlay's commit.</summary>
    public string Reason => PromotionWords.Reason(this);

    private static bool IsPolicy(Problem problem) => problem.Code is PromotionCodes.NotLive or PromotionCodes.DoesNotFit;
}

/// <summary>A promotion in words.</summary>
internal static class PromotionWords
{
    private const int LongestTitle = 72;

    /// <summary>What is known of a source.</summary>
    /// <param name="source">The newest change of its overlay.</param>
    /// <param name="hasNotes">Whether there are notes.</param>
    /// <returns>A phrase.</returns>
    public static string Verdict(Landing source, bool hasNotes) =>
        source.LiveAt is { } live ? $"live since {UtcTime.Write(live)}" : LandingWords.Proof(source) ?? (hasNotes ? "not proven live" : "not known: there are no notes");

    /// <summary>Why the target changes.</summary>
    /// <param name="plan">The promotion.</param>
    /// <returns>One line.</returns>
    public static string Reason(PromotionPlan plan)
    {
        var own = plan.Request.Request.Reason;
        return $"Promoted from {plan.Request.Origin} at hash {plan.Source.HashAfter ?? "none"}, {plan.Verdict}{(plan.Request.Force ? " (forced)" : string.Empty)}{(own.Length > 0 ? $": {own}" : string.Empty)}";
    }

    /// <summary>The subject of the commit and the title of the proposal.</summary>
    /// <param name="target">The target's name.</param>
    /// <param name="plan">The promotion.</param>
    /// <returns>At most 72 characters.</returns>
    public static string Title(string target, PromotionPlan plan)
    {
        var changed = plan.Rows.Count(row => row.Differs);
        var title = $"odoosky({target}): promote {PlanWords.Count(changed, "addon")} from {plan.Request.Origin} to {plan.Request.To}";
        return title.Length <= LongestTitle ? title : string.Concat(title.AsSpan(0, LongestTitle - 1), "…");
    }
}
