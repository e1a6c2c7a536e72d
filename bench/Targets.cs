using System.Collections.Immutable;
using OdooSky.GitOps.Reconciler;
using OdooSky.GitOps.Reconciler.Passes;
using OdooSky.GitOps.Reconciler.Settings;

namespace OdooSky.GitOps.Bench;

/// <summary>Opens the program on a repository, as its command line does.</summary>
internal static class Targets
{
    public static PassRequest Nothing { get; } = new(null, []);

    public static RunTarget Of(string remote, string cache, string? settings = null)
    {
        var choice = new TargetChoice
        {
            Config = settings,
            Target = "bench",
            Repository = remote,
            Base = "main",
            Helm = "4",
            Cache = cache,
            Proposals = cache + "-proposals",
            Environment = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal),
            Folder = Path.GetDirectoryName(remote)!,
        };
        var (target, problems) = Hosting.Resolve(choice);
        return target ?? throw new InvalidOperationException(string.Join('\n', problems.Select(problem => problem.Message)));
    }

    public static OpenTarget Open(string remote, string cache, string? settings = null) => Hosting.Open(Of(remote, cache, settings), TimeProvider.System, new Secrets());
}
