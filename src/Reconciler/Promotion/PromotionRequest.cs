using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;

namespace OdooSky.GitOps.Reconciler.Promotion;

/// <summary>What a person wants promoted.</summary>
/// <param name="From">The instance that has it.</param>
/// <param name="To">The instance that shall have it.</param>
internal sealed record PromotionRequest(InstanceCode From, InstanceCode To)
{
    /// <summary>The target that the source is in; null: the one that is promoted to.</summary>
    public string? FromTarget { get; init; }

    /// <summary>The source as people name it: <c>acme-staging</c>, or <c>staging/acme</c> where it is in another target.</summary>
    public string Origin => FromTarget is null ? From.Text : $"{FromTarget}/{From.Text}";

    /// <summary>The addons' codes; empty for all that the source has.</summary>
    public ImmutableArray<string> Addons { get; init; } = [];

    /// <summary>Whether rows that ship with Odoo go along.</summary>
    public bool IncludeBuiltin { get; init; }

    /// <summary>Whether it is made though the source is not proven live, or a version does not fit; then there is a reason.</summary>
    public bool Force { get; init; }

    /// <summary>Who asks, why, and the ticket.</summary>
    public Request Request { get; init; } = Request.None;
}

/// <summary>Codes of problems of promotions. Listed in docs/reference/problems.md.</summary>
internal static class PromotionCodes
{
    /// <summary>The source is not proven live with the hash that it has.</summary>
    public const string NotLive = "OSG0711";

    /// <summary>A version is not for the target's Odoo series.</summary>
    public const string DoesNotFit = "OSG0712";

    /// <summary>There is no such instance, or its desired state can't be changed.</summary>
    public const string Impossible = "OSG0713";
}
