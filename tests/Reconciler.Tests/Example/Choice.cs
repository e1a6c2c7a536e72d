using System.Collections.Immutable;

namespace OdooSky.GitOps.Reconciler.Tests.Example;

/// <summary>One way to write a value, or to leave it out.</summary>
/// <param name="Yaml">What stands in the overlay; empty: nothing.</param>
/// <param name="Known">What is known by it.</param>
internal sealed record Choice(string Yaml, Func<OverlayCase, OverlayCase> Known)
{
    public static Choice Default { get; } = new(string.Empty, item => item);
}

/// <summary>The fewest rows, found greedily, in which each pair of choices from two questions stands together at least once.</summary>
internal static class Pairing
{
    /// <summary>Makes the rows; the same sizes give the same rows.</summary>
    /// <param name="sizes">How many choices each question has.</param>
    /// <returns>Rows of one choice for each question.</returns>
    public static ImmutableArray<ImmutableArray<int>> Of(ImmutableArray<int> sizes)
    {
        var missing = new SortedSet<(int A, int I, int B, int J)>(Pairs(sizes));
        var rows = ImmutableArray.CreateBuilder<ImmutableArray<int>>();
        while (missing.Count > 0)
        {
            var (a, i, b, j) = missing.Min;
            var row = new SortedDictionary<int, int> { [a] = i, [b] = j };
            for (var question = 0; question < sizes.Length; question++)
                if (!row.ContainsKey(question)) row[question] = Best(row, question, sizes[question], missing, rows.Count);
            rows.Add([.. row.Values]);
            missing.ExceptWith(PairsOf(rows[^1]));
        }

        return rows.ToImmutable();
    }

    public static IEnumerable<(int A, int I, int B, int J)> PairsOf(ImmutableArray<int> row) =>
        from a in Enumerable.Range(0, row.Length)
        from b in Enumerable.Range(a + 1, row.Length - a - 1)
        select (a, row[a], b, row[b]);

    private static IEnumerable<(int A, int I, int B, int J)> Pairs(ImmutableArray<int> sizes) =>
        from a in Enumerable.Range(0, sizes.Length)
        from b in Enumerable.Range(a + 1, sizes.Length - a - 1)
        from i in Enumerable.Range(0, sizes[a])
        from j in Enumerable.Range(0, sizes[b])
        select (a, i, b, j);

    // The choice that makes most new pairs; among equals, another one in each row.
    private static int Best(
        SortedDictionary<int, int> row, int question, int size, SortedSet<(int, int, int, int)> missing, int turn) =>
        Enumerable.Range(0, size).Select(n => (n + turn) % size).MaxBy(choice => row.Count(other => missing.Contains(
            other.Key < question ? (other.Key, other.Value, question, choice) : (question, choice, other.Key, other.Value))));
}
