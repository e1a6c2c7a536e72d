using System.Collections.Immutable;
using System.Text;
using OdooSky.GitOps.Reconciler.Git;
using OdooSky.GitOps.Reconciler.Settings;

namespace OdooSky.GitOps.Reconciler.Passes;

/// <summary>
/// The instance codes of a target as they are on this machine, for a person who is typing: from the repository itself when it is a
/// folder here, else from the clone of the last pass. No remote is asked, nothing is written, and what can't be read is no code.
/// </summary>
/// <param name="git">Runs git.</param>
/// <param name="target">Whose codes.</param>
internal sealed class CodesAtHand(GitProgram git, RunTarget target)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Reads them.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The codes of overlays and of wishes in files, in ordinal order; empty when nothing is here.</returns>
    public async Task<ImmutableArray<string>> ReadAsync(CancellationToken cancellationToken)
    {
        foreach (var (folder, head) in Places().Where(place => Path.Exists(place.Folder)))
        {
            try
            {
                return await ReadAsync(folder, head, cancellationToken);
            }
            catch (GitFailure)
            {
                // It has no such branch, or is no repository: perhaps the next one is.
            }
        }

        return [];
    }

    private IEnumerable<(string Folder, string Head)> Places()
    {
        if (target.Repository.LocalPath is { } local)
        {
            yield return (Path.Combine(local, ".git"), target.Base.Text);
            yield return (local, target.Base.Text);
        }

        yield return (Path.Combine(target.CacheFolder, target.Repository.CacheName), target.Base.InCache);
    }

    private async Task<ImmutableArray<string>> ReadAsync(string folder, string head, CancellationToken cancellationToken)
    {
        var tree = await git.RunAsync(Call(folder, "ls-tree", "-r", "--name-only", "-z", head), cancellationToken);
        var file = await git.RunAsync(Call(folder, "cat-file", "blob", $"{head}:{GitOpsSettings.FileName}") with { Answers = [0, 128] }, cancellationToken);
        var layers = file.ExitCode == 0 ? target.Layers.With(new SettingsText(GitOpsSettings.FileName, file.Output)) : target.Layers;
        var template = layers.Resolve(target.Name).Settings?.GitOps.Overlays ?? OverlayTemplate.Default;
        var wishes = target.Database is null ? OverlayTemplate.TryParse($"{target.DesiredFolder}/instances/{{code}}.yaml") : null;
        var paths = Encoding.UTF8.GetString(tree.Output.Span).Split('\0', StringSplitOptions.RemoveEmptyEntries);
        return [.. paths.Select(path => (template.TryMatch(path) ?? wishes?.TryMatch(path))?.Text).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    private static GitCall Call(string folder, params ImmutableArray<string> arguments) =>
        new() { Purpose = $"read the codes in {folder}", Arguments = arguments, Folder = folder, Limit = Patience };
}
