using OdooSky.GitOps.Reconciler.Status.Site;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Status;

public sealed class HostListTests
{
    [Fact]
    public void Settings_that_were_read_again_bring_other_names_and_this_machine_stays()
    {
        var hosts = new HostList("http://10.0.0.1:8080", ["old.example.com"]);

        hosts.Take(["fleet.example.com"]);

        Assert.Equal([true, true, true, false], ((string[])["localhost", "10.0.0.1", "fleet.example.com", "old.example.com"]).Select(hosts.Allows));
    }
}
