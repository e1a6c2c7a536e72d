using System.Collections.Immutable;
using OdooSky.GitOps.Reconciler.Git;
using OdooSky.GitOps.Reconciler.Life;

namespace OdooSky.GitOps.Reconciler.Audit;

/// <summary>What a trail was told from.</summary>
/// <param name="Base">The base branch's short name.</param>
/// <param name="Head">The base head.</param>
/// <param name="Notes">The notes' head, or null when there were none.</param>
internal sealed record AuditHead(string Base, ObjectId Head, ObjectId? Notes);

/// <summary>A whole trail, or its part since a time.</summary>
/// <param name="Head">What it was told from.</param>
/// <param name="Landings">The changes, oldest first; those of one commit in the order of their paths.</param>
internal sealed record AuditSnapshot(AuditHead Head, ImmutableArray<Landing> Landings);
