using OdooSky.GitOps.Reconciler.Proposals;

namespace OdooSky.GitOps.Reconciler.Life;

/// <summary>
/// The life of a branch and its pull request. The first row that fits decides; <c>–</c> means none, blank means any:
/// <code>
///    wanted   branch            pull request   and                              decision
/// 1  –        –                 –                                               nothing
/// 2  –                          –              suspended, stopped, declined …   rests as it is
/// 3           a person's                       no odoosky/rebuild               hands off
/// 4  –                          open           suspended, stopped, ring waits   rests as it is
/// 5  –                                         base has the same bytes          close: merged
/// 6  –                                         regrouped                        close: proposed elsewhere now
/// 7  –                                         declined, reverted: outdated     close: desired no longer
///                                                                               else close: base says what is desired
/// 8  a set                                     a person's branch has one of it  limited, until it is given back
/// 9  a set    –                 –                                               open (push, then look, then POST)
/// 10 a set    –                 open                                            rebuild: its branch was deleted
/// 11 a set    a person's                       odoosky/rebuild                  rebuild: a person asked for it
/// 12 a set    merged            –                                               open, over the old head
/// 13 a set    ours, other       –                                               open, over the old head
/// 14 a set    ours, other       open                                            rebuild: the desired state changed
/// 15 a set    ours, same                       its overlay changed on base      rebuild: base changed the overlay
/// 16 a set    ours, same        open           the forge reports a conflict     rebuild: conflict
/// 17 a set    ours, same        –                                               open (no push: a pass was cut short)
/// 18 a set    ours, same        open           no marker of ours                adopt
/// 19 a set    ours, same        open                                            leave alone, wherever base moved
/// </code>
/// A closed pull request is no row: what it declined is taken out of the set before (<see cref="Verdicts"/>), and so is what
/// was reverted. Limits come after it (<see cref="Room"/>).
/// </summary>
internal static class PullRequestLife
{
    /// <summary>Decides.</summary>
    /// <param name="facts">What was seen.</param>
    /// <returns>What becomes of it.</returns>
    public static Decision Decide(BranchFacts facts) => facts switch
    {
        { Wanted: null, Content: null, Open: null } => new Decision.Nothing(facts),
        { Wanted: null, Open: null, Rests: { } why } => new Decision.Rest(facts, why),
        { IsTheirs: true, AsksForRebuild: false } => new Decision.HandsOff(facts),
        { Wanted: { } set } => Decide(facts, set),
        { Rests: { } why } => new Decision.Rest(facts, why),
        { WasMerged: true } or { Landed: true } => new Decision.Close(facts, "it was merged"),
        { Regrouped: true } => new Decision.Close(facts, "its instances are proposed on another branch now"),
        { Outdated: true } => new Decision.Close(facts, "what it carries is not desired any more"),
        _ => new Decision.Close(facts, "base already says what is desired"),
    };

    private static Decision Decide(BranchFacts facts, ChangeSet set) => facts switch
    {
        { CarriedBy: { } other } => new Decision.Limited(facts, $"waits: {other} still carries one of its instances"),
        { Content: null, Open: null } => new Decision.Open(facts, set, Push: true),
        { Content: null } => new Decision.Rebuild(facts, set, "its branch was deleted"),
        { IsTheirs: true } => new Decision.Rebuild(facts, set, "somebody asked to have it made anew"),
        { Open: null } => new Decision.Open(facts, set, Push: !Carries(facts, set) || facts.OverlayMoved),
        _ when !Carries(facts, set) => new Decision.Rebuild(facts, set, "the desired state changed"),
        { OverlayMoved: true } => new Decision.Rebuild(facts, set, "its overlay changed on base"),
        { Open.Conflicts: true } => new Decision.Rebuild(facts, set, "the forge reports a conflict"),
        { Open.Marker: null } => new Decision.Adopt(facts, set),
        _ => new Decision.LeaveAlone(facts, set),
    };

    private static bool Carries(BranchFacts facts, ChangeSet set) =>
        facts is { WasMerged: false, Content: { IsOurs: true } content } && string.Equals(content.Content, set.ContentDigest, StringComparison.Ordinal);
}
