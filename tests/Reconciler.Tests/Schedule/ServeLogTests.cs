using System.Text.Json.Nodes;
using OdooSky.GitOps.Reconciler.Cli;
using OdooSky.GitOps.Reconciler.Schedule;
using OdooSky.GitOps.Reconciler.Tests.Cluster;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Schedule;

/// <summary>The log, in the two forms that <c>--log-format</c> chooses between.</summary>
public sealed class ServeLogTests
{
    private static readonly DutyNews Failed = new(
        DateTimeOffset.UnixEpoch, "prod", new JobRun(JobKind.Reconcile, DateTimeOffset.UnixEpoch, TimeSpan.FromSeconds(2), "OSG0601: git said \"no\"\nand more"));

    [Fact]
    public void Text_is_a_sentence_a_line() => Assert.Equal(
        "2026-11-22 10:00:00Z prod: reconcile failed: OSG0601: git said \"no\"\nand more in 2.0 s\n", Say(OutputFormat.Text));

    [Fact]
    public void Json_is_one_line_an_event()
    {
        var said = Say(OutputFormat.Json);

        Assert.Equal(said.Length - 1, said.IndexOf('\n', StringComparison.Ordinal));
        var line = JsonNode.Parse(said)!;
        Assert.Equal(["2026-11-22 10:00:00Z", "error", "failed", "prod", "reconcile"], ((string[])["at", "level", "event", "target", "job"]).Select(key => (string?)line[key]));
    }

    [Fact]
    public void Where_nobody_watches_it_is_json() => Assert.StartsWith("{", Say(null), StringComparison.Ordinal);

    private static string Say(OutputFormat? format)
    {
        using StringWriter output = new(), messages = new();
        new ServeLog(new Terminal(output, messages, (false, false)), new FakeClock(), format).Tell(Failed);
        Assert.Equal("", output.ToString());
        return messages.ToString();
    }
}
