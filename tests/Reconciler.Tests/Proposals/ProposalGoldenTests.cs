using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Proposals;

/// <summary>
/// Title, commits and body of each case, as files that a person reads and approves. ODOOSKY_TEST_REWRITE writes them anew into the
/// folder that it names.
/// </summary>
public sealed class ProposalGoldenTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Proposals", "Golden");

    public static TheoryData<string> Names => [.. ProposalCases.All.Select(each => each.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_proposal_reads_as_approved(string name)
    {
        var text = ProposalCases.All.Single(each => each.Name == name).Write();

        if (Environment.GetEnvironmentVariable("ODOOSKY_TEST_REWRITE") is { } folder) File.WriteAllText(Path.Combine(folder, name + ".md"), text);
        Assert.Equal(File.ReadAllText(Path.Combine(Folder, name + ".md")), text);
    }

    [Fact]
    public void There_are_at_least_40_and_no_file_is_left_over()
    {
        Assert.True(Names.Count >= 40);
        Assert.Equal(ProposalCases.All.Select(each => each.Name + ".md").Order(StringComparer.Ordinal), Directory.GetFiles(Folder).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal));
    }
}
