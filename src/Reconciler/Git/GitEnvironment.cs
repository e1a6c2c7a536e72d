using System.Collections.Immutable;
using System.Globalization;

namespace OdooSky.GitOps.Reconciler.Git;

/// <summary>
/// The whole environment of a git process. It starts empty, so that neither a user's git settings, nor tracing that
/// writes headers to a file, nor a secret meant for this program reaches git, its transports or a hook.
/// </summary>
internal static class GitEnvironment
{
    private static readonly ImmutableArray<string> Inherited =
    [
        "PATH", "HOME", "USER", "LOGNAME", "TMPDIR", "SSH_AUTH_SOCK", "GNUPGHOME", "GIT_SSH", "GIT_SSH_COMMAND", "GIT_SSL_CAPATH",
        "SSL_CERT_FILE", "SSL_CERT_DIR", "http_proxy", "https_proxy", "no_proxy", "all_proxy", "HTTPS_PROXY", "NO_PROXY", "ALL_PROXY",
    ];

    private static readonly ImmutableArray<GitSetting> Fixed =
    [
        new("GIT_CONFIG_NOSYSTEM", "1"),
        new("GIT_CONFIG_GLOBAL", "/dev/null"),
        new("GIT_ATTR_NOSYSTEM", "1"),
        new("GIT_TERMINAL_PROMPT", "0"),
        new("GIT_LITERAL_PATHSPECS", "1"),
        new("GIT_NO_REPLACE_OBJECTS", "1"),
        new("GIT_OPTIONAL_LOCKS", "0"),
        new("LC_ALL", "C"),
    ];

    private static readonly ImmutableArray<GitSetting> Settings =
    [
        new("core.hooksPath", "/dev/null"),
        new("core.fsmonitor", "false"),

        // The cache can be cloned again at any time, so waiting for the disk buys nothing.
        new("core.fsync", "none"),
        new("gc.auto", "0"),
        new("maintenance.auto", "false"),
        new("protocol.allow", "never"),
        new("transfer.credentialsInUrl", "die"),
        new("fetch.fsckObjects", "true"),
        new("http.followRedirects", "false"),
    ];

    public static void Fill(IDictionary<string, string?> environment, GitCall call, GitLimits limits)
    {
        var kept = Inherited.Where(environment.ContainsKey).Select(name => new GitSetting(name, environment[name] ?? "")).ToList();
        var authorities = environment.TryGetValue("GIT_SSL_CAINFO", out var file) && !string.IsNullOrEmpty(file) ? file : null;
        environment.Clear();
        environment["GIT_SSH_COMMAND"] = "ssh -o BatchMode=yes";
        foreach (var variable in kept.Concat(Fixed).Concat(call.Variables))
        {
            environment[variable.Key] = variable.Value;
        }

        // As a variable it would beat the authorities that the settings name for a remote; as a setting the later one wins.
        ImmutableArray<GitSetting> trusted = authorities is null ? [] : [new("http.sslCAInfo", authorities)];
        AddSettings(environment, [.. Settings, .. trusted, .. ForRemote(call, limits), .. call.Secrets]);
    }

    private static IEnumerable<GitSetting> ForRemote(GitCall call, GitLimits limits) => call.Remote is null
        ? []
        :
        [
            new($"protocol.{call.Remote.Protocol}.allow", "always"),
            new("http.lowSpeedLimit", limits.SlowBytes.ToString(CultureInfo.InvariantCulture)),
            new("http.lowSpeedTime", ((int)limits.SlowTime.TotalSeconds).ToString(CultureInfo.InvariantCulture)),

            // Plain http goes to this machine alone, and so never to a proxy.
            .. call.Remote.Protocol == "http" ? (ImmutableArray<GitSetting>)[new("http.proxy", "")] : [],
        ];

    private static void AddSettings(IDictionary<string, string?> environment, ImmutableArray<GitSetting> settings)
    {
        environment["GIT_CONFIG_COUNT"] = settings.Length.ToString(CultureInfo.InvariantCulture);
        for (var i = 0; i < settings.Length; i++)
        {
            environment[string.Create(CultureInfo.InvariantCulture, $"GIT_CONFIG_KEY_{i}")] = settings[i].Key;
            environment[string.Create(CultureInfo.InvariantCulture, $"GIT_CONFIG_VALUE_{i}")] = settings[i].Value;
        }
    }
}
