using System.Text;
using OdooSky.GitOps.Overlay.Desired;
using Xunit;

namespace OdooSky.GitOps.Overlay.Tests.Desired;

public sealed class HostileCodeTests
{
    public static TheoryData<string> Hostile => [.. HostileCodes.All];

    [Fact]
    public void The_list_is_long() => Assert.True(Hostile.Count >= 300, $"{Hostile.Count} codes");

    [Theory]
    [MemberData(nameof(Hostile))]
    public void A_hostile_code_is_refused_as_code_as_file_name_and_as_clone_source(string code)
    {
        var escaped = string.Concat(code.EnumerateRunes().Select(rune => $"\\U{rune.Value:X8}"));
        var text = $"apiVersion: odoosky.io/v1\nkind: Instance\ncode: \"{escaped}\"\ncloneFromCode: \"{escaped}\"\n";

        var file = InstanceFile.Read("desired/instances/acme.yaml", Encoding.UTF8.GetBytes(text), "blob");
        var named = InstanceFile.Read($"desired/instances/{code}.yaml", Encoding.UTF8.GetBytes(Wishes.Head), "blob");

        Assert.Null(InstanceCode.TryParse(code));
        Assert.Null(file.Wish);
        Assert.Equal(2, file.Problems.Count(problem => problem.Code is "OSG0121" or "OSG0112" or "OSG0113"));
        Assert.All(file.Problems, problem => Assert.Equal("acme", problem.Instance));
        Assert.All(file.Problems, problem => Assert.DoesNotContain(problem.ToString(), c => char.IsControl(c) || c is '\u202E' or '\u2066'));
        Assert.Contains(named.Problems, problem => problem.Severity == Severity.Error);
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public void A_hostile_code_never_reaches_the_desired_instances(string code)
    {
        var named = InstanceFile.Read($"desired/instances/{code}.yaml", Encoding.UTF8.GetBytes(Wishes.Head), "blob");

        var state = DesiredState.Combine([named], null, new DesiredRules());

        Assert.Empty(state.Instances);
        Assert.All(state.Broken, broken => Assert.NotNull(InstanceCode.TryParse(broken)));
    }
}
