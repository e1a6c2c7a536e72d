using System.Reflection;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Example;

/// <summary>A fault in the chart, and the test that must see it.</summary>
/// <param name="Requirement">The requirement that it breaks, as the contract of the chart has it.</param>
/// <param name="File">Below the chart's folder.</param>
/// <param name="Old">A text that stands there once.</param>
/// <param name="New">What stands there instead.</param>
/// <param name="Test">The name of a test of this folder.</param>
internal sealed record ChartFault(string Requirement, string File, string Old, string New, string Test)
{
    /// <summary>Such a chart renders nothing, by which the test sees it.</summary>
    public bool StopsHelm { get; init; }

    public MethodInfo Method { get; } = Assert.Single(typeof(ChartFault).Assembly.GetTypes()
        .Where(type => type.Namespace == typeof(ChartFault).Namespace)
        .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance)), method => method.Name == Test);

    /// <summary>Faults of one file that one test must see.</summary>
    public static IEnumerable<ChartFault> SeenBy(string test, string file, params (string Requirement, string Old, string New)[] faults) =>
        faults.Select(fault => new ChartFault(fault.Requirement, file, fault.Old, fault.New, test));

    /// <summary>Makes a copy of the chart with the fault in a folder.</summary>
    public void MakeIn(string folder)
    {
        ChartUnderTest.Copy(ExampleRepo.Chart, folder);
        var file = Path.Combine(folder, File);
        System.IO.File.WriteAllText(file, System.IO.File.ReadAllText(file).Replace(Old, New, StringComparison.Ordinal));
    }

    public override string ToString() => $"{Requirement} ({File}: {Old.Trim()} → {New.Trim()}): {Test}";
}
