using System.Security.Cryptography;

namespace OdooSky.GitOps.Reconciler.Replicas;

/// <summary>What a replica is called among the others: its pod or machine, and something that no other process there has.</summary>
internal static class ReplicaName
{
    /// <summary>Longer names of machines are cut.</summary>
    private const int Longest = 80;

    /// <summary>Makes a name; another one each time.</summary>
    /// <param name="environment">Where <c>POD_NAME</c> may stand.</param>
    /// <param name="machine">The machine's name, for where it does not.</param>
    /// <returns>Such as <c>odoosky-5d9f-x7k2p-3fa9c1</c>.</returns>
    public static string Make(IReadOnlyDictionary<string, string> environment, string machine)
    {
        var place = environment.GetValueOrDefault("POD_NAME") is { Length: > 0 } pod ? pod : machine;
        var name = string.Concat(place.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' ? c : '-'));
        return $"{(name.Length > Longest ? name[..Longest] : name)}-{RandomNumberGenerator.GetHexString(6, lowercase: true)}";
    }
}
