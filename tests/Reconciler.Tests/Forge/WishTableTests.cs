using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Forge;

/// <summary>
/// What happens over HTTP when the wish or base changes. Each row is a story, and what is there at its end; see <see cref="LifeScript"/> for its words.
/// After every row one more pass writes nothing.
/// </summary>
public sealed class WishTableTests
{
    private static readonly (string When, string Story, string End)[] Rows =
    [
        // nothing differs
        ("base says what is desired", "add acme 1.1; pass", ""),
        ("only a comment differs", "add acme 1.1; pass; comment acme; pass", ""),
        ("an overlay that nobody wishes for", "add acme 1.1; forget acme; pass", ""),

        // a change, and no open pull request
        ("a change", "add acme; pass", "#1 open; i-acme: acme 1.1"),
        ("a new instance", "wish acme 1.1; pass", "#1 open; i-acme: acme 1.1"),
        ("an instance to remove", "add acme 1.1; wish acme 1.1 absent; pass", "#1 open; i-acme: acme gone"),
        ("a group each", "add acme; add globex; pass", "#1 open, #2 open; i-acme: acme 1.1, i-globex: globex 1.1"),
        ("a label's group", "gitops grouping: label:team; add acme 1.0 team=a; add globex 1.0 team=a; add initech; pass", "#1 open, #2 open; i-initech: initech 1.1, r-a: acme 1.1 globex 1.1"),
        ("all in one group", "gitops grouping: all; add acme; add globex; pass", "#1 open; all-1: acme 1.1 globex 1.1"),
        ("a group that is too large", "gitops grouping: all | limits: {groupSize: 2}; add acme; add globex; add initech; pass", "#1 open, #2 open; all-1: acme 1.1 globex 1.1, all-2: initech 1.1"),
        ("the POST is lost before it", "add acme; lose before POST …/pulls; lost; pass", "#1 open; i-acme: acme 1.1"),
        ("the POST's answer is lost", "add acme; lose after POST …/pulls; pass", "#1 open; i-acme: acme 1.1"),
        ("the push's answer is lost", "add acme; lose after POST git-receive-pack; lost; pass", "#1 open; i-acme: acme 1.1"),
        ("GitHub says that there is one already", "add acme; lose before POST …/pulls; lost; hand i-acme; blind; pass", "#1 open; i-acme: acme 1.1"),
        ("a person opened it from our branch", "add acme; lose before POST …/pulls; lost; hand i-acme; pass", "#1 open; i-acme: acme 1.1"),

        // the wish changes while it is open
        ("the wish changes", "add acme; pass; wish acme 1.2; pass", "#1 open; i-acme: acme 1.2"),
        ("it changes, and another machine goes on", "add acme; pass; wish acme 1.2; elsewhere; pass", "#1 open; i-acme: acme 1.2"),
        ("it changes twice", "add acme; pass; wish acme 1.2; wish acme 1.3; pass", "#1 open; i-acme: acme 1.3"),
        ("the push of the new branch is lost", "add acme; pass; wish acme 1.2; lose before POST git-receive-pack; lost; pass", "#1 open; i-acme: acme 1.2"),
        ("the new text is lost", "add acme; pass; wish acme 1.2; lose before PATCH …/pulls/{pull_number}; lost; pass", "#1 open; i-acme: acme 1.2"),
        ("an instance joins the group", "gitops grouping: all; add acme; pass; add globex; pass", "#1 open; all-1: acme 1.1 globex 1.1"),
        ("an instance leaves the group", "gitops grouping: all; add acme; add globex; pass; wish acme 1.0; pass", "#1 open; all-1: globex 1.1"),
        ("a person changed the title", "add acme; pass; retitle 1; pass", "#1 open; i-acme: acme 1.1"),

        // base moves
        ("another file moves on base", "add acme; pass; keep i-acme; base; pass; kept i-acme", "#1 open; i-acme: acme 1.1"),
        ("another instance is merged", "add acme; add globex; pass; keep i-acme; merge 2; pass; kept i-acme", "#1 open, #2 merged; i-acme: acme 1.1"),
        ("its own overlay moves on base", "add acme; pass; keep i-acme; comment acme; pass; moved i-acme", "#1 open; i-acme: acme 1.1"),
        ("a person presses update branch", "add acme; pass; base; update 1; keep i-acme; pass; kept i-acme", "#1 open; i-acme: acme 1.1"),
        ("update branch, then the wish changes", "add acme; pass; base; update 1; wish acme 1.2; pass", "#1 open; i-acme: acme 1.2"),
        ("the wish changes, and base moves", "add acme; pass; base; wish acme 1.2; base; pass", "#1 open; i-acme: acme 1.2"),

        // the wish returns
        ("the wish returns to what base has", "add acme; pass; wish acme 1.0; pass", "#1 closed \"closed\""),
        ("base gets what is desired in another way", "add acme; pass; overlay acme 1.1; pass", "#1 closed \"closed\""),
        ("it returns, and is wished again", "add acme; pass; wish acme 1.0; pass; wish acme 1.1; pass", "#1 closed \"closed\", #2 open; i-acme: acme 1.1"),
        ("the close is lost", "add acme; pass; wish acme 1.0; lose after PATCH …/pulls/{pull_number}; lost; pass", "#1 closed \"closed\""),
        ("the comment of the close is lost", "add acme; pass; wish acme 1.0; lose after POST …/issues/{issue_number}/comments; lost; pass", "#1 closed \"closed\""),
        ("it is suspended", "add acme; pass; wish acme 1.2 suspended; pass", "#1 open +odoosky/suspended; i-acme: acme 1.1"),
        ("it is suspended, and goes on", "add acme; pass; wish acme 1.2 suspended; pass; wish acme 1.2; pass", "#1 open; i-acme: acme 1.2"),
        ("its row is gone", "add acme; pass; forget acme; pass", "#1 open; i-acme: acme 1.1"),
        ("its row is broken", "add acme; pass; break acme; pass", "#1 open; i-acme: acme 1.1"),

        // limits, groups, strangers
        ("no more than the limit at once", "gitops limits: {openPullRequests: 1}; add acme; add globex; pass; pass", "#1 open; i-acme: acme 1.1"),
        ("room again", "gitops limits: {openPullRequests: 1}; add acme; add globex; pass; merge 1; pass", "#1 merged, #2 open; i-globex: globex 1.1"),
        ("no more than the limit in an hour", "gitops limits: {newPerHour: 1}; add acme; add globex; pass; merge 1; pass", "#1 merged"),
        ("another hour", "gitops limits: {newPerHour: 1}; add acme; add globex; pass; merge 1; hour; pass", "#1 merged, #2 open; i-globex: globex 1.1"),
        ("regrouped", "add acme; add globex; pass; gitops grouping: all; pass", "#1 closed \"closed\", #2 closed \"closed\", #3 open; all-1: acme 1.1 globex 1.1"),
        ("regrouped, and one is a person's", "add acme; add globex; pass; edit i-acme 9.9; gitops grouping: all; pass", "#1 open +odoosky/edited \"edited\", #2 closed \"closed\"; i-acme: acme 9.9"),
        ("a fork with the name of our branch", "add acme; fork i-acme; pass", "#2 open; i-acme: acme 1.1"),
        ("renamed", "add acme; rename; refused error: 301", ""),
        ("replaced", "add acme; replace; refused is another repository now", ""),
        ("archived", "add acme; archive; refused is archived or disabled", ""),
    ];

    public static TheoryData<string> Names => [.. Rows.Select(row => row.When)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task What_happens_when(string when)
    {
        var (_, story, end) = Rows.Single(row => row.When == when);

        await LifeScript.CheckAsync(story, end);
    }
}
