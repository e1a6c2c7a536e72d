using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace OdooSky.GitOps.Reconciler.Git;

/// <summary>What git's messages mean. They are stable enough to sort failures by, with <c>LC_ALL=C</c>.</summary>
internal static partial class GitWords
{
    private const int LongestMessage = 2000;

    // The machine's fault or ours: a fresh clone would not help.
    private static readonly ImmutableArray<string> NotTheCache =
    [
        "No space left on device", "Disk quota exceeded", "Permission denied", "Read-only file system", "Cannot allocate memory", "out of memory",
        "Out of memory", "Too many open files", "Resource temporarily unavailable", "File exists", "unrelated histories", "usage: git",
        "unknown option", "cannot run ", "unable to create thread",
    ];

    private static readonly ImmutableArray<string> Damage =
    [
        "not a git repository", "is corrupt", "bad object", "missing blob", "missing tree", "missing commit", "unable to read", "Could not read",
        "did not send all necessary objects", "is far too short", "packfile", "reference broken", "unexpected line in", "bad config",
        "inflate", "invalid object", "missing object", "is not a valid object", "unable to resolve reference", "bad ref ", "bad tree",
        "index file corrupt", "invalid index-pack", "unable to parse", "unresolved deltas", "pack-objects died",
    ];

    private static readonly ImmutableArray<string> Refusals =
    [
        "Authentication failed", "could not read Username", "could not read Password", "Permission denied", "Repository not found",
        "does not appear to be a git repository", "does not exist", "error: 401", "error: 403", "error: 404", "error: 301", "error: 302",
        "access denied", "not allowed", "dubious ownership", "Host key verification failed", "unable to update url base", "not found",
        "contains plaintext credentials",
    ];

    private static readonly ImmutableArray<string> Credentials =
    [
        "Authentication failed", "could not read Username", "could not read Password", "error: 401", "Permission denied (publickey",
    ];

    private static readonly ImmutableArray<string> Broken =
    [
        "Could not resolve", "Failed to connect", "Connection refused", "Connection reset", "Connection timed out", "Connection closed",
        "Operation timed out", "Operation too slow", "early EOF", "unexpected disconnect", "hung up", "RPC failed", "Empty reply",
        "Could not read from remote", "unable to access", "bad line length", "protocol error", "Broken pipe", "curl ", "SSL", "TLS", "certificate",
    ];

    public static GitFailureKind KindOf(GitCall call, string words, int exitCode) =>
        call.Remote is null ? LocalKind(words, exitCode) : RemoteKind(words);

    /// <summary>Whether git says that it had no credential, or a wrong one.</summary>
    public static bool SpeaksOfCredentials(string words) => Says(words, Credentials);

    /// <summary>User names and passwords in addresses, and the values of <paramref name="secrets"/>, out of a text.</summary>
    public static string Redact(string words, ImmutableArray<GitSetting> secrets)
    {
        // A header is one setting, and its last word is the token.
        foreach (var secret in secrets.SelectMany(s => new[] { s.Value, s.Value.Split(' ')[^1] }).Where(s => s.Length > 0))
        {
            words = words.Replace(secret, "***", StringComparison.Ordinal);
        }

        return UserOfAddress().Replace(words, "://***@");
    }

    public static string InOneLine(string words, int exitCode)
    {
        var lines = words.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var line = string.Concat(string.Join("; ", lines).Where(c => !char.IsControl(c)));
        return line.Length == 0
            ? string.Create(CultureInfo.InvariantCulture, $"it ended with exit code {exitCode} and said nothing.")
            : line.Length > LongestMessage ? "…" + line[^LongestMessage..] : line;
    }

    // Exit codes above 128 are signals: a damaged file read through memory ends in SIGBUS (7) or SIGSEGV (11); others come from outside.
    private static GitFailureKind LocalKind(string words, int exitCode) =>
        Says(words, NotTheCache) || (exitCode > 128 && exitCode is not (128 + 7 or 128 + 11)) ? GitFailureKind.Other : GitFailureKind.Corrupt;

    private static GitFailureKind RemoteKind(string words)
    {
        var ours = string.Join('\n', words.Split('\n').Where(line => !line.StartsWith("remote:", StringComparison.Ordinal)));
        return Says(ours, Refusals) ? GitFailureKind.Refused
            : Says(ours.Replace("Could not read from remote", "", StringComparison.Ordinal), Damage) ? GitFailureKind.Corrupt
            : Says(ours, Broken) ? GitFailureKind.Transport
            : GitFailureKind.Other;
    }

    private static bool Says(string words, ImmutableArray<string> signs) => signs.Any(sign => words.Contains(sign, StringComparison.Ordinal));

    [GeneratedRegex(@"://[^/@\s]+@", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UserOfAddress();
}
