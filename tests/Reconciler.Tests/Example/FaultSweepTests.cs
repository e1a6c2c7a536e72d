using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Example;

/// <summary>
/// Each requirement on the chart is broken once, in a copy, and its test must fail on that copy: who would not notice proves
/// nothing. All faults with <c>./test --long</c>, else a few of them.
/// </summary>
public sealed class FaultSweepTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    private static readonly bool IsLong = Environment.GetEnvironmentVariable("ODOOSKY_TEST_LONG") is not null;

    private static readonly IReadOnlyList<ChartFault> Faults =
        [.. DeploymentFaults.All, .. InitContainerFaults.All, .. SurroundingFaults.All];

    private static readonly IReadOnlyList<ChartFault> Chosen = IsLong ? Faults : [.. Faults.Where((_, index) => index % 60 == 11)];

    [Fact]
    public async Task Each_fault_of_the_chart_is_seen_by_the_test_of_the_requirement_that_it_breaks()
    {
        var unseen = new List<string>();
        foreach (var fault in Chosen)
            if (await SeeAsync(fault.MakeIn, fault.Method) is not { } seen) unseen.Add(fault.ToString());
            else if (IsBroken(seen) != fault.StopsHelm) unseen.Add($"{fault}: {seen.Message}");
        Assert.True(unseen.Count == 0, string.Join('\n', unseen));
    }

    [Fact]
    public async Task The_same_tests_see_nothing_in_a_copy_without_a_fault()
    {
        var seen = new List<string>();
        foreach (var method in Chosen.Select(fault => fault.Method).Distinct())
            if (await SeeAsync(folder => ChartUnderTest.Copy(ExampleRepo.Chart, folder), method) is { } failure)
                seen.Add($"{method.Name}: {failure.Message}");
        Assert.True(seen.Count == 0, string.Join('\n', seen));
    }

    [Fact]
    public void What_each_fault_changes_stands_in_its_file_once()
    {
        Assert.True(Faults.Count >= 100, $"{Faults.Count} faults");
        Assert.Empty(Faults.Where(fault => File.ReadAllText(Path.Combine(ExampleRepo.Chart, fault.File)).Split(fault.Old).Length != 2)
            .Select(fault => fault.ToString()));
        Assert.Empty(Faults.GroupBy(fault => fault.Requirement).Where(same => same.Count() > 1).Select(same => same.Key));
    }

    private static bool IsBroken(Exception seen) => seen.Message.Contains("Error: ", StringComparison.Ordinal)
        && !seen.Message.Contains("Assert.", StringComparison.Ordinal);

    /// <summary>Runs a test on a chart.</summary>
    /// <returns>How it failed; null: it passed.</returns>
    [SuppressMessage("Design", "CA1031", Justification = "What a test throws is its answer.")]
    private async Task<Exception?> SeeAsync(Action<string> make, MethodInfo method)
    {
        var folder = Directory.CreateTempSubdirectory("odoosky-fault-");
        var chart = Path.Combine(folder.FullName, "instance");
        try
        {
            make(chart);
            foreach (var row in RowsOf(method)) await ChartUnderTest.LookAtAsync(chart, () => RunAsync(method, row));
            return null;
        }
        catch (Exception failure)
        {
            return failure is TargetInvocationException { InnerException: { } inner } ? inner : failure;
        }
        finally
        {
            Renderings.Forget(chart);
            folder.Delete(recursive: true);
        }
    }

    private async Task RunAsync(MethodInfo method, object?[] row)
    {
        var takesServer = method.DeclaringType!.GetConstructors().Single().GetParameters().Length > 0;
        var test = Activator.CreateInstance(method.DeclaringType, takesServer ? [server] : [])!;
        if (test is IAsyncLifetime life) await life.InitializeAsync();
        if (method.Invoke(test, row) is Task running) await running;
        if (test is IDisposable closing) closing.Dispose();
        if (test is IAsyncDisposable leaving) await leaving.DisposeAsync();
    }

    private static IEnumerable<object?[]> RowsOf(MethodInfo method)
    {
        var rows = method.GetCustomAttributes<InlineDataAttribute>().Select(row => row.Data).ToList();
        return rows.Count > 0 ? rows : [[]];
    }
}
