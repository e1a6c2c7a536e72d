using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Reconciler.Rollout;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Rollout;

/// <summary>Whose Application is it?</summary>
public sealed class MatchTests
{
    private static readonly OverlayPlace Overlay = new("git@Git.example:acme/fleet.git", "instances/acme/values.yaml");
    private static readonly InstanceCode Acme = InstanceCode.TryParse("acme")!;

    [Theory]
    [InlineData("https://git.example/Acme/Fleet.git", "git.example/acme/fleet")]
    [InlineData("https://bot@git.example/acme/fleet/", "git.example/acme/fleet")]
    [InlineData("https://git.example:443/acme/fleet", "git.example/acme/fleet")]
    [InlineData("http://git.example:80/acme/fleet.git/", "git.example/acme/fleet")]
    [InlineData("git@git.example:acme/fleet.git", "git.example/acme/fleet")]
    [InlineData("git.example:/acme/fleet", "git.example/acme/fleet")]
    [InlineData("ssh://git@git.example:22/acme/fleet", "git.example/acme/fleet")]
    [InlineData("ssh://git@git.example:7999/acme/fleet.git", "git.example:7999/acme/fleet")]
    [InlineData("/srv/git/Fleet.git", "/srv/git/fleet")]
    public void Every_spelling_of_a_repository_reads_as_one(string url, string common) => Assert.Equal(common, RepositoryUrl.Normalize(url));

    [Theory]
    [InlineData("https://git.example/acme/fleet-2")]
    [InlineData("https://git.example:8443/acme/fleet")]
    [InlineData("https://other.example/acme/fleet")]
    public void Another_repository_is_another(string url) => Assert.False(RepositoryUrl.AreSame(url, Overlay.Repository));

    [Theory]
    [InlineData("charts/instance", "../../instances/acme/values.yaml", true)]
    [InlineData("charts/instance", "/instances/acme/values.yaml", true)]
    [InlineData("./charts/./instance/", "../../instances/acme/values.yaml", true)]
    [InlineData("instances/acme", null, true)]
    [InlineData("charts/instance", "../../instances/acme2/values.yaml", false)]
    [InlineData("charts/instance", "../instances/acme/values.yaml", false)]
    [InlineData("charts/instance", "../../../instances/acme/values.yaml", false)]
    [InlineData("charts/instance", "$values/instances/acme/values.yaml", false)]
    [InlineData("charts/instance", null, false)]
    public void One_source_reads_the_overlay_or_it_does_not(string path, string? file, bool reads)
    {
        var source = Source(path) with { Helm = new HelmSource { ValueFiles = file is null ? [] : [file] } };

        Assert.Equal(reads ? 0 : null, OverlaySource.IndexOf(new ApplicationSpec { Sources = [source] }, Overlay));
    }

    [Fact]
    public void Of_several_sources_the_one_that_holds_the_overlay_counts()
    {
        var chart = new ApplicationSource { RepoUrl = "https://charts.example", Chart = "odoo", Helm = new HelmSource { ValueFiles = ["$values/instances/acme/values.yaml"] } };
        var values = Source(path: null) with { Ref = "values" };

        Assert.Equal(1, OverlaySource.IndexOf(new ApplicationSpec { Sources = [chart, values], IsMultiSource = true }, Overlay));
        Assert.Null(OverlaySource.IndexOf(new ApplicationSpec { Sources = [chart, values with { Ref = "others" }], IsMultiSource = true }, Overlay));
    }

    [Theory]
    [InlineData("charts/instance", "../../instances/acme/values.yaml", null)]
    [InlineData("charts/instance", "/instances/acme/values.yaml", null)]
    [InlineData("instances/acme", null, null)]
    [InlineData("charts/instance", "../../../instances/acme/values.yaml", null)]
    [InlineData("charts/instance", "$values/instances/acme/values.yaml", null)]
    [InlineData("charts/instance", "$values/instances/acme/values.yaml", "values")]
    [InlineData(null, "$values/instances/acme/values.yaml", "values")]
    public void The_index_finds_what_a_search_finds(string? path, string? file, string? reference)
    {
        var chart = Source(path) with { Helm = new HelmSource { ValueFiles = file is null ? [] : [file] } };
        var spec = new ApplicationSpec { Sources = reference is null ? [chart] : [chart, Source(path: null) with { Ref = reference }], IsMultiSource = reference is not null };
        var application = new ApplicationState { Namespace = "argocd", Name = "acme", Uid = "1", Spec = spec };
        var index = new ApplicationIndex(ApplicationMatch.BySource, Overlay.Repository);
        var reading = KindReading<ApplicationState>.Nothing with { Objects = KindReading<ApplicationState>.Nothing.Objects.SetItem(("argocd", "acme"), application) };

        index.Take(reading, null);

        Assert.Equal(ApplicationMatch.BySource.Find([application], Acme, Overlay), index.Find(Acme, Overlay.Path));
        index.Take(KindReading<ApplicationState>.Nothing, [("argocd", "acme")]);
        Assert.Empty(index.Find(Acme, Overlay.Path));
    }

    [Fact]
    public void Found_missing_and_ambiguous_are_three_answers()
    {
        var own = Application("acme", Source("instances/acme"));
        var twin = Application("acme-new", Source("instances/acme"));
        var other = Application("beta", Source("instances/beta"));

        Assert.Equal(["acme"], Names(ApplicationMatch.BySource.Find([other, own], Acme, Overlay)));
        Assert.Empty(ApplicationMatch.BySource.Find([other], Acme, Overlay));
        Assert.Equal(["acme", "acme-new"], Names(ApplicationMatch.BySource.Find([twin, other, own], Acme, Overlay)));
    }

    [Fact]
    public void A_name_or_a_label_decides_when_it_is_configured()
    {
        var named = Application("odoo-acme", Source("elsewhere"));
        var labelled = Application("x", Source("elsewhere")) with { Labels = ImmutableDictionary<string, string>.Empty.Add("tenant", "acme") };

        Assert.Equal(["odoo-acme"], Names(new ApplicationMatch { NameTemplate = "odoo-{code}" }.Find([named, labelled], Acme, Overlay)));
        Assert.Equal(["x"], Names(new ApplicationMatch { Label = "tenant" }.Find([named, labelled], Acme, Overlay)));
    }

    [Fact]
    public void A_deployment_is_known_by_its_selector_in_the_destination()
    {
        var application = Application("acme", Source("instances/acme"));
        var own = Deployment("acme-odoo", "acme", "odoo");

        var found = DeploymentMatch.Find(
            [own, Deployment("acme-pg", "acme", "pg"), Deployment("beta-odoo", "beta", "odoo"), own with { Namespace = "elsewhere" }], application, Acme);

        Assert.Equal(own, Assert.Single(found));
    }

    private static IEnumerable<string> Names(ImmutableArray<ApplicationState> found) => found.Select(application => application.Name);

    private static ApplicationSource Source(string? path) => new() { RepoUrl = "https://git.example/acme/fleet", Path = path };

    private static ApplicationState Application(string name, ApplicationSource source) => new()
    {
        Namespace = "argocd", Name = name, Uid = name, Spec = new ApplicationSpec { Destination = new ApplicationDestination { Namespace = "odoo-acme" }, Sources = [source] },
    };

    private static DeploymentState Deployment(string name, string code, string role) => new()
    {
        Namespace = "odoo-acme", Name = name, Uid = name,
        Selector = ImmutableDictionary<string, string>.Empty.Add("app.kubernetes.io/instance", code).Add("odoosky.io/role", role),
    };
}
