using OdooSky.GitOps.Reconciler.Rollout;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Rollout;

/// <summary>Two people who did not read each other say the same of all 2,160 rows.</summary>
public sealed class SecondOracleTests
{
    [Fact]
    public void The_judge_and_a_second_opinion_agree_on_every_row()
    {
        TruthOracle oracle = SecondOracle.Says;

        var differences = TruthTable.Rows
            .Select(row => (Row: row, Wanted: oracle(row), Said: TruthTable.Judge(row).Kind))
            .Where(answer => answer.Wanted != answer.Said)
            .GroupBy(answer => (answer.Wanted, answer.Said), answer => answer.Row)
            .Select(group => $"{group.Key.Wanted} wanted, {group.Key.Said} said, {Describe([.. group])}")
            .ToList();

        Assert.True(differences.Count == 0, string.Join(Environment.NewLine, differences));
    }

    [Theory]
    [InlineData(VerdictKind.Unknown, 624)]
    [InlineData(VerdictKind.Waiting, 848)]
    [InlineData(VerdictKind.Rolling, 32)]
    [InlineData(VerdictKind.Live, 32)]
    [InlineData(VerdictKind.Superseded, 336)]
    [InlineData(VerdictKind.Failed, 288)]
    public void The_second_opinion_knows_six_verdicts_and_says_live_seldom(object kind, int rows) =>
        Assert.Equal(rows, TruthTable.Rows.Count(row => SecondOracle.Says(row) == (VerdictKind)kind));

    // First what the rows have in common, then the rows by all but their health, which a person never asks.
    private static string Describe(IReadOnlyCollection<TruthRow> rows)
    {
        var common = string.Join(", ", new[]
        {
            Values(rows, row => row.Sync), Values(rows, row => row.Health), Values(rows, row => row.Operation),
            Values(rows, row => row.Revision), Values(rows, row => row.Fresh), Values(rows, row => row.Deployment),
        });
        var each = rows.Select(row => $"  {row.Sync} {row.Operation} {row.Revision} {(row.Fresh ? "fresh" : "stale")} {row.Deployment}").Distinct();
        return string.Join(Environment.NewLine, each.Prepend($"{rows.Count} rows: {common}"));
    }

    private static string Values<T>(IEnumerable<TruthRow> rows, Func<TruthRow, T> dimension) =>
        string.Join('|', rows.Select(dimension).Distinct());
}
