using System.Collections.Immutable;
using OdooSky.GitOps.Reconciler.Cli;
using OdooSky.GitOps.Sandbox;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Demo;

/// <summary>What a newcomer with a database sees.</summary>
public sealed class DatabaseDemoTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("odoosky-demo-test-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task A_changed_row_becomes_a_proposal_is_live_and_a_clone_alone_tells_of_it_in_the_same_bytes()
    {
        using StringWriter output = new(), messages = new();
        var surroundings = new Surroundings(
            new Terminal(output, messages, (false, false)), ImmutableSortedDictionary<string, string>.Empty, folder.FullName, Stream.Null, TimeProvider.System);

        var exit = await new DatabaseDemo(surroundings).RunAsync("demo", TestContext.Current.CancellationToken);

        var text = output.ToString();
        Assert.True(exit == 0, text + messages);
        Assert.Contains("opened     odoosky/prod/i-bluefin", text, StringComparison.Ordinal);
        Assert.Contains("  |   asked by lena.hart@nordlicht.example: Reports with the new columns (FIN-301)\n", text, StringComparison.Ordinal);
        Assert.Matches("\n  \\|   live since 20[0-9-]{8}T[0-9:]{8}Z", text);
        Assert.Equal(3, text.Split("the same bytes\n").Length - 1);
        Assert.EndsWith($"as the repository says them; no commit is signed.\n\nDone. Look around: {Path.Combine(folder.FullName, "demo")}\n", text, StringComparison.Ordinal);
        Assert.Equal(["audit.jsonl", "clone", "new-cache"], Directory.GetFileSystemEntries(Path.Combine(folder.FullName, "demo")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }
}
