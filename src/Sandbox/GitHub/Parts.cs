using System.Collections.Immutable;

namespace OdooSky.GitOps.Sandbox.GitHub;

/// <summary>What answers requests, put together once.</summary>
/// <param name="Hub">The stand-in's memory.</param>
/// <param name="Limits">GitHub's limits.</param>
/// <param name="Faults">What goes wrong.</param>
/// <param name="App">The app.</param>
internal sealed record Parts(Hub Hub, RateLimits Limits, FaultScript Faults, AppIdentity App)
{
    /// <summary>What branches do to pull requests.</summary>
    public PullLife Life { get; } = new(Hub);

    public Callers Callers { get; } = new(Hub, App);

    public GitOverHttp Git => field ??= new GitOverHttp(Hub, Life);

    /// <summary>Answers GraphQL documents.</summary>
    public GraphQLEndpoint GraphQL => field ??= new GraphQLEndpoint(Hub, Life);

    /// <summary>All endpoints; the first that fits a path has it.</summary>
    public ImmutableArray<Route> Routes => field.IsDefault ? field = Make() : field;

    private ImmutableArray<Route> Make()
    {
        var shapes = new Shapes(Hub);
        var pulls = new PullShapes(shapes);
        return
        [
            .. new RepositoryEndpoints(Hub, Life, shapes).Routes,
            .. new PullEndpoints(Hub, Life, pulls).Routes,
            .. new MergeEndpoints(Hub, Life).Routes,
            .. new IssueEndpoints(Hub, shapes, pulls).Routes,
            .. new PeopleEndpoints(Hub, shapes, pulls).Routes,
            .. new StatusEndpoints(Hub, Life, shapes).Routes,
            .. new AppEndpoints(App, Limits).Routes,
        ];
    }
}
