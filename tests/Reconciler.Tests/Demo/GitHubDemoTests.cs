using System.Collections.Immutable;
using System.Text.RegularExpressions;
using OdooSky.GitOps.Reconciler.Cli;
using OdooSky.GitOps.Reconciler.Tests.Forge;
using OdooSky.GitOps.Sandbox;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Demo;

/// <summary>What a newcomer sees of the life of pull requests.</summary>
public sealed partial class GitHubDemoTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("odoosky-demo-test-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task The_demo_plays_the_life_of_pull_requests_over_HTTP()
    {
        using StringWriter output = new(), messages = new();
        var surroundings = new Surroundings(
            new Terminal(output, messages, (false, false)), ImmutableSortedDictionary<string, string>.Empty, folder.FullName, Stream.Null, new JumpingClock());

        var exit = await new GitHubDemo(surroundings).RunAsync("demo", TestContext.Current.CancellationToken);

        Assert.Equal((0, string.Empty), (exit, messages.ToString()));
        var text = Commit().Replace(Port().Replace(output.ToString(), "<github>"), "<commit>").Replace(folder.FullName, "<folder>", StringComparison.Ordinal);
        foreach (var part in Essentials.Split("\n...\n")) Assert.Contains(part, text);
        Assert.DoesNotContain("demodemo", text);
        Assert.Equal(["1.md", "2.md", "3.md", "4.md", "5.md"], Directory.GetFiles(Path.Combine(folder.FullName, "demo", "pull-requests")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    /// <summary>Parts of what is printed, in any place.</summary>
    private const string Essentials = """
        1. A fleet on GitHub: six Odoo instances, their overlays, and what is desired of them
        A stand-in on this machine plays GitHub, with real Git behind it: <github>/nordlicht/fleet.git
        ...
        2. Is everything in place?
        $ odoosky doctor
        ok       git          <github>/nordlicht/fleet.git answers; main is at <commit>
        ...
        All is well.

        3. A pull request per instance that changes; main is not touched
        $ odoosky apply
        opened     odoosky/prod/i-bluefin
                   proposal: <github>/nordlicht/fleet/pull/1
        opened     odoosky/prod/i-cobalt
                   proposal: <github>/nordlicht/fleet/pull/2
        opened     odoosky/prod/i-eastgate
                   proposal: <github>/nordlicht/fleet/pull/3
        opened     odoosky/prod/i-fernhill
                   proposal: <github>/nordlicht/fleet/pull/4
        ...
          | odoosky(prod): bluefin ~1 addon
        ...
        4. What is desired changes while the pull request is open: it is updated in place
        lena pushes "Take the newest mis_builder" to main
        $ odoosky apply
        updated    odoosky/prod/i-bluefin  the desired state changed
                   proposal: <github>/nordlicht/fleet/pull/1
        ...
        lena closes #2
        $ odoosky apply
        ...
        kept       odoosky/prod/i-cobalt  declined: #2 was closed without a merge
        ...
        $ odoosky pr reopen cobalt
        reopened   cobalt  <github>/nordlicht/fleet/pull/2
        ...
        opened     odoosky/prod/i-cobalt
                   proposal: <github>/nordlicht/fleet/pull/5
        ...
        edited     odoosky/prod/i-fernhill  somebody pushed to this branch; the label odoosky/rebuild gives it back

        A comment on #4 says so:
          | Somebody pushed to this branch, so it is left alone from now on
        ...
        updated    odoosky/prod/i-fernhill  somebody asked to have it made anew
        ...
        closed     odoosky/prod/i-bluefin  it was merged
        ...
        closed     odoosky/prod/i-eastgate  it was merged
        closed     odoosky/prod/i-fernhill  base already says what is desired

          #1 merged odoosky(prod): bluefin ~1 addon
          #2 closed odoosky(prod): cobalt +1 addon
          #3 merged odoosky(prod): retire eastgate
          #4 closed odoosky(prod): create fernhill +4 addons, 4 values
          #5 open   odoosky(prod): cobalt +1 addon
        ...
            5  POST /repos/{owner}/{repo}/pulls
        ...
        Done. Look around: <folder>/demo (fleet.git, and the texts in pull-requests)
        """;

    [GeneratedRegex(@"\b[0-9a-f]{12}\b")]
    private static partial Regex Commit();

    [GeneratedRegex(@"http://127\.0\.0\.1:[0-9]+")]
    private static partial Regex Port();
}
