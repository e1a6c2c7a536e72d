using System.Collections.Frozen;

namespace OdooSky.GitOps.Reconciler.Status.Site;

/// <summary>
/// By which names the pages may be asked for. A page of somebody else's can make a browser send requests to this machine under a name of its
/// own (DNS rebinding); such a name is not in the list.
/// </summary>
internal sealed class HostList
{
    private static readonly string[] Local = ["localhost", "127.0.0.1", "[::1]"];
    private static readonly string[] Any = ["*", "+", "0.0.0.0", "[::]"];

    private readonly string urls;
    private volatile FrozenSet<string> names;

    /// <summary>A list.</summary>
    /// <param name="urls">Where the service listens, joined by semicolons; a name in them is allowed.</param>
    /// <param name="more">Further names, of the settings.</param>
    public HostList(string urls, IEnumerable<string> more) => (this.urls, names) = (urls, Of(urls, more));

    /// <summary>Takes other further names, of settings that were read again.</summary>
    /// <param name="more">The names.</param>
    public void Take(IEnumerable<string> more) => names = Of(urls, more);

    /// <summary>Whether a name may be asked for.</summary>
    /// <param name="host">The name without a port; an IPv6 address in brackets.</param>
    /// <returns>True when it may.</returns>
    public bool Allows(string host) => names.Contains(host.TrimEnd('.'));

    private static FrozenSet<string> Of(string urls, IEnumerable<string> more) => urls.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .Select(url => Uri.TryCreate(url, UriKind.Absolute, out var uri) ? uri.Host : string.Empty)
        .Concat(more)
        .Where(name => name.Length > 0)
        .Except(Any, StringComparer.Ordinal)
        .Concat(Local)
        .ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
