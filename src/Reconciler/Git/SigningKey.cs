using System.Buffers;
using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;

namespace OdooSky.GitOps.Reconciler.Git;

/// <summary>
/// The key that signs commits, named by a file: an SSH key (private, or public with the private part in an agent), or the key id or
/// fingerprint of a GPG key in the keyring of whoever runs this. Its secret is read by <c>ssh-keygen</c> and <c>gpg</c> alone.
/// </summary>
internal sealed record SigningKey
{
    private const int LongestFile = 64 * 1024;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    private static readonly ImmutableArray<string> SshBeginnings =
        ["-----BEGIN OPENSSH PRIVATE KEY", "-----BEGIN RSA PRIVATE KEY", "-----BEGIN EC PRIVATE KEY", "-----BEGIN PRIVATE KEY", "ssh-", "ecdsa-", "sk-"];

    private SigningKey(string format, string key) => Options = ["-c", "gpg.format=" + format, "-c", "user.signingKey=" + key];

    /// <summary>What git is told before its verb.</summary>
    public ImmutableArray<string> Options { get; }

    /// <summary>Finds out what a file names.</summary>
    /// <param name="path">The file's full path.</param>
    /// <param name="place">The setting that names it.</param>
    /// <returns>The key, or why there is none.</returns>
    public static (SigningKey? Key, Problem? Problem) Read(string path, Place place)
    {
        if (!File.Exists(path)) return (null, Wrong(place, $"there is no file {path}", "Name an existing file"));
        if (new FileInfo(path).Length > LongestFile) return (null, Wrong(place, $"{path} is too long for a key", "Name the file of an SSH key"));
        var text = File.ReadAllText(path).Trim();
        if (text.StartsWith("-----BEGIN PGP", StringComparison.Ordinal))
            return (null, Wrong(place, $"{path} is a GPG key itself", "Import it with gpg --import, and name a file that holds its fingerprint"));
        var id = text.Replace(" ", string.Empty, StringComparison.Ordinal);
        if (id.Length is 16 or 40 or 64 && !id.AsSpan().ContainsAnyExcept(HexDigits)) return (new SigningKey("openpgp", id), null);
        return SshBeginnings.Any(beginning => text.StartsWith(beginning, StringComparison.Ordinal))
            ? (new SigningKey("ssh", path), null)
            : (null, Wrong(place, $"{path} holds neither an SSH key nor a GPG key's id", "Name the file of an SSH key, or one that holds a GPG key's fingerprint"));
    }

    private static Problem Wrong(Place place, string what, string remedy) => new(
        GitProblems.WrongSigningKey, Severity.Error, $"Commits can't be signed: {what}.", remedy + " with identity.signingKeyFile.", place, null);
}
