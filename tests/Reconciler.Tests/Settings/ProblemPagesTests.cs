using System.Reflection;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Reconciler.Settings;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Settings;

public sealed class ProblemPagesTests
{
    [Fact]
    public void Each_code_has_one_line_in_the_reference()
    {
        var page = File.ReadAllLines(Path.Combine(Root(), "docs", "reference", "problems.md"));
        var codes = new[] { typeof(DesiredCodes), typeof(RestartCodes), typeof(SettingsCodes), typeof(Reconciler.Cluster.ClusterCodes), typeof(Reconciler.Replicas.ReplicaCodes) }
            .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static))
            .Where(field => field.IsLiteral)
            .Select(field => (string)field.GetRawConstantValue()!)
            .ToList();

        Assert.Equal(codes.Count, codes.Distinct(StringComparer.Ordinal).Count());
        Assert.All(codes, code => Assert.Single(page, line => line.StartsWith($"| {code} |", StringComparison.Ordinal)));
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "OdooSky.GitOps.sln"))) folder = folder.Parent!;
        return folder.FullName;
    }
}
