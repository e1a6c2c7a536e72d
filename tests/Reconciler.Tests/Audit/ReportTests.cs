using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Audit;

/// <summary>A month of a real repository, and the whole fleet at a time.</summary>
public sealed class ReportTests : IDisposable
{
    private readonly StoryFleet story = new();

    public void Dispose() => story.Dispose();

    [Fact]
    public async Task A_month_is_told_in_figures_failures_and_changes()
    {
        await story.TellAsync();

        var markdown = (await story.Fleet.RunAsync("report", "--month", "2023-11")).Output;
        var json = (await story.Fleet.RunAsync("report", "--month", "2023-11", "-o", "json")).Json;

        Assert.StartsWith("# Changes in 2023-11\n\nTold from main at " + story.Landings[^1][..12], markdown, StringComparison.Ordinal);
        Assert.Contains("| changes that landed | 8 |\n| of them edits of the base branch by people | 3 |\n| instances created, retired | 2, 0 |\n| changes that restart a pod | 5 |\n", markdown, StringComparison.Ordinal);
        Assert.Contains("| proven live | 1 of 8 |\n| from the merge to the proof: median, nine of ten, longest | 3m10s, 3m10s, 3m10s |\n| failed | 1 |\n", markdown, StringComparison.Ordinal);
        Assert.Contains("| `acme` | `failed` | `reason = pod-trouble` | `live at ", markdown, StringComparison.Ordinal);
        Assert.Equal((8, 190, 1), (json["changes"]!.AsArray().Count, (int)json["leadTimes"]!["medianSeconds"]!, json["failures"]!.AsArray().Count));
        Assert.Empty((await story.Fleet.RunAsync("report", "--month", "2023-10", "-o", "json")).Json["changes"]!.AsArray());
    }

    [Fact]
    public async Task A_page_needs_nothing_else_and_nothing_of_a_text_works_in_it()
    {
        story.Begin();
        await story.ProposeAsync("2.0", "requestedBy: \"<script>alert(1)</script>\"\nreason: \"a|b `x` <img src=x onerror=y> & more\"\n");
        story.Person("merge", "--no-ff", "--no-edit", "origin/odoosky/prod/i-acme");

        var page = (await story.Fleet.RunAsync("report", "--month", "2023-11", "-o", "html")).Output;
        var markdown = (await story.Fleet.RunAsync("report", "--month", "2023-11")).Output;

        Assert.StartsWith("<!doctype html>\n<html lang=\"en\">", page, StringComparison.Ordinal);
        Assert.Contains("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">", page, StringComparison.Ordinal);
        Assert.Contains("<svg viewBox=\"0 0 720 140\" role=\"img\" aria-labelledby=\"chart\">", page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;, a|b `x` &lt;img src=x onerror=y&gt; &amp; more", page, StringComparison.Ordinal);
        foreach (var foreign in (string[])["<script", "<img", "http://", "https://", "url(", "@import", "<link", "href="]) Assert.DoesNotContain(foreign, page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("``<script>alert(1)</script>, a\\|b `x` <img src=x onerror=y> & more``", markdown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_is_printed_by_the_report_alone_and_a_month_is_a_month()
    {
        story.Begin();

        var history = await story.Fleet.RunAsync("history", "acme", "-o", "html");
        var month = await story.Fleet.RunAsync("report", "--month", "2023-13");

        Assert.Equal((1, "odoosky: OSG0001: -o takes text, json or yaml, not html.\n"), (history.Exit, history.Messages));
        Assert.StartsWith("odoosky: OSG0001: 2023-13 is no month; write 2026-11.\n", month.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_notes_a_report_says_what_it_can_not_know()
    {
        story.Begin();

        var ran = await story.Fleet.RunAsync("report", "--month", "2023-11");

        Assert.Contains("\nThere are no notes: what was proven live, what failed, and who merged a squash, is not known.\n", ran.Output, StringComparison.Ordinal);
        Assert.Contains("git fetch origin 'refs/notes/*:refs/notes/*'", ran.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_whole_fleet_at_a_time_is_what_was_merged_and_proven_by_then()
    {
        await story.TellAsync();
        var landed = story.Landings[^2];

        var early = (await story.Fleet.RunAsync("state", "--at", At(story.At(landed).AddSeconds(189)), "-o", "json")).Json;
        var late = (await story.Fleet.RunAsync("state", "--at", At(story.At(landed).AddSeconds(190)), "-o", "json")).Json;
        var one = (await story.Fleet.RunAsync("state", "acme", "--at", At(story.At(landed).AddSeconds(190)), "-o", "json")).Json;
        var never = (await story.Fleet.RunAsync("state", "--at", "2001-01-01")).Output;

        Assert.Equal(["acme", "beta"], early["instances"]!.AsArray().Select(each => (string)each!["instance"]!));
        Assert.Null(early["instances"]![0]!["liveAt"]);
        Assert.Equal((landed, At(story.At(landed).AddSeconds(190))), ((string)late["instances"]![0]!["liveCommit"]!, (string)late["instances"]![0]!["liveAt"]!));
        Assert.Equal(((string)one["live"]!["commit"]!, (string)one["merged"]!["hashAfter"]!), ((string)late["instances"]![0]!["liveCommit"]!, (string)late["instances"]![0]!["hash"]!));
        Assert.Equal("The fleet at 2001-01-01T00:00:00Z: 0 instances\n", never);
    }

    private static string At(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
