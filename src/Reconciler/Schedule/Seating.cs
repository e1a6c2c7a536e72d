using System.Security.Cryptography;
using System.Text;
using OdooSky.GitOps.Reconciler.Replicas;

namespace OdooSky.GitOps.Reconciler.Schedule;

/// <summary>Which replica works on which target: every replica finds the same by itself, and when one comes or goes only its own targets move.</summary>
internal static class Seating
{
    /// <summary>Seats a target among those whose settings name it: in a rolling upgrade not all do.</summary>
    /// <param name="target">The target.</param>
    /// <param name="living">The living replicas.</param>
    /// <returns>The replica's name; null when none keeps the target.</returns>
    public static string? Of(string target, IEnumerable<LivingReplica> living) => living.Where(replica => replica.Targets.Contains(target))
        .Select(replica => replica.Name).MaxBy(replica => (Weight(target, replica), replica));

    // The replica with the heaviest pair wins: rendezvous hashing.
    private static uint Weight(string target, string replica) => BitConverter.ToUInt32(SHA256.HashData(Encoding.UTF8.GetBytes($"{target}\n{replica}")));
}
