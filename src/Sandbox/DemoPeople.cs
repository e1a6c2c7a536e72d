using System.Text;
using OdooSky.GitOps.Sandbox.GitHub;

namespace OdooSky.GitOps.Sandbox;

/// <summary>The people around the demo's service: what they wish for before it starts, and what they do with its pull requests.</summary>
/// <param name="people">The repository, as people use it.</param>
/// <param name="time">The clock.</param>
internal sealed class DemoPeople(RepositoryPeople people, TimeProvider time)
{
    private const string Person = "lena";
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(300);

    /// <summary>Puts the fleet into two rings, and wishes for a version on alpenhof that no registry has.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>A task.</returns>
    public async Task WishAsync(CancellationToken cancellationToken)
    {
        await PushAsync("gitops.yaml", "Change the canary ring first", text => text + "rings:\n  - {name: canary, selector: ring=canary}\n  - {name: main, selector: ring=main}\n", cancellationToken);
        await PushAsync(
            "desired/instances/alpenhof.yaml",
            "Try the newest web_responsive on alpenhof",
            text => text.Replace("  - code: web_responsive\n", $"  - code: web_responsive\n    version: \"{DemoCluster.MissingTag}\"\n", StringComparison.Ordinal),
            cancellationToken);
    }

    /// <summary>Merges what brings alpenhof and bluefin forward, and closes what would retire eastgate.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>A task.</returns>
    public async Task ActAsync(CancellationToken cancellationToken)
    {
        await people.MergeAsync(Person, await OpenedAsync("bluefin", cancellationToken), "merge", cancellationToken);
        await people.MergeAsync(Person, await OpenedAsync("alpenhof", cancellationToken), "squash", cancellationToken);
        await people.CloseAsync(Person, await OpenedAsync("eastgate", cancellationToken), cancellationToken);
    }

    // A pull request is whole once it has its label.
    private async Task<int> OpenedAsync(string code, CancellationToken cancellationToken)
    {
        while (true)
        {
            var number = await people.LookAsync(
                record => record.Pulls.Find(pull => pull.Open && pull.Labels.Count > 0 && pull.HeadBranch == "odoosky/prod/i-" + code)?.Number, cancellationToken);
            if (number is { } found) return found;
            await Task.Delay(Look, time, cancellationToken);
        }
    }

    private async Task PushAsync(string path, string message, Func<string, string> change, CancellationToken cancellationToken)
    {
        var bytes = await people.Git.ReadAsync("refs/heads/main", path, cancellationToken);
        await people.PushAsync(Person, "main", message, [(path, change(Encoding.UTF8.GetString(bytes!.Value.Span)))], cancellationToken);
    }
}
