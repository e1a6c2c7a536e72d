using System.Text.RegularExpressions;

namespace OdooSky.GitOps.Reconciler.GitHub;

/// <summary>Which repository on GitHub: <c>acme/fleet</c>. GitHub compares both parts without regard to case.</summary>
internal sealed partial record RepositoryName
{
    private RepositoryName(string owner, string name) => (Owner, Name) = (owner, name);

    public string Owner { get; }

    public string Name { get; }

    /// <summary>The path of its endpoints.</summary>
    public string Path => $"repos/{Owner}/{Name}";

    /// <summary>Reads the last two parts of an address: <c>https://github.com/acme/fleet.git</c>, <c>ssh://git@github.com/acme/fleet</c>.</summary>
    /// <param name="address">A repository's address, or <c>owner/name</c> alone.</param>
    /// <returns>The name, or null when the address has no two such parts.</returns>
    public static RepositoryName? TryParse(string? address)
    {
        var match = Parts().Match(address ?? string.Empty);
        return match.Success && match.Groups["name"].Value is not ("." or "..") ? new(match.Groups["owner"].Value, match.Groups["name"].Value) : null;
    }

    /// <summary>Whether GitHub's <c>full_name</c> means this repository.</summary>
    public bool Is(string fullName) => string.Equals(ToString(), fullName, StringComparison.OrdinalIgnoreCase);

    public override string ToString() => $"{Owner}/{Name}";

    [GeneratedRegex(
        @"(?:^|[/:])(?<owner>[A-Za-z0-9][A-Za-z0-9_-]{0,99})/(?<name>[A-Za-z0-9._-]{1,100}?)(?:\.git)?/?$",
        RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parts();
}
