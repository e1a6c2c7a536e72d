using System.Globalization;
using System.Text.Json;
using OdooSky.GitOps.Reconciler.Git;
using OdooSky.GitOps.Reconciler.GitHub;
using OdooSky.GitOps.Reconciler.Passes;
using OdooSky.GitOps.Sandbox.GitHub;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Forge;

/// <summary>
/// Endpoint × fault → how a pass ends that meets it each time: <c>ok</c>, <c>partly</c> (a branch is refused, the others go on), <c>said</c>
/// (in the branch's report), or the failure's kind. Once the fault is over, at most two passes reach the undisturbed end. Some cells of
/// each row in <c>./test</c>, all with <c>./test --long</c>; every endpoint alone is in <see cref="GitHub.FaultTests"/>.
/// </summary>
public sealed class FaultTableTests
{
    private const string Repo = "/repos/{owner}/{repo}";

    private static readonly (string Name, Fault Fault)[] Columns =
    [
        ("reset", Fault.ResetBefore),
        ("silence", Fault.Silence),
        ("page", Fault.Html),
        ("401", Fault.Answer(401, """{"message":"Bad credentials"}""")),
        ("403", Fault.Answer(403, """{"message":"Resource not accessible by integration"}""")),
        ("limit", Fault.Answer(429, """{"message":"You have exceeded a secondary rate limit."}""", ("Retry-After", "60"))),
        ("404", Fault.Answer(404, """{"message":"Not Found"}""")),
        ("409", Fault.Answer(409, """{"message":"Conflict"}""")),
        ("422", Fault.Answer(422, """{"message":"Validation Failed"}""")),
        ("500", Fault.Answer(500, """{"message":"Server Error"}""")),
    ];

    private static readonly (string Does, string Endpoint, string Story, string Reactions)[] Rows =
    [
        //                                                                reset       silence page       401          403       limit   404       409      422     500
        ("show the repository", $"GET {Repo}", "open",                   "interrupted timeout not-github unauthorized forbidden limited not-found conflict invalid fault"),
        ("list pull requests", $"GET {Repo}/pulls", "open",              "interrupted timeout not-github unauthorized forbidden limited not-found conflict invalid fault"),
        ("open a pull request", $"POST {Repo}/pulls", "open",            "interrupted timeout not-github unauthorized forbidden limited partly    partly   partly  fault"),
        ("assign people", $"POST {Repo}/issues/{{issue_number}}/assignees", "open", "interrupted timeout not-github unauthorized said limited said said said fault"),
        ("ask for reviews", $"POST {Repo}/pulls/{{pull_number}}/requested_reviewers", "open", "interrupted timeout not-github unauthorized said limited said said said fault"),
        ("label", $"POST {Repo}/issues/{{issue_number}}/labels", "open", "interrupted timeout not-github unauthorized forbidden limited partly    partly   partly  fault"),
        ("take a label off", $"DELETE {Repo}/issues/{{issue_number}}/labels/{{name}}", "rebuild", "interrupted timeout not-github unauthorized forbidden limited ok partly partly fault"),
        ("change a pull request", $"PATCH {Repo}/pulls/{{pull_number}}", "update", "interrupted timeout not-github unauthorized forbidden limited partly partly partly fault"),
        ("close a pull request", $"PATCH {Repo}/pulls/{{pull_number}}", "close", "interrupted timeout not-github unauthorized forbidden limited partly partly partly fault"),
        ("list comments", $"GET {Repo}/issues/{{issue_number}}/comments", "close", "interrupted timeout not-github unauthorized forbidden limited partly partly partly fault"),
        ("comment", $"POST {Repo}/issues/{{issue_number}}/comments", "close", "interrupted timeout not-github unauthorized forbidden limited partly partly partly fault"),
        ("switch auto-merge on", "POST /graphql", "merge",               "interrupted timeout not-github unauthorized said      limited said      said     said    fault"),
        ("merge", $"PUT {Repo}/pulls/{{pull_number}}/merge", "merge",    "interrupted timeout not-github unauthorized said      limited said      said     said    fault"),
        ("read refs", "GET info/refs git-upload-pack", "open",           "transport   -       refused    refused      refused   transport refused   transport transport transport"),
        ("fetch", "POST git-upload-pack", "open",                        "transport   -       transport  refused      refused   transport refused   transport transport transport"),
        ("push", "POST git-receive-pack", "open",                        "transport   -       transport  refused      refused   transport refused   transport transport transport"),
    ];

    private static readonly Dictionary<string, (string GitOps, string Before)> Stories = new(StringComparer.Ordinal)
    {
        ["open"] = ("reviewers: [jane]\nassignees: [jane]\n", "add acme"),
        ["update"] = ("", "add acme; pass; wish acme 1.2"),
        ["close"] = ("", "add acme; pass; wish acme 1.0"),
        ["rebuild"] = ("", "add acme; pass; edit i-acme 9.9; pass; label 1 odoosky/rebuild"),
        ["merge"] = ("autoMerge: all\n", "add acme"),
    };

    public static TheoryData<string, string> Cells()
    {
        var all = Environment.GetEnvironmentVariable("ODOOSKY_TEST_LONG") is not null;
        var cells = new TheoryData<string, string>();
        for (var row = 0; row < Rows.Length; row++)
        for (var column = 0; column < Columns.Length; column++)
            if (Reaction(row, column) != "-" && (all || (row + (7 * column)) % 10 == 0)) cells.Add(Rows[row].Does, Columns[column].Name);
        return cells;
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task A_pass_that_meets_a_fault_ends_so_and_two_later_all_is_as_if_it_had_not_been(string does, string fault)
    {
        var row = Array.FindIndex(Rows, each => each.Does == does);
        var column = Array.FindIndex(Columns, each => each.Name == fault);
        await using var fleet = await BeginAsync(Rows[row].Story);
        var met = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        fleet.Hub.Faults.From(Rows[row].Endpoint, 1, Columns[column].Fault with { Hung = met });

        var reaction = await ReactionAsync(fleet, fault == "silence" ? met.Task : null);
        fleet.Hub.Faults.Clear();
        fleet.Clock.Go(TimeSpan.FromMinutes(61));
        await fleet.PassAsync();
        await fleet.PassAsync();

        Assert.Equal(Reaction(row, column), reaction);
        if (Rows[row].Story == "open" && reaction == "said") return; // who could not be asked is not asked again
        await using var calm = await BeginAsync(Rows[row].Story);
        await calm.PassAsync();
        await calm.PassAsync();
        Assert.Equal(Look(calm), Look(fleet));
    }

    private static string Reaction(int row, int column) => Rows[row].Reactions.Split(' ', StringSplitOptions.RemoveEmptyEntries)[column];

    private static async Task<HttpFleet> BeginAsync(string story)
    {
        var fleet = await HttpFleet.StartAsync(Stories[story].GitOps);
        fleet.Record.Collaborators["jane"] = "write";
        fleet.Tune = options => options with { Timeout = JumpingClock.Patience, Attempts = 1 };
        await new LifeScript(fleet).PlayAsync(Stories[story].Before);
        await fleet.RestartAsync();
        return fleet;
    }

    // A silent server is waited for until it has been met: then the time is up.
    private static async Task<string> ReactionAsync(HttpFleet fleet, Task? silence)
    {
        try
        {
            var pass = fleet.PassAsync();
            if (silence is not null && await Task.WhenAny(silence, pass) == silence) fleet.Clock.EndLimits();
            var report = await pass;
            return report.Branches.Any(branch => branch.Outcome == BranchOutcome.Refused) ? "partly" : report.Branches.Any(branch => branch.Receipt is not null && branch.Detail.Contains("GitHub could not", StringComparison.Ordinal)) ? "said" : "ok";
        }
        catch (GitHubFailure failure)
        {
            return failure.Kind == GitHubFailureKind.NotGitHub ? "not-github" : JsonNamingPolicy.KebabCaseLower.ConvertName(failure.Kind.ToString());
        }
        catch (GitFailure failure)
        {
            return JsonNamingPolicy.KebabCaseLower.ConvertName(failure.Kind.ToString());
        }
    }

    private static string Look(HttpFleet fleet) => string.Join('\n', fleet.Record.Pulls.Select(pull => string.Create(
        CultureInfo.InvariantCulture,
        $"#{pull.Number} {pull.HeadBranch} {pull.Open} {pull.MergedAt is not null} [{string.Join(' ', pull.Labels.Order(StringComparer.Ordinal))}] {pull.Title} {pull.Body}"))
        .Concat(fleet.Record.Comments.Select(comment => comment.Body)).Concat(fleet.Branches()));
}
