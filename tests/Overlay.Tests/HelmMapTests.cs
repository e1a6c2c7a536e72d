using OdooSky.GitOps.Overlay.Helm;
using Xunit;

namespace OdooSky.GitOps.Overlay.Tests;

public sealed class HelmMapTests
{
    [Fact]
    public void Keys_stand_in_the_order_of_their_UTF8_bytes()
    {
        var map = HelmMap.From([new("\uE000", HelmNull.Instance), new("\U0001F600", HelmNull.Instance), new("a", HelmNull.Instance)]);

        Assert.Equal(["a", "\uE000", "\U0001F600"], map.Entries.Select(entry => entry.Key));
    }

    [Fact]
    public void Of_equal_keys_the_last_one_wins()
    {
        var map = HelmMap.From([new("a", new HelmNumber(1)), new("b", HelmNull.Instance), new("a", new HelmNumber(2))]);

        Assert.Equal(new HelmNumber(2), map.Find("a"));
        Assert.Equal(2, map.Entries.Length);
    }
}
