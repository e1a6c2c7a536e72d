using OdooSky.GitOps.Reconciler.Proposals;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Life;

/// <summary>A pass that is killed before or after any write of the forge; then at most two passes reach the undisturbed end.</summary>
public sealed class CrashTests
{
    private const int MostPoints = 40;

    public static TheoryData<string> Stories => ["open", "update", "close", "edited", "rebuild", "regroup", "automatic"];

    [Theory]
    [MemberData(nameof(Stories))]
    public async Task A_killed_pass_ends_where_an_undisturbed_one_does(string story)
    {
        await using var calm = new LifeFleet();
        await TellAsync(calm, story);
        await calm.PassAsync();
        var (end, posts) = (State(calm), Posts(calm));
        for (var at = 0; at < MostPoints; at++)
        {
            await using var fleet = new LifeFleet();
            await TellAsync(fleet, story);
            if (await fleet.KilledPassAsync(at) is not { } point) return;
            if (at % 3 == 0) await fleet.KilledPassAsync(0); // and again while it recovers
            await fleet.PassAsync();
            await fleet.PassAsync();

            Assert.Equal($"{point}\n{end}", $"{point}\n{State(fleet)}");
            Assert.Equal((point, posts), (point, Posts(fleet)));
        }

        Assert.Fail("The story has no end.");
    }

    private static async Task TellAsync(LifeFleet fleet, string story)
    {
        fleet.Add("acme");
        fleet.Add("globex");
        if (story == "automatic") fleet.Commit("main", "Automatic", ("gitops.yaml", "apiVersion: odoosky.io/v1\nkind: GitOps\nautoMerge: all\n"));
        if (story is "open" or "automatic") return;
        await fleet.PassAsync();
        if (story == "update") fleet.SetWish("acme", "1.2");
        if (story == "close") fleet.SetWish("acme", "1.0");
        if (story is "edited" or "rebuild") fleet.SetOverlay("acme", "9.9", "odoosky/prod/i-acme");
        if (story == "rebuild") await fleet.PassAsync();
        if (story == "rebuild") fleet.Label(1, ProposalLabels.Rebuild);
        if (story == "regroup") fleet.Commit("main", "Regroup", ("gitops.yaml", "apiVersion: odoosky.io/v1\nkind: GitOps\ngrouping: all\n"));
    }

    private static int Posts(LifeFleet fleet) => fleet.Forge.Writes.Count(write => write.StartsWith("open ", StringComparison.Ordinal) || write.StartsWith("comment ", StringComparison.Ordinal));

    private static string State(LifeFleet fleet)
    {
        fleet.Forge.LookAtBranches();
        return string.Join('\n', [
            .. fleet.Forge.All.Select(proposal => $"#{proposal.Number} {proposal.Branch} {proposal.State} {proposal.Head} {proposal.Title} [{string.Join(' ', proposal.Labels)}] {proposal.MergesItself} {proposal.Body}"),
            .. fleet.Forge.Comments.OrderBy(comment => comment.Key).Select(comment => $"{comment.Key}: {comment.Value}"),
            .. fleet.Heads().OrderBy(head => head.Key, StringComparer.Ordinal).Select(head => $"{head.Value} {head.Key}"),
        ]);
    }
}
