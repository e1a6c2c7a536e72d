using System.Globalization;
using System.Security.Cryptography;

namespace OdooSky.GitOps.Overlay.Helm;

/// <summary>The chart's annotation: <c>{{ .Values.addons | toJson | sha256sum | trunc 16 }}</c>.</summary>
public static class AddonsHash
{
    private const int Digits = 16;

    /// <summary>The hash of a value.</summary>
    /// <param name="addons">The merged value of <c>addons</c>; null where no file has the key, which Helm prints as <c>null</c>.</param>
    /// <returns>16 hexadecimal digits in lower case.</returns>
    public static string Of(HelmValue? addons) => OfJson(GoJson.Write(addons ?? HelmNull.Instance));

    /// <summary>
    /// Whether YAML would read the hash as a number (about one in 1,300): a chart that does not quote its annotation then
    /// renders what Kubernetes refuses.
    /// </summary>
    /// <param name="hash">16 hexadecimal digits.</param>
    /// <returns>Whether it is digits only, or digits, an <c>e</c> and digits within a double's range.</returns>
    public static bool LooksLikeNumber(string hash)
    {
        if (hash.Length == 0 || hash.Any(letter => !char.IsAsciiDigit(letter) && letter != 'e')) return false;
        var parts = hash.Split('e');
        if (parts.Length > 2 || parts.Any(part => part.Length == 0)) return false;
        return double.IsFinite(double.Parse(hash, NumberStyles.Float, CultureInfo.InvariantCulture));
    }

    internal static string OfJson(ReadOnlySpan<byte> json)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(json, digest);
        return Convert.ToHexStringLower(digest[..(Digits / 2)]);
    }
}
