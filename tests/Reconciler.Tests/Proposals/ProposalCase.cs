using System.Collections.Immutable;
using System.Text;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Document;
using OdooSky.GitOps.Overlay.Plan;
using OdooSky.GitOps.Reconciler.Passes;
using OdooSky.GitOps.Reconciler.Proposals;
using OdooSky.GitOps.Reconciler.Settings;

namespace OdooSky.GitOps.Reconciler.Tests.Proposals;

/// <summary>A change set as a pass plans it from overlays and wishes, and all texts that people would read about it.</summary>
internal sealed record ProposalCase
{
    /// <summary>What the overlay of most cases says.</summary>
    public const string Before = """
        # kept by the platform team
        instance:
          code: acme
        addons:
          - code: sale
            source: odoo-builtin
          - code: web_x      # asked for by sales
            source: oca
            image: r.example/web_x
            version: "1.0"

        """;

    /// <summary>The rows of <see cref="Before"/>, as a wish has them.</summary>
    public const string Sale = "- {code: sale, source: odoo-builtin}\n";

    public const string Web = "- {code: web_x, source: oca, image: r.example/web_x, version: \"1.0\"}\n";

    private const string Chart = "addons: []\nimage: {repository: odoo, tag: \"17.0\"}\nresources: {odoo: {}, pg: {}}\n";

    private const string Paths =
        "apiVersion: odoosky.io/v1\nkind: RestartPaths\npaths: {image: [odoo], resources.odoo: [odoo], resources.pg: [pg], ingress: []}\n";

    private static readonly PlanRules Rules = new()
    {
        ChartValues = Encoding.UTF8.GetBytes(Chart),
        RestartPaths = RestartPaths.Read(RestartPaths.FileName, Encoding.UTF8.GetBytes(Paths)),
    };

    /// <summary>The case's name.</summary>
    public required string Name { get; init; }

    /// <summary>The change set's name.</summary>
    public string Set { get; init; } = "i-acme";

    /// <summary>The target's name.</summary>
    public string Target { get; init; } = "prod";

    /// <summary>Code, overlay (empty: none) and wish (its part behind the code) of each instance.</summary>
    public required ImmutableArray<(string Code, string Overlay, string Wish)> Instances { get; init; }

    /// <summary>The catalogue, or empty.</summary>
    public string Catalog { get; init; } = string.Empty;

    /// <summary>The repository's settings.</summary>
    public GitOpsSettings Settings { get; init; } = new();

    /// <summary>The size of the whole fleet.</summary>
    public int FleetSize { get; init; } = 412;

    /// <summary>The branch that the wish was asked for at, or null.</summary>
    public string? DesiredRevision { get; init; }

    /// <summary>Instances that somebody edited on base.</summary>
    public ImmutableHashSet<string> EditedOnBase { get; init; } = [];

    /// <summary>What the guards saw.</summary>
    public ImmutableArray<GuardResult> Guards { get; init; } = [new("deletes", 0, 20), new("changes", 1, 123), new("restarts", 1, 41)];

    /// <summary>The texts: title, commit messages, and the body on a forge.</summary>
    public string Write()
    {
        var set = new ChangeSet(Target, Set, [.. Instances.Select(Plan).OrderBy(change => change.Code)]);
        var text = ProposalWriter.Write(set, Pass(set), Settings, isForge: true);
        var commits = string.Concat(CommitPlan.Of(set).Select(commit => $"===== commit\n{commit.Message}"));
        return $"===== title{(text.Draft ? " of a draft" : "")}\n{text.Title}\n{commits}===== body\n{text.Body}";
    }

    private PlannedPass Pass(ChangeSet set) => new()
    {
        Target = Target,
        BaseBranch = "main",
        BaseCommit = new string('1', 40),
        Overlays = Settings.Overlays,
        DesiredFolder = "desired",
        DesiredFrom = "desired/ at the same commit",
        DesiredRevision = DesiredRevision,
        Plan = OverlayPlanner.Combine(set.Changes, []) with { Instances = [.. Enumerable.Repeat(set.Changes[0], FleetSize)] },
        Usable = true,
        Decided = Decided.Nothing with { EditedOnBase = EditedOnBase },
        Guards = Guards,
    };

    private OverlayChange Plan((string Code, string Overlay, string Wish) instance)
    {
        var (code, path) = (InstanceCode.TryParse(instance.Code)!, $"instances/{instance.Code}/values.yaml");
        var wish = Encoding.UTF8.GetBytes($"apiVersion: odoosky.io/v1\nkind: Instance\ncode: {code}\n{instance.Wish}");
        var catalog = Catalog.Length == 0 ? null
            : CatalogFile.Read("desired/addons.yaml", Encoding.UTF8.GetBytes("apiVersion: odoosky.io/v1\nkind: AddonCatalog\n" + Catalog), "c4c4");
        var state = DesiredState.Combine([InstanceFile.Read($"desired/instances/{code}.yaml", wish, "a1a1")], catalog, new DesiredRules());
        var current = instance.Overlay.Length == 0 ? null : OverlayDocument.Read(path, Encoding.UTF8.GetBytes(instance.Overlay), code);
        var change = new InstancePlanner(Rules).Plan(new InstanceFacts(code, path, state.Instances.SingleOrDefault(), state.Instances.IsEmpty, current));
        return change.IsProposed ? change : throw new InvalidOperationException($"{Name}: {code} is {change.Action}. {string.Join(' ', state.Problems.Concat(change.Problems))}");
    }
}
