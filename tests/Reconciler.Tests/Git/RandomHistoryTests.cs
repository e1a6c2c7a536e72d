using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Git;

/// <summary>What the random histories must hold, so that <see cref="AncestryTests"/> mean something.</summary>
public sealed class RandomHistoryTests
{
    [Fact]
    public void The_twelve_histories_of_a_quick_run_hold_every_shape_that_git_knows()
    {
        var all = Enumerable.Range(0, 12).Select(seed => new Shape(RandomHistory.Edges(seed, 45))).ToList();

        Assert.InRange(all.Sum(shape => shape.WithParents(2)), 50, 540);
        Assert.InRange(all.Sum(shape => shape.WithParents(3)), 20, 540);
        Assert.InRange(all.Count(shape => shape.WithParents(0) > 1), 6, 12);
        Assert.InRange(all.Sum(shape => shape.Strangers), 20, int.MaxValue);
        Assert.InRange(all.Sum(shape => shape.CrissCrosses), 20, int.MaxValue);
    }

    /// <param name="edges">Parents by number; they are smaller than their child's.</param>
    private sealed class Shape(List<int[]> edges)
    {
        private readonly HashSet<int>[] _reached = Walk(edges);

        /// <summary>Pairs of commits with nothing in common.</summary>
        public int Strangers => Pairs.Count(pair => !_reached[pair.One].Overlaps(_reached[pair.Other]));

        /// <summary>Pairs with more than one best common ancestor.</summary>
        public int CrissCrosses => Pairs.Count(pair => Bases(pair.One, pair.Other) > 1);

        private IEnumerable<(int One, int Other)> Pairs =>
            from one in Enumerable.Range(0, edges.Count)
            from other in Enumerable.Range(0, one)
            select (one, other);

        public int WithParents(int count) => edges.Count(parents => parents.Length == count);

        private int Bases(int one, int other)
        {
            var common = _reached[one].Intersect(_reached[other]).ToList();
            return common.Count(candidate => !common.Any(better => better != candidate && _reached[better].Contains(candidate)));
        }

        private static HashSet<int>[] Walk(List<int[]> edges)
        {
            var reached = new HashSet<int>[edges.Count];
            for (var i = 0; i < edges.Count; i++)
            {
                reached[i] = [i, .. edges[i].SelectMany(parent => reached[parent])];
            }

            return reached;
        }
    }
}
