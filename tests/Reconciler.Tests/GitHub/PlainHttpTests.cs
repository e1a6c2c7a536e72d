using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Reconciler.Git;
using OdooSky.GitOps.Reconciler.GitHub;
using OdooSky.GitOps.Reconciler.Settings;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.GitHub;

/// <summary>Plain http reaches this machine alone, named by a number, and never a proxy.</summary>
public sealed class PlainHttpTests
{
    [Theory]
    [InlineData("http://127.0.0.1:8080/acme/fleet.git", true)]
    [InlineData("http://[::1]:8080/acme/fleet.git", true)]
    [InlineData("http://localhost:8080/acme/fleet.git", false)]
    [InlineData("http://127.0.0.1.example/acme/fleet.git", false)]
    [InlineData("http://10.0.0.1/acme/fleet.git", false)]
    [InlineData("http://0.0.0.0/acme/fleet.git", false)]
    [InlineData("http://github.com/acme/fleet.git", false)]
    public void It_is_allowed_to_this_machine_by_number_alone(string address, bool allowed)
    {
        Assert.Equal(allowed, RepositoryAddress.IsValid(address));
        Assert.Equal(allowed, RemoteAddress.Read(address, new Place("x")).Address is not null);
        if (!allowed) Assert.Throws<ArgumentException>(() => GitHubAddress.Of(new Uri(address)));
    }

    [Fact]
    public void A_credential_goes_to_the_same_port_alone()
    {
        var api = GitHubAddress.Of(new Uri("http://127.0.0.1:8080"));

        Assert.True(api.Serves(new Uri("http://127.0.0.1:8080/acme/fleet.git")));
        Assert.False(api.Serves(new Uri("http://127.0.0.1:8081/acme/fleet.git")));
        Assert.False(api.Serves(new Uri("https://127.0.0.1:8080/acme/fleet.git")));
        Assert.False(GitHubAddress.Of(new Uri("https://127.0.0.1")).Serves(new Uri("http://127.0.0.1/acme/fleet.git")));
    }

    [Fact]
    public void Git_uses_no_proxy_for_it()
    {
        var remote = RemoteAddress.Read("http://127.0.0.1:8080/acme/fleet.git", new Place("x")).Address;
        var environment = new Dictionary<string, string?>(StringComparer.Ordinal) { ["http_proxy"] = "http://proxy.example:3128" };

        GitEnvironment.Fill(environment, new GitCall { Purpose = "test", Arguments = [], Remote = remote }, new GitLimits());

        var key = environment.Single(variable => variable.Value == "http.proxy").Key;
        Assert.Equal("", environment[key.Replace("KEY", "VALUE", StringComparison.Ordinal)]);
    }
}
