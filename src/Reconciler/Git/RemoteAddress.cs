using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using OdooSky.GitOps.Overlay.Desired;

namespace OdooSky.GitOps.Reconciler.Git;

/// <summary>An address that was read, or the problem with it: exactly one of the two.</summary>
internal sealed record RemoteReading(RemoteAddress? Address, Problem? Problem);

/// <summary>
/// Where a repository is: an absolute path, <c>file://</c>, <c>https://</c>, <c>ssh://</c> or <c>user@host:path</c>; <c>http://</c>
/// on this machine alone. It holds no password, so it may be shown anywhere, and git can't take it for an option or a command.
/// </summary>
internal sealed partial record RemoteAddress
{
    private const int SlugLength = 40;

    private RemoteAddress(string text, string protocol) => (Text, Protocol) = (text, protocol);

    public string Text { get; }

    /// <summary>git's name for the transport: <c>file</c>, <c>https</c>, <c>ssh</c>, or <c>http</c> to <see cref="IsThisMachine"/>.</summary>
    public string Protocol { get; }

    /// <summary>The repository's folder when it is on this machine; null: it is elsewhere.</summary>
    public string? LocalPath => Protocol != "file" ? null : Text.StartsWith("file://", StringComparison.Ordinal) ? new Uri(Text).LocalPath : Text;

    /// <summary>A folder name for the cache: readable, and different for each address.</summary>
    public string CacheName
    {
        get
        {
            var last = Text.Split('/', ':')[^1];
            last = last.EndsWith(".git", StringComparison.Ordinal) ? last[..^".git".Length] : last;
            var slug = string.Concat(last.Where(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_').Take(SlugLength));
            var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));
            return $"{(slug.Length > 0 ? slug : "repository")}-{digest[..12]}";
        }
    }

    public static RemoteReading Read(string? text, Place place)
    {
        var (address, fault) = Read(text ?? "");
        return address is not null ? new RemoteReading(address, Problem: null) : new RemoteReading(Address: null, new Problem(
            GitProblems.Address, Severity.Error, $"The repository's address {fault}.",
            "Use an absolute path, file:///path, https://host/path or ssh://user@host/path.", place, Instance: null));
    }

    /// <summary>
    /// Whether an address names this machine by a number (<c>127.0.0.1</c>, <c>[::1]</c>): nobody on a network can listen or answer, so that
    /// plain http shows nothing to anybody. A name such as <c>localhost</c> does not count, since a resolver may say something else.
    /// </summary>
    public static bool IsThisMachine(Uri url) => IPAddress.TryParse(url.Host.Trim('[', ']'), out var number) && IPAddress.IsLoopback(number);

    public override string ToString() => Text;

    private static (RemoteAddress? Address, string Fault) Read(string text)
    {
        if (text.Length == 0 || text.Any(c => char.IsControl(c) || (char.IsWhiteSpace(c) && !(c == ' ' && text[0] == '/'))))
        {
            return (null, text.Length == 0 ? "is empty" : "holds a blank or a control character");
        }

        return text[0] == '/' ? ReadPath(text)
            : text.Contains("://", StringComparison.Ordinal) ? ReadUrl(text)
            : ShortSsh().IsMatch(text) ? (new RemoteAddress(text, "ssh"), "")
            : (null, "is neither an absolute path nor a URL");
    }

    private static (RemoteAddress? Address, string Fault) ReadPath(string text) =>
        text.StartsWith("//", StringComparison.Ordinal) ? (null, "starts with two slashes")
        : (new RemoteAddress(text.Length > 1 ? text.TrimEnd('/') : text, "file"), "");

    private static (RemoteAddress? Address, string Fault) ReadUrl(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || !text.StartsWith(url.Scheme + "://", StringComparison.Ordinal))
        {
            return (null, "is not a URL that can be read");
        }

        var fault = url.Scheme switch
        {
            "https" => HttpsFault(url),
            "ssh" => SshFault(url),
            "file" => url.Host.Length > 0 ? "names a host in a file:// URL" : null,
            "http" when IsThisMachine(url) => HttpsFault(url),
            "http" => "uses plain http, which anybody on the way can read and change",
            _ => "uses a protocol other than https, ssh and file",
        };
        fault ??= url.AbsolutePath.Length < 2 ? "has no path" : url.Query.Length + url.Fragment.Length > 0 ? "has a query or a fragment" : null;
        return fault is null ? (new RemoteAddress(text.TrimEnd('/'), url.Scheme), "") : (null, fault);
    }

    private static string? HttpsFault(Uri url) =>
        url.UserInfo.Length > 0 || url.OriginalString.Contains('@', StringComparison.Ordinal) ? "holds a user name or a password" : HostFault(url);

    private static string? SshFault(Uri url) =>
        url.UserInfo.Contains(':', StringComparison.Ordinal) ? "holds a password"
        : url.UserInfo.StartsWith('-') || url.AbsolutePath.StartsWith("/-", StringComparison.Ordinal) ? "has a part that starts with a dash"
        : HostFault(url);

    private static string? HostFault(Uri url) =>
        url.Host.Length == 0 ? "has no host" : url.Host.StartsWith('-') ? "has a part that starts with a dash" : null;

    // As git and ssh write it. No part starts with a dash, and one letter before the colon is not a host but a drive.
    [GeneratedRegex(@"^(?:[A-Za-z0-9_][A-Za-z0-9._-]*@)?[A-Za-z0-9][A-Za-z0-9.-]+:(?!-|[^:]*:)[^:]+$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ShortSsh();
}
