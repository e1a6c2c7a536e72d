using System.Collections.Frozen;
using System.Security.Cryptography;

namespace OdooSky.GitOps.Reconciler.Status.Pages;

/// <summary>A file that pages use: a style sheet, a script, a picture.</summary>
/// <param name="Type">Its media type.</param>
/// <param name="Content">Its bytes.</param>
internal sealed record Asset(string Type, ReadOnlyMemory<byte> Content);

/// <summary>The files that pages use; they lie in the program.</summary>
internal static class Assets
{
    private const string Folder = "page/";

    private static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal)
    {
        [".css"] = "text/css; charset=utf-8", [".js"] = "text/javascript; charset=utf-8", [".svg"] = "image/svg+xml",
    };

    /// <summary>All of them, by name.</summary>
    public static FrozenDictionary<string, Asset> All { get; } = Load();

    /// <summary>Changes when one of them does, so that browsers may keep them for ever.</summary>
    public static string Version { get; } =
        Convert.ToHexStringLower(SHA256.HashData([.. All.OrderBy(pair => pair.Key, StringComparer.Ordinal).SelectMany(pair => pair.Value.Content.ToArray())]))[..12];

    private static FrozenDictionary<string, Asset> Load()
    {
        var assembly = typeof(Assets).Assembly;
        return assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).ToFrozenDictionary(
            name => name[Folder.Length..],
            name =>
            {
                using var stream = assembly.GetManifestResourceStream(name)!;
                var content = new byte[stream.Length];
                stream.ReadExactly(content);
                return new Asset(Types[Path.GetExtension(name)], content);
            },
            StringComparer.Ordinal);
    }
}
