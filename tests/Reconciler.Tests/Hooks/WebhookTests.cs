using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using OdooSky.GitOps.Reconciler.Hooks;
using OdooSky.GitOps.Reconciler.Machines;
using OdooSky.GitOps.Reconciler.Schedule;
using OdooSky.GitOps.Reconciler.Telemetry;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Hooks;

/// <summary>Webhooks against the service's own server: what starts a pass, and what is refused before it costs anything.</summary>
public sealed class WebhookTests : IClassFixture<FleetService>
{
    private const string Repository = FleetService.Repository;

    private readonly FleetService fleet;

    public WebhookTests(FleetService fleet)
    {
        this.fleet = fleet;
        fleet.GoOn();
    }

    private HookedService Service => fleet.Service;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_push_to_the_base_of_one_of_two_targets_starts_a_pass_of_that_one()
    {
        Assert.Equal(202, (await Service.SendAsync(Service.Hook("push", Service.Push(Repository, "stage")))).Status);
        Assert.Equal("stage Reconcile", await Service.RanAsync());

        Assert.Equal(202, (await Service.SendAsync(Service.Hook("push", Service.Push("ACME/Remote", "main")))).Status);
        Assert.Equal("prod Reconcile", await Service.RanAsync());
        Assert.False(Service.HasRun);
    }

    [Fact]
    public async Task A_pull_request_of_ours_starts_a_pass()
    {
        var payload = new { action = "closed", pull_request = new { @base = new { @ref = "main" }, head = new { @ref = "odoosky/prod/i-acme" } }, repository = new { full_name = Repository } };

        Assert.Equal(202, (await Service.SendAsync(Service.Hook("pull_request", payload))).Status);
        Assert.Equal("prod Reconcile", await Service.RanAsync());
    }

    [Fact]
    public async Task A_ping_tells_that_the_secret_is_right_and_other_things_are_passed_over()
    {
        Assert.Equal((200, "The secret is right."), await Service.SendAsync(Service.Hook("ping", new { zen = "Keep it logically awesome." })));
        Assert.Equal(200, (await Service.SendAsync(Service.Hook("star", new { action = "created" }))).Status);
        Assert.Equal(200, (await Service.SendAsync(Service.Hook("push", Service.Push("acme/other", "main")))).Status);
        Assert.Equal(200, (await Service.SendAsync(Service.Hook("push", Service.Push(Repository, "a-branch-of-somebody")))).Status);
        Assert.Equal(400, (await Service.SendAsync(Service.Hook("push", new[] { 1, 2 }))).Status);
        Assert.Equal(400, (await Service.SendAsync(Service.Hook("push", new { repository = new { full_name = 7 } }))).Status);
        Assert.False(Service.HasRun);
    }

    [Fact]
    public async Task What_is_taken_ignored_replayed_and_refused_is_counted_by_event()
    {
        using var book = new MeterBook(meter => meter == Instruments.Meter);
        var ping = new { zen = "Count me." };
        using var first = Service.Hook("ping", ping);
        using var again = Service.Hook("ping", ping);
        using var forged = Service.Hook("ping", new { zen = "Count me too." }, "another secret than that of the service");
        var statuses = new List<int>();

        foreach (var hook in (HttpRequestMessage[])[first, again, forged, Service.Hook("star", new { action = "counted" })]) statuses.Add((await Service.SendAsync(hook)).Status);

        Assert.Equal([200, 200, 401, 200], statuses);
        Assert.Equal(
            ["odoosky_webhooks_total{event=\"other\",result=\"ignored\"} 1", "odoosky_webhooks_total{event=\"ping\",result=\"refused\"} 1", "odoosky_webhooks_total{event=\"ping\",result=\"replayed\"} 1", "odoosky_webhooks_total{event=\"ping\",result=\"taken\"} 1"],
            Encoding.UTF8.GetString(book.Scrape()).Split('\n').Where(line => line.StartsWith("odoosky_webhooks_total{event=\"ping\"", StringComparison.Ordinal) || line.StartsWith("odoosky_webhooks_total{event=\"other\"", StringComparison.Ordinal)).Where(line => !line.EndsWith(" 0", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("another secret than that of the service")]
    [InlineData("")]
    public async Task A_webhook_that_is_not_signed_with_the_secret_is_refused(string secret)
    {
        using var forged = Service.Hook("push", Service.Push(Repository, "main"), secret);
        if (secret.Length == 0) forged.Headers.Remove("X-Hub-Signature-256");

        Assert.Equal(401, (await Service.SendAsync(forged)).Status);
        Assert.False(Service.HasRun);
    }

    [Fact]
    public async Task A_changed_byte_breaks_the_signature()
    {
        using var changed = Service.Hook("push", Service.Push(Repository, "main"));
        var body = await changed.Content!.ReadAsByteArrayAsync(Cancel);
        body[^2] ^= 1;
        changed.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };

        Assert.Equal(401, (await Service.SendAsync(changed)).Status);
    }

    [Fact]
    public async Task What_came_before_is_known_by_its_number_and_by_its_bytes()
    {
        var push = Service.Push(Repository, "main");
        using var first = Service.Hook("push", push);
        using var underAnotherNumber = Service.Hook("push", push);
        using var sameNumber = Service.Hook("push", Service.Push(Repository, "main"));
        sameNumber.Headers.Remove("X-GitHub-Delivery");
        sameNumber.Headers.Add("X-GitHub-Delivery", first.Headers.GetValues("X-GitHub-Delivery"));

        Assert.Equal(202, (await Service.SendAsync(first)).Status);
        Assert.Equal((200, "This came before."), await Service.SendAsync(underAnotherNumber));
        Assert.Equal((200, "This came before."), await Service.SendAsync(sameNumber));
        Assert.Equal("prod Reconcile", await Service.RanAsync());
    }

    [Theory]
    [InlineData("Content-Type: application/json\nContent-Length: 26214400", 413)]
    [InlineData("Content-Type: application/json\nContent-Length: 1048577", 413)]
    [InlineData("Content-Type: application/json\nContent-Encoding: gzip\nContent-Length: 26214400", 415)]
    [InlineData("Content-Type: application/x-www-form-urlencoded\nContent-Length: 26214400", 415)]
    [InlineData("Content-Type: text/plain\nContent-Length: 10", 415)]
    [InlineData("Content-Length: 10", 415)]
    public async Task What_is_too_large_compressed_or_no_JSON_is_refused_before_its_body_comes(string headers, int status)
    {
        var answer = await Service.RawAsync($"POST /webhooks/github HTTP/1.1\nHost: x\nX-GitHub-Event: push\nX-GitHub-Delivery: 1\nX-Hub-Signature-256: sha256={new string('0', 64)}\n{headers}");

        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_without_a_length_is_read_up_to_a_mebibyte()
    {
        var part = new byte[HookDoor.Largest + 1];
        var begin = Encoding.ASCII.GetBytes($"{25 * 1024 * 1024:x}\r\n");

        var answer = await Service.RawAsync(
            $"POST /webhooks/github HTTP/1.1\nHost: x\nX-GitHub-Event: push\nX-GitHub-Delivery: 1\nX-Hub-Signature-256: sha256={new string('0', 64)}\nContent-Type: application/json\nTransfer-Encoding: chunked",
            (byte[])[.. begin, .. part]);

        Assert.StartsWith("HTTP/1.1 413 ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bomb_that_is_signed_is_not_unpacked()
    {
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) zip.Write(new byte[64 * 1024 * 1024]);
        using var bomb = Service.Hook("push", Service.Push(Repository, "main"));
        bomb.Headers.Remove("X-Hub-Signature-256");
        bomb.Headers.Add("X-Hub-Signature-256", HookedService.Sign(packed.ToArray(), HookedService.Secret));
        bomb.Content = new ByteArrayContent(packed.ToArray()) { Headers = { ContentType = new MediaTypeHeaderValue("application/json"), ContentEncoding = { "gzip" } } };

        Assert.Equal(415, (await Service.SendAsync(bomb)).Status);
    }

    [Fact]
    public async Task Without_its_setting_there_is_no_such_address_and_with_GET_nothing_happens()
    {
        Assert.Equal(405, (int)(await Service.Http.GetAsync(new Uri(Service.Address, "/webhooks/github"), Cancel)).StatusCode);

        Service.Doors = new DoorKeys(null, null);

        Assert.Equal(404, (await Service.SendAsync(Service.Hook("ping", new { zen = "1" }))).Status);
    }

    [Fact]
    public async Task A_changed_secret_holds_at_once_and_two_hold_side_by_side()
    {
        const string Next = "the next secret, 0123456789abcdef";
        await File.WriteAllTextAsync(Service.SecretFile, $"{Next}\n{HookedService.Secret}\n", Cancel);
        Assert.Equal(200, (await Service.SendAsync(Service.Hook("ping", new { zen = "1" }))).Status);
        Assert.Equal(200, (await Service.SendAsync(Service.Hook("ping", new { zen = "2" }, Next))).Status);

        await File.WriteAllTextAsync(Service.SecretFile, Next + "\n", Cancel);
        Assert.Equal(401, (await Service.SendAsync(Service.Hook("ping", new { zen = "3" }))).Status);

        await File.WriteAllTextAsync(Service.SecretFile, "short\n", Cancel);
        Assert.Equal(503, (await Service.SendAsync(Service.Hook("ping", new { zen = "4" }, "short"))).Status);
    }

    [Fact]
    public async Task Five_hundred_at_once_make_two_passes()
    {
        var hooks = Enumerable.Range(1, 500).Select(_ => Service.Hook("push", Service.Push(Repository, "main"))).ToList();

        var first = await Service.SendAsync(hooks[0]);
        Assert.Equal("prod Reconcile", await Service.RanAsync());
        var answers = await Task.WhenAll(hooks.Skip(1).Select(Service.SendAsync));

        Assert.All(answers.Append(first), answer => Assert.Equal(202, answer.Status));
        while (!fleet.Clock.IsAwaited(HintQueue.Gap)) await Task.Delay(20, HookedService.Cancel);
        Assert.False(Service.HasRun);
        fleet.Clock.Advance(HintQueue.Gap);
        Assert.Equal("prod Reconcile", await Service.RanAsync());
        fleet.Clock.Advance(HintQueue.Gap);
        Assert.Equal(202, (await Service.SendAsync(Service.Hook("push", Service.Push(Repository, "stage")))).Status);
        Assert.Equal("stage Reconcile", await Service.RanAsync());
        Assert.False(Service.HasRun);
    }

    [Fact]
    public void Of_ten_thousand_deliveries_the_newest_are_remembered()
    {
        var seen = new SeenDeliveries(3);
        foreach (var number in (string[])["1", "2", "3", "4"]) Assert.True(seen.IsNew(number, "s" + number));

        Assert.False(seen.IsNew("2", "other"));
        Assert.False(seen.IsNew("other", "s4"));
        Assert.True(seen.IsNew("1", "s1"));
    }
}
