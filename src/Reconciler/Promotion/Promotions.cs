using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Reconciler.Desired;
using OdooSky.GitOps.Reconciler.Git;
using OdooSky.GitOps.Reconciler.Passes;
using OdooSky.GitOps.Reconciler.Proposals;

namespace OdooSky.GitOps.Reconciler.Promotion;

/// <summary>What became of a promotion.</summary>
/// <param name="Made">Whether anything was written.</param>
/// <param name="Where">The branch, or the database, in words.</param>
/// <param name="Location">The proposal's page or file, or null.</param>
/// <param name="Refusal">Why it was not made, or null.</param>
internal sealed record PromotionReceipt(bool Made, string Where, string? Location, string? Refusal);

/// <summary>
/// Moves addons from one instance's overlay to another's desired state, where that lives: a branch and its proposal for files, one
/// transaction for a database's own tables. The overlay follows with the next pass, in a pull request of its own.
/// </summary>
/// <param name="repository">The repository's cache.</param>
/// <param name="target">What it works on.</param>
/// <param name="reading">Reads what a promotion is made of.</param>
/// <param name="looking">Reads heads and commits.</param>
/// <param name="pullRequests">Where proposals are shown.</param>
internal sealed class Promotions(
    Repository repository, RunTarget target, PromotionReader reading, (Snapshots Snapshots, Observer Observer) looking, IPullRequests pullRequests)
{
    /// <summary>What an instance of this target runs, for a promotion within it or into another target.</summary>
    /// <param name="code">The instance.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What is known of it.</returns>
    public async Task<PromotionSource> SourceAsync(InstanceCode code, CancellationToken cancellationToken)
    {
        var source = await reading.SourceAsync(code, cancellationToken);
        if (source.Landing is null) return source;
        var snapshot = await looking.Snapshots.TakeAsync(null, cancellationToken);
        return source with { Wish = (await reading.WishesAsync(code, snapshot.Desired, cancellationToken)).Instance?.Wish };
    }

    /// <summary>Plans a promotion; nothing is written.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="source">What the source runs, read from its own target.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The plan, or why there is none.</returns>
    public async Task<(PromotionPlan? Plan, ImmutableArray<Problem> Problems)> PlanAsync(
        PromotionRequest request, PromotionSource source, CancellationToken cancellationToken)
    {
        if (target.Database is { OwnSchema: false })
            return (null, [Impossible(request, "Desired state is read from your own tables by queries, which say nothing of how to write.", "Write the rows with your own program.")]);
        if ((request.FromTarget is null || request.FromTarget == target.Name) && request.From == request.To)
            return (null, [Impossible(request, $"{request.From} can't be promoted to itself.", "Name two instances, or the source's target with --from-target.")]);
        if (source.Landing is not { } landing)
            return (null, [Impossible(request, $"{request.Origin} has no overlay on {source.Base} that can be read.", "Name an instance that runs.")]);
        var snapshot = await looking.Snapshots.TakeAsync(null, cancellationToken);
        var observed = await looking.Observer.ObserveAsync(snapshot.Base, snapshot.Desired, cancellationToken);
        var wishes = await reading.WishesAsync(request.To, snapshot.Desired, cancellationToken);
        if (wishes.Instance is not { Wish: not null } file || file.Problems.Any(problem => problem.Severity == Severity.Error))
            return (null, [.. wishes.Instance?.Problems ?? [], Impossible(request, $"{request.To} has no desired instance without errors.", "odoosky validate lists what is wrong.")]);
        return (new PromotionPlanner(request, wishes, observed).Plan(landing, source), []);
    }

    /// <summary>Makes a promotion. Made twice, it changes nothing the second time.</summary>
    /// <param name="plan">The plan, neither held nor impossible.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What became of it.</returns>
    public async Task<PromotionReceipt> MakeAsync(PromotionPlan plan, CancellationToken cancellationToken) => target.Database is { } access
        ? await new DesiredStore(access).PromoteAsync(plan.Before, plan.After, [.. plan.Rows.Where(row => row.Differs).Select(row => row.Wish)], cancellationToken)
            ? new PromotionReceipt(true, $"the {access.Dialect.Name} database", null, null)
            : new PromotionReceipt(false, $"the {access.Dialect.Name} database", null, $"the rows of {plan.Request.To} changed meanwhile; nothing was written")
        : await ProposeAsync(plan, plan.File!.Value, cancellationToken);

    private async Task<PromotionReceipt> ProposeAsync(PromotionPlan plan, (string Path, ReadOnlyMemory<byte> Text) file, CancellationToken cancellationToken)
    {
        var baseName = target.DesiredBranch ?? target.BaseName;
        var name = RefName.TryBranch($"{ChangeSet.PromotionPrefix}{target.Name}.{plan.Request.To}")!;
        var refs = await repository.ReadRemoteAsync([RefPattern.Exactly(RefName.TryBranch(baseName)!), RefPattern.Exactly(name)], cancellationToken);
        var (head, there) = (refs.Find(RefName.TryBranch(baseName)!)!, refs.Find(name));
        if (there is not null && !await IsOursAsync(there, cancellationToken))
            return new PromotionReceipt(false, name.BranchName!, null, "somebody pushed to this branch; merge it, or delete it first");
        if (await repository.FindAsync(head, RepositoryPath.TryParse(file.Path)!, cancellationToken) is not { } now || now.Text != plan.Before.BlobId)
            return new PromotionReceipt(false, name.BranchName!, null, $"{file.Path} changed meanwhile; run it again");
        if (there is not null && await new WaitingPromotion(repository, file.Path).WouldLoseAsync(there, plan, cancellationToken) is { } lost)
            return new PromotionReceipt(false, name.BranchName!, null, lost);
        var tip = await CommitAsync(plan, (name, head), file, cancellationToken);
        if (tip != there)
        {
            var pushed = (await repository.PushAsync([new RefUpdate(name, tip, there)], cancellationToken))[0];
            if (!pushed.IsThere) return new PromotionReceipt(false, name.BranchName!, null, $"the remote refused it: {pushed.Reason ?? pushed.Outcome.ToString()}");
        }

        var text = new ProposalText(name.BranchName!, baseName, PromotionWords.Title(target.Name, plan), PromotionText.Body(plan));
        var shown = await pullRequests.OpenAsync(text, cancellationToken);
        if (shown.Title != text.Title || shown.Body != text.Body) await pullRequests.UpdateAsync(shown, text, cancellationToken);
        return new PromotionReceipt(tip != there, name.BranchName!, shown.Location, null);
    }

    private async Task<ObjectId> CommitAsync(
        PromotionPlan plan, (RefName Name, ObjectId Head) branch, (string Path, ReadOnlyMemory<byte> Text) file, CancellationToken cancellationToken)
    {
        var parent = await repository.ReadCommitAsync(branch.Head, cancellationToken);
        var chain = new CommitChain
        {
            Target = branch.Name,
            Parent = branch.Head,
            Identity = target.Identity,
            Date = parent.Committer.Date,
            Signing = target.Signing,
            Commits = [new NewCommit(PromotionText.Message(target.Name, plan), [FileChange.Write(RepositoryPath.TryParse(file.Path)!, file.Text)])],
        };
        return (await repository.CommitAsync(chain, cancellationToken)).Tip;
    }

    private async Task<bool> IsOursAsync(ObjectId head, CancellationToken cancellationToken) =>
        Trailers.Last((await repository.ReadCommitAsync(head, cancellationToken)).Message, Trailers.PromotedTo) is not null;

    private static Problem Impossible(PromotionRequest request, string message, string remedy) =>
        new(PromotionCodes.Impossible, Severity.Error, message, remedy, new Place("promote"), request.To.Text);
}
