using System.Collections.Immutable;
using System.Security.Cryptography;
using OdooSky.GitOps.Overlay.Plan;

namespace OdooSky.GitOps.Reconciler.Proposals;

/// <summary>What one proposal carries: one or more instances on one branch.</summary>
/// <param name="Target">The target's name in the settings.</param>
/// <param name="Name">Stable for the group: <c>i-acme</c>, <c>r-canary</c>, <c>r-canary+2</c>, <c>all-1</c>.</param>
/// <param name="Changes">At least one change, in ordinal order of code.</param>
internal sealed record ChangeSet(string Target, string Name, ImmutableArray<OverlayChange> Changes)
{
    /// <summary>What the branches of promotions begin with. They are none of the passes' own, which carry overlays.</summary>
    public const string PromotionPrefix = "odoosky-promotions/";

    /// <summary>What all our branches of a target begin with.</summary>
    /// <param name="target">The target's name.</param>
    /// <returns>A branch name's beginning, with its last slash.</returns>
    public static string BranchPrefix(string target) => $"odoosky/{target}/";

    /// <summary>The branch's name, without <c>refs/heads/</c>.</summary>
    public string Branch => BranchPrefix(Target) + Name;

    /// <summary>Codes and resulting bytes; tells a branch that somebody edited. Made once: each commit of the set names it.</summary>
    public string ContentDigest { get; } = Content(Changes.Select(change => (change.Code.Text, change.After)));

    /// <summary>The content digest of overlays.</summary>
    /// <param name="overlays">Code and bytes, null where the overlay is gone.</param>
    /// <returns>64 hex digits.</returns>
    public static string Content(IEnumerable<(string Code, ReadOnlyMemory<byte>? Text)> overlays) => Digests.OfContent(
        overlays.Select(overlay => (overlay.Code, overlay.Text is { } text ? Convert.ToHexStringLower(SHA256.HashData(text.Span)) : string.Empty)));
}
