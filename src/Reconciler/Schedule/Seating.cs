using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace OdooSky.GitOps.Reconciler.Schedule;

/// <summary>Which replica works on which target: every replica finds the same by itself, and when one comes or goes only its own targets move.</summary>
internal static class Seating
{
    /// <summary>Seats targets.</summary>
    /// <param name="targets">The names of all targets.</param>
    /// <param name="replicas">The names of the living replicas.</param>
    /// <returns>The replica by target; empty when there is none.</returns>
    public static ImmutableSortedDictionary<string, string> Of(IReadOnlyCollection<string> targets, IReadOnlyCollection<string> replicas) => replicas.Count == 0
        ? ImmutableSortedDictionary<string, string>.Empty
        : targets.ToImmutableSortedDictionary(target => target, target => replicas.MaxBy(replica => (Weight(target, replica), replica))!, StringComparer.Ordinal);

    // The replica with the heaviest pair wins: rendezvous hashing.
    private static uint Weight(string target, string replica) => BitConverter.ToUInt32(SHA256.HashData(Encoding.UTF8.GetBytes($"{target}\n{replica}")));
}
