namespace OdooSky.GitOps.Sandbox.GitHub;

/// <summary>Somebody at the stand-in.</summary>
/// <param name="Id">GitHub's number of it.</param>
/// <param name="Login">The name that people type; compared without regard to case.</param>
/// <param name="Type"><c>User</c>, <c>Bot</c> or <c>Organization</c>.</param>
internal sealed record Account(long Id, string Login, string Type);

/// <summary>Who asks, as the token says.</summary>
/// <param name="Account">The user, or the bot of an app.</param>
/// <param name="Token">The token, whose limits and ETags are its own.</param>
/// <param name="IsApp">An installation token of a GitHub App: check runs are for those alone.</param>
/// <param name="Permissions">From <c>pull_requests</c>, <c>contents</c>, … to <c>read</c> or <c>write</c>.</param>
internal sealed record Caller(Account Account, string Token, bool IsApp, IReadOnlyDictionary<string, string> Permissions)
{
    /// <summary>All that the reconciler's GitHub App asks for.</summary>
    public static IReadOnlyDictionary<string, string> Everything { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["metadata"] = "read", ["contents"] = "write", ["pull_requests"] = "write", ["issues"] = "write",
        ["statuses"] = "write", ["checks"] = "write", ["administration"] = "write",
    };

    /// <summary>Whether the token reaches far enough.</summary>
    /// <param name="need"><c>contents:write</c>; several that are good enough are parted by <c>|</c>; empty asks for nothing.</param>
    public bool May(string need) => need.Length == 0 || need.Split('|').Any(one =>
        one.Split(':') is [var name, var level] && Permissions.TryGetValue(name, out var held) && (held == "write" || held == level));
}
