using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Forge;

/// <summary>
/// What happens over HTTP when people push, close, merge and revert. Each row is a story, and what is there at its end; see <see cref="LifeScript"/> for its words.
/// After every row one more pass writes nothing.
/// </summary>
public sealed class PeopleTableTests
{
    private static readonly (string When, string Story, string End)[] Rows =
    [
        // a person pushes to the branch
        ("a person edits the overlay", "add acme; pass; edit i-acme 9.9; pass", "#1 open +odoosky/edited \"edited\"; i-acme: acme 9.9"),
        ("a person adds a file", "add acme; pass; litter i-acme; pass", "#1 open +odoosky/edited \"edited\"; i-acme: acme 1.1"),
        ("edited, and the wish changes", "add acme; pass; edit i-acme 9.9; pass; wish acme 1.2; pass; pass", "#1 open +odoosky/edited \"edited\"; i-acme: acme 9.9"),
        ("edited, and the wish returns", "add acme; pass; edit i-acme 9.9; wish acme 1.0; pass", "#1 open +odoosky/edited \"edited\"; i-acme: acme 9.9"),
        ("edited, and base's overlay moves", "add acme; pass; edit i-acme 9.9; comment acme; pass", "#1 open +odoosky/edited \"edited\"; i-acme: acme 9.9"),
        ("the comment about it is lost", "add acme; pass; edit i-acme 9.9; lose after POST …/issues/{issue_number}/comments; lost; pass", "#1 open +odoosky/edited \"edited\"; i-acme: acme 9.9"),
        ("edited, and given back", "add acme; pass; edit i-acme 9.9; pass; label 1 odoosky/rebuild; pass", "#1 open \"edited\"; i-acme: acme 1.1"),
        ("given back after the wish changed", "add acme; pass; edit i-acme 9.9; pass; wish acme 1.2; label 1 odoosky/rebuild; pass", "#1 open \"edited\"; i-acme: acme 1.2"),
        ("given back after the wish returned", "add acme; pass; edit i-acme 9.9; pass; wish acme 1.0; label 1 odoosky/rebuild; pass", "#1 closed +odoosky/edited +odoosky/rebuild \"edited\" \"closed\""),
        ("edited, and merged by a person", "add acme; pass; edit i-acme 9.9; pass; merge 1; pass", "#1 merged +odoosky/edited \"edited\", #2 open; i-acme: acme 1.1"),
        ("edited, and closed by a person", "add acme; pass; edit i-acme 9.9; pass; close 1; pass", "#1 closed +odoosky/edited \"edited\"; i-acme: acme 9.9; declined acme"),

        // a person closes it
        ("a person closes it", "add acme; pass; close 1; pass; elsewhere; pass", "#1 closed; i-acme: acme 1.1; declined acme"),
        ("closed, and a comment on base moves", "add acme; pass; close 1; comment acme; pass", "#1 closed; i-acme: acme 1.1; declined acme"),
        ("closed, and its branch deleted", "add acme; pass; close 1; delete i-acme; pass", "#1 closed; declined acme"),
        ("closed, and another change", "add acme; pass; close 1; wish acme 1.2; pass", "#1 closed, #2 open; i-acme: acme 1.2"),
        ("closed, another change, and back", "add acme; pass; close 1; wish acme 1.2; pass; wish acme 1.1; pass", "#1 closed, #2 closed \"closed\"; declined acme"),
        ("closed, and the others of its group", "gitops grouping: all; add acme; pass; close 1; add globex; pass", "#1 closed, #2 open; all-1: globex 1.1; declined acme"),
        ("closed, and reopened", "add acme; pass; close 1; pass; reopen 1; pass", "#1 open; i-acme: acme 1.1"),
        ("closed, and labelled", "add acme; pass; close 1; pass; label 1 odoosky/reopen; pass", "#1 closed +odoosky/reopen, #2 open; i-acme: acme 1.1"),
        ("closed, and taken back by the verb", "add acme; pass; close 1; pass; pr reopen acme; pass", "#1 closed \"reopened-acme\", #2 open; i-acme: acme 1.1"),
        ("one of a closed group taken back", "gitops grouping: all; add acme; add globex; pass; close 1; pr reopen globex; pass", "#1 closed \"reopened-globex\", #2 open; all-1: globex 1.1; declined acme"),
        ("its branch is deleted", "add acme; pass; delete i-acme; pass", "#1 closed; declined acme"),
        ("its branch is deleted, and it stays open", "branches-may-go; add acme; pass; delete i-acme; pass", "#1 open; i-acme: acme 1.1"),

        // it is merged
        ("a merge commit", "add acme; pass; merge 1; pass", "#1 merged"),
        ("a squash", "add acme; pass; squash 1; pass", "#1 merged"),
        ("a rebase", "add acme; pass; base; rebase 1; pass", "#1 merged"),
        ("a merge queue", "add acme; pass; queue 1; pass", "#1 merged"),
        ("the same bytes pushed by hand", "add acme; pass; push 1; pass", "#1 closed \"closed\""),
        ("a squash of a group", "gitops grouping: all; add acme; add globex; pass; squash 1; pass", "#1 merged"),
        ("merged, and the branch deleted by GitHub", "branches-go; add acme; pass; merge 1; pass", "#1 merged"),
        ("merged, and the wish changed meanwhile", "add acme; pass; wish acme 1.2; merge 1; pass", "#1 merged, #2 open; i-acme: acme 1.2"),

        // what was merged is taken back
        ("a merge commit reverted", "add acme; pass; merge 1; pass; revert 1; pass", "#1 merged; reverted acme"),
        ("a squash reverted", "add acme; pass; squash 1; pass; revert 1; pass", "#1 merged; reverted acme"),
        ("a rebase reverted", "add acme; pass; base; rebase 1; pass; overlay acme 1.0; pass", "#1 merged; reverted acme"),
        ("reverted before any pass saw the merge", "add acme; pass; merge 1; revert 1; elsewhere; pass", "#1 merged; reverted acme"),
        ("reverted, and another change", "add acme; pass; merge 1; pass; revert 1; pass; wish acme 1.2; pass", "#1 merged, #2 open; i-acme: acme 1.2"),
        ("base edited in another way", "add acme; pass; merge 1; pass; overlay acme 0.9; pass", "#1 merged, #2 open; i-acme: acme 1.1"),
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
