using System.Security.Cryptography;
using System.Text;

namespace OdooSky.GitOps.Reconciler.Hooks;

/// <summary>
/// A file of keys that others show or sign with: one a line, so that a new one can be added before the old one is taken out. It is
/// read each time, so that a changed one holds at once.
/// </summary>
internal static class KeyFile
{
    /// <summary>A shorter key could be guessed.</summary>
    public const int Shortest = 16;

    private const int Largest = 16 * 1024;

    /// <summary>Reads the keys.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The keys as bytes; empty when the file can't be read, is too large, or has a key that is too short.</returns>
    public static async Task<IReadOnlyList<byte[]>> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            if (new FileInfo(path).Length > Largest) return [];
            var lines = (await File.ReadAllTextAsync(path, cancellationToken)).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            return Array.TrueForAll(lines, line => line.Length >= Shortest) ? [.. lines.Select(Encoding.UTF8.GetBytes)] : [];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>Whether one of the keys signed a body.</summary>
    /// <param name="keys">The keys.</param>
    /// <param name="body">The body as it came.</param>
    /// <param name="signature">HMAC SHA-256, 32 bytes.</param>
    /// <returns>True when one did; it takes as long whichever it was.</returns>
    public static bool Signed(IReadOnlyList<byte[]> keys, ReadOnlySpan<byte> body, ReadOnlySpan<byte> signature)
    {
        var signed = false;
        foreach (var key in keys) signed |= CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(key, body), signature);
        return signed;
    }

    /// <summary>Whether a token is one of the keys.</summary>
    /// <param name="keys">The keys.</param>
    /// <param name="token">The token.</param>
    /// <returns>True when it is; how long it takes tells neither a key nor its length.</returns>
    public static bool Has(IReadOnlyList<byte[]> keys, string token)
    {
        var shown = SHA256.HashData(Encoding.UTF8.GetBytes(token));
        var found = false;
        foreach (var key in keys) found |= CryptographicOperations.FixedTimeEquals(SHA256.HashData(key), shown);
        return found;
    }
}
