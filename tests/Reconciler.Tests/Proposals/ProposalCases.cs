using System.Collections.Immutable;
using OdooSky.GitOps.Reconciler.Settings;
using static OdooSky.GitOps.Reconciler.Tests.Proposals.ProposalCase;

namespace OdooSky.GitOps.Reconciler.Tests.Proposals;

/// <summary>Change sets whose texts are kept as files.</summary>
internal static class ProposalCases
{
    private const string Newer = "- {code: web_x, source: oca, image: r.example/web_x, version: \"1.1\"}\n";
    private const string Asked = "requestedBy: jane@example.com\nreason: Dashboard for the sales team\nticket: OPS-41\n";
    private const string Rows = "addons:\n" + Sale + Newer;
    private const string AsItIs = "addons:\n" + Sale + Web;

    public static ImmutableArray<ProposalCase> All { get; } =
    [
        One("addon-newer", Asked + Rows),
        One("addon-added", Asked + AsItIs + "- {code: queue_job, source: oca, image: r.example/queue_job, version: \"17.0.2\"}\n"),
        One("addon-removed", Asked + "addons:\n" + Sale),
        One("addons-come-go-and-change", Asked + "addons:\n" + Newer + "- {code: crm, source: odoo-builtin}\n- {code: dms, source: oca, image: r.example/dms, version: \"2\"}\n"),
        One("all-addons-removed", "addons: []\n"),
        One("builtin-row-added", Asked + AsItIs + "- {code: crm, source: odoo-builtin}\n"),
        One("builtin-row-removed", "addons:\n" + Web),
        One("image-of-an-addon-changes", "addons:\n" + Sale + "- {code: web_x, source: oca, image: other.example/web_x, version: \"1.0\"}\n"),
        One("source-of-an-addon-changes", "addons:\n" + Sale + "- {code: web_x, source: vendor, image: r.example/web_x, version: \"1.0\"}\n"),
        One("value-that-restarts-odoo", Asked + AsItIs + "values: {image: {tag: \"17.0-20261101\"}}\n"),
        One("value-that-restarts-postgresql", AsItIs + "values: {resources: {pg: {limits: {memory: 2Gi}}}}\n"),
        One("value-that-restarts-both", AsItIs + "values: {resources: {pg: {limits: {memory: 2Gi}}, odoo: {limits: {memory: 3Gi}}}}\n"),
        One("value-that-restarts-nothing", AsItIs + "values: {ingress: {host: acme.example}}\n"),
        One("value-of-unknown-cost", AsItIs + "values: {colour: blue, shape: 7}\n"),
        One("value-unset", AsItIs + "unset: [ingress.colour]\n", Before + "ingress:\n  colour: red\n"),
        One("row-and-value", Rows + "values: {image: {tag: \"17.0-20261101\"}}\n"),
        One("many-steps", AsItIs + "values:\n  ingress: {" + string.Join(", ", Enumerable.Range(10, 15).Select(i => $"k{i}: {i}")) + "}\n"),
        One("new-instance", Asked + Rows, ""),
        One("new-instance-without-rows", "addons: []\n", ""),
        One("new-instance-from-a-clone", "cloneFromCode: globex\n" + Rows, ""),
        One("instance-retired", Asked + "state: absent\n"),
        One("nobody-named", Rows),
        One("only-a-person-named", "requestedBy: jane@example.com\n" + Rows),
        One("only-a-ticket-named", "ticket: OPS-41\n" + Rows),
        Catalogue("catalogue-asks", "requestedBy: lena@example.com\n    reason: Columns were off by one\n    ticket: FIN-318\n"),
        One("edited-on-base", Rows) with { EditedOnBase = ["acme"] },
        One("merges-itself", AsItIs + "values: {ingress: {host: acme.example}}\n") with { Settings = new() { AutoMerge = AutoMerge.NoRestart } },
        One("does-not-merge-itself", Rows) with { Settings = new() { AutoMerge = AutoMerge.AuditOnly } },
        One("audit-only-merges-itself", AsItIs + "- {code: crm, source: odoo-builtin}\n") with { Settings = new() { AutoMerge = AutoMerge.AuditOnly } },
        One("removal-is-merged-by-a-person", "state: absent\n") with { Settings = new() { AutoMerge = AutoMerge.NoRestart } },
        One("draft", Rows) with { Settings = new() { Draft = true, AutoMerge = AutoMerge.All } },
        One("guard-passed-by-approval", Rows) with { Guards = [new("deletes", 0, 20), new("changes", 130, 123), new("restarts", 90, 41)] },
        One("fleet-too-small-for-guards", Rows) with { FleetSize = 1, Guards = [new("deletes", 0, -1), new("changes", 1, -1), new("restarts", 1, -1)] },
        One("wish-on-a-branch", Rows) with { DesiredRevision = "wish/sales-dashboard" },
        One("windows-line-ends", Rows, Before.Replace("\n", "\r\n", StringComparison.Ordinal)),
        One("no-final-line-end", Rows, Before.TrimEnd('\n')),
        One("file-with-fences-and-markup", AsItIs + "values: {ingress: {note: new}}\n", Before + "# ```\n# </details> <b>\ningress:\n  note: \"````\"\n"),
        One("other-scripts", "reason: Grüße aus 東京 \\u2013 für Zoë\n" + Rows),
        One("long-names", Rows, Before, "a-very-long-instance-code-of-forty-chars") with { Target = "a-target-with-a-rather-long-name-too" },
        Hostile("closing-words-and-mentions", "fixes #12, closes owner/repo#3 @octocat @org/team"),
        Hostile("markup", "**bold** <img src=x onerror=alert(1)> | cell | `code` [l](https://evil.example)"),
        Several("ring", "r-canary", "acme", "globex"),
        Several("part-of-a-ring", "r-main+2", "initech", "umbrella"),
        Several("all", "all-1", "acme", "globex", "hooli") with { EditedOnBase = ["globex", "hooli"] },
        Mixed("create-update-retire"),
    ];

    private static ProposalCase One(string name, string wish, string overlay = Before, string code = "acme") => new()
    {
        Name = name,
        Set = "i-" + code,
        Instances = [(code, overlay.Replace("code: acme", "code: " + code, StringComparison.Ordinal), wish)],
    };

    private static ProposalCase Catalogue(string name, string request) => One(name, "odoo: \"17.0\"\naddons:\n" + Sale + "- {code: web_x}\n") with
    {
        Catalog = $"addons:\n  web_x:\n    source: oca\n    image: r.example/web_x\n    series: {{\"17.0\": \"1.1\"}}\n    {request}",
    };

    private static ProposalCase Hostile(string name, string text) => One(
        "hostile-" + name,
        $"requestedBy: \"{text}\"\nreason: \"{text}\"\nticket: \"{text}\"\n{Rows}values: {{ingress: {{note: \"{text}\"}}}}\n");

    private static ProposalCase Several(string name, string set, params string[] codes) => new()
    {
        Name = name,
        Set = set,
        Instances = [.. codes.Select(code => (code, Before.Replace("acme", code, StringComparison.Ordinal), Asked + Rows))],
        Guards = [new("deletes", 0, 20), new("changes", codes.Length, 123), new("restarts", codes.Length, 41)],
    };

    private static ProposalCase Mixed(string name) => new()
    {
        Name = name,
        Set = "all-1",
        Instances = [("acme", Before, "state: absent\n"), ("beta", "", Rows), ("gamma", Before.Replace("acme", "gamma", StringComparison.Ordinal), AsItIs + "- {code: crm, source: odoo-builtin}\n")],
    };
}
