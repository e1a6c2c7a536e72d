using OdooSky.GitOps.Reconciler.Suspensions;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Suspensions;

/// <summary>A line of the book, and its words.</summary>
public sealed class SuspensionTests
{
    private const string Line =
        """{"v":1,"target":"prod","scope":"instance","name":"acme","by":"Jane","at":"2026-11-26T04:00:00Z","until":"2026-11-30T08:00:00Z","reason":"PostgreSQL \"17\" – Übergang"}""";

    [Theory]
    [InlineData(Line)]
    [InlineData("""{"v":1,"target":"prod","scope":"ring","name":"canary","by":"Jane","at":"2026-11-26T04:00:00Z","reason":"r"}""")]
    [InlineData("""{"v":1,"target":"prod","scope":"target","by":"Jane","at":"2026-11-26T04:00:00Z","reason":"r"}""")]
    public void A_line_reads_back_as_itself(string line) => Assert.Equal(line, Suspension.TryRead(line)!.Write());

    [Fact]
    public void A_sentence_says_with_what_by_whom_until_when_and_why()
    {
        var own = Suspension.TryRead(Line)!;

        Assert.Equal("Suspended by Jane until 2026-11-30T08:00Z: PostgreSQL \"17\" – Übergang.", own.Sentence);
        Assert.Equal("Suspended with the ring canary by Jane: wait.", (own with { Scope = SuspensionScope.Ring, Name = "canary", Until = null, Reason = "wait." }).Sentence);
        Assert.Equal("Suspended with the target prod by Jane until 2026-11-30T08:00:01Z: x.",
            (own with { Scope = SuspensionScope.Target, Name = "", Until = own.Until!.Value.AddSeconds(1), Reason = "x" }).Sentence);
    }

    [Fact]
    public void It_holds_up_to_its_end_and_without_one_for_good()
    {
        var own = Suspension.TryRead(Line)!;
        var end = new DateTimeOffset(2026, 11, 30, 8, 0, 0, TimeSpan.Zero);

        Assert.True(own.HoldsAt(end.AddSeconds(-1)));
        Assert.False(own.HoldsAt(end));
        Assert.True((own with { Until = null }).HoldsAt(end.AddYears(100)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("""{"v":2,"target":"prod","scope":"target","by":"J","at":"2026-11-26T04:00:00Z","reason":"r"}""")]
    [InlineData("""{"v":"1","target":"prod","scope":"target","by":"J","at":"2026-11-26T04:00:00Z","reason":"r"}""")]
    [InlineData("""{"v":1,"v":1,"target":"prod","scope":"target","by":"J","at":"2026-11-26T04:00:00Z","reason":"r"}""")]
    [InlineData("""{"v":1,"scope":"target","by":"J","at":"2026-11-26T04:00:00Z","reason":"r"}""")]
    [InlineData("""{"v":1,"target":"prod","scope":"fleet","by":"J","at":"2026-11-26T04:00:00Z","reason":"r"}""")]
    [InlineData("""{"v":1,"target":"prod","scope":"instance","by":"J","at":"2026-11-26T04:00:00Z","reason":"r"}""")]
    [InlineData("""{"v":1,"target":"prod","scope":"instance","name":"Not A Code","by":"J","at":"2026-11-26T04:00:00Z","reason":"r"}""")]
    [InlineData("""{"v":1,"target":"prod","scope":"target","name":"acme","by":"J","at":"2026-11-26T04:00:00Z","reason":"r"}""")]
    [InlineData("""{"v":1,"target":"prod","scope":"target","by":"J","at":"today","reason":"r"}""")]
    [InlineData("""{"v":1,"target":"prod","scope":"target","by":"J","at":"2026-11-26T04:00:00Z","until":"later","reason":"r"}""")]
    [InlineData("""{"v":1,"target":"prod","scope":"target","by":"J","at":"2026-11-26T04:00:00Z","reason":"two\nlines"}""")]
    [InlineData("""{"v":1,"target":"prod","scope":"target","by":" ","at":"2026-11-26T04:00:00Z","reason":"r"}""")]
    [InlineData("<<<<<<< HEAD")]
    public void What_this_version_does_not_know_is_no_suspension(string line) => Assert.Null(Suspension.TryRead(line));
}
