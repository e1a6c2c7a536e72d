using System.CommandLine;
using OdooSky.GitOps.Reconciler.Passes;
using OdooSky.GitOps.Reconciler.Rollout;

namespace OdooSky.GitOps.Reconciler.Cli;

/// <summary>Opens the target that a command line chooses.</summary>
internal static class Opening
{
    /// <summary>What the command line and the environment say about the target.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="surroundings">The environment.</param>
    /// <returns>The choice; what is not said is null.</returns>
    public static TargetChoice Choice(ParseResult parsed, Surroundings surroundings) => new()
    {
        Config = parsed.GetValue(CommonOptions.Config),
        Target = parsed.GetValue(CommonOptions.Target),
        Repository = parsed.GetValue(CommonOptions.Repository),
        Base = parsed.GetValue(CommonOptions.Base),
        Helm = parsed.GetValue(CommonOptions.Helm),
        Cache = parsed.GetValue(CommonOptions.Cache),
        Proposals = parsed.GetValue(CommonOptions.Proposals),
        Environment = surroundings.Environment,
        Folder = surroundings.Folder,
    };

    /// <summary>Opens the target and the way to its clusters, and runs something on both.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="surroundings">Where problems are told.</param>
    /// <param name="run">What to do.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The exit code; Error when there is no way to a cluster.</returns>
    public static Task<ExitCode> WithClustersAsync(
        ParseResult parsed, Surroundings surroundings, Func<OpenTarget, IRollouts, Task<ExitCode>> run, CancellationToken cancellationToken) => WithAsync(
        parsed,
        surroundings,
        open =>
        {
            var (rollouts, problems) = open.Clusters.Open();
            new PlanPrinter(surroundings.Terminal).Problems(problems);
            return rollouts is null ? Task.FromResult(ExitCode.Error) : run(open, rollouts);
        },
        cancellationToken);

    /// <summary>Opens the target, and the way to its clusters where the settings name one, and runs something on both.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="surroundings">Where problems are told.</param>
    /// <param name="run">What to do; the clusters are null where none is named.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The exit code; Error when there is no way to a cluster that is named.</returns>
    public static Task<ExitCode> WithClustersIfNamedAsync(
        ParseResult parsed, Surroundings surroundings, Func<OpenTarget, IRollouts?, Task<ExitCode>> run, CancellationToken cancellationToken) => WithAsync(
        parsed,
        surroundings,
        open =>
        {
            if (!open.Clusters.IsThere) return run(open, null);
            var (rollouts, problems) = open.Clusters.Open();
            new PlanPrinter(surroundings.Terminal).Problems(problems);
            return rollouts is null ? Task.FromResult(ExitCode.Error) : run(open, rollouts);
        },
        cancellationToken);

    /// <summary>Opens the target and runs something on it.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="surroundings">Where problems are told.</param>
    /// <param name="run">What to do with the open target.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The exit code; Error when the settings have problems.</returns>
    public static async Task<ExitCode> WithAsync(
        ParseResult parsed, Surroundings surroundings, Func<OpenTarget, Task<ExitCode>> run, CancellationToken cancellationToken) =>
        await WithAsync(Choice(parsed, surroundings), surroundings, run);

    /// <summary>Opens a target and runs something on it.</summary>
    /// <param name="choice">Which target.</param>
    /// <param name="surroundings">Where problems are told.</param>
    /// <param name="run">What to do with the open target.</param>
    /// <returns>The exit code; Error when the settings have problems.</returns>
    public static async Task<ExitCode> WithAsync(TargetChoice choice, Surroundings surroundings, Func<OpenTarget, Task<ExitCode>> run)
    {
        var hosted = Hosting.Resolve(choice);
        new PlanPrinter(surroundings.Terminal).Problems(hosted.Problems);
        if (hosted.Target is null) return ExitCode.Error;
        await using var open = Hosting.Open(hosted.Target, surroundings.Time, surroundings.Terminal.Secrets);
        return await run(open);
    }
}
