using OdooSky.GitOps.Overlay.Helm;
using Xunit;

namespace OdooSky.GitOps.Overlay.Tests.Helm;

/// <summary>
/// goyaml's limit for nodes that come out of aliases: more than 100 of them, more than 1,000 nodes in all, and a share above
/// 99 % (up to 400,000 nodes), falling in a line to 10 % (from 4,000,000 on).
/// </summary>
public sealed class AliasBudgetTests
{
    [Theory]
    [InlineData(0, 100, true)]
    [InlineData(0, 101, true)]
    [InlineData(0, 1_000, true)]
    [InlineData(0, 1_001, false)]
    [InlineData(901, 100, true)]
    [InlineData(10, 991, false)]
    [InlineData(11, 990, true)]
    [InlineData(1_000, 99_000, true)]
    [InlineData(1_000, 99_100, false)]
    [InlineData(4_000, 396_000, true)]
    [InlineData(4_000, 396_100, false)]
    [InlineData(1_002_000, 1_198_000, true)]
    [InlineData(1_000_000, 1_200_000, false)]
    [InlineData(3_500_000, 400_000, true)]
    [InlineData(3_400_000, 500_000, false)]
    [InlineData(3_600_000, 400_000, true)]
    [InlineData(3_599_000, 401_000, false)]
    [InlineData(36_000_000, 4_000_000, true)]
    [InlineData(36_000_000, 4_000_010, false)]
    public void The_share_of_aliases_is_limited(long outside, long inside, bool isAllowed)
    {
        var budget = new AliasBudget();
        Assert.True(budget.TryCount(outside));
        budget.Depth++;
        Assert.Equal(isAllowed, budget.TryCount(inside));
        Assert.Equal(outside + inside, budget.Decoded);
    }

    [Fact]
    public void Nodes_outside_of_aliases_never_use_it_up()
    {
        var budget = new AliasBudget();
        Assert.True(budget.TryCount(10_000_000));
        Assert.True(budget.TryCount(10_000_000));
    }

    [Fact]
    public void The_line_between_both_ends_is_straight()
    {
        // At 1,000,000 nodes the share may be 0.99 - 0.89 / 6 = 0.841666…
        Assert.True(Allows(158_400, 841_600));
        Assert.False(Allows(158_300, 841_700));

        // At 3,100,000 nodes: 0.99 - 0.89 * 0.75 = 0.3225.
        Assert.True(Allows(2_100_500, 999_500));
        Assert.False(Allows(2_100_000, 1_000_000));
    }

    private static bool Allows(long outside, long inside)
    {
        var budget = new AliasBudget();
        budget.TryCount(outside);
        budget.Depth++;
        return budget.TryCount(inside);
    }
}
