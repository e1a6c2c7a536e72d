using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OdooSky.GitOps.Sandbox.GitHub;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.GitHubStandIn;

/// <summary>Limits, ETags, tokens and faults: what a client must survive.</summary>
public sealed class FaultTests
{
    private const string Create = "POST /repos/{owner}/{repo}/issues/{issue_number}/comments";

    [Fact]
    public async Task A_known_ETag_costs_no_quota_and_another_token_has_another_one()
    {
        await using var fleet = await Fleet.StartAsync();
        fleet.Hub.AddToken("other", "other");
        var (tag, left) = await TagAsync(fleet, Fleet.Token, null, 200);

        var (_, still) = await TagAsync(fleet, Fleet.Token, tag, 304);
        await TagAsync(fleet, "other", tag, 200);
        await fleet.People.LabelAsync("jane", await NumberAsync(fleet), "odoosky", Fleet.Cancel);
        await TagAsync(fleet, Fleet.Token, tag, 200);

        Assert.Equal(left, still);
    }

    [Fact]
    public async Task Content_is_limited_by_the_minute_and_the_clock_frees_it()
    {
        await using var fleet = await Fleet.StartAsync();
        fleet.Hub.Limits.ContentPerMinute = 3;
        var number = await NumberAsync(fleet);
        for (var i = 0; i < 2; i++) await CommentAsync(fleet, number, 201);

        using var refused = await SendCommentAsync(fleet, number);
        fleet.Clock.Go(TimeSpan.FromMinutes(1));
        await CommentAsync(fleet, number, 201);

        Assert.Equal((403, "60"), ((int)refused.StatusCode, refused.Headers.RetryAfter!.ToString()));
        Assert.Equal(1, fleet.Hub.Limits.Refused);
    }

    [Fact]
    public async Task The_hour_of_a_token_ends_and_begins_anew()
    {
        await using var fleet = await Fleet.StartAsync();
        await fleet.GetAsync(Fleet.Repo);
        fleet.Hub.Limits.Leave(Fleet.Token, 1);
        await fleet.GetAsync(Fleet.Repo);

        using var refused = await fleet.Http.GetAsync(Fleet.Repo, Fleet.Cancel);
        var reset = DateTimeOffset.FromUnixTimeSeconds(long.Parse(refused.Headers.GetValues("X-RateLimit-Reset").Single()));
        fleet.Clock.Go(reset - refused.Headers.Date!.Value);
        await fleet.GetAsync(Fleet.Repo);

        Assert.Equal((403, "0"), ((int)refused.StatusCode, refused.Headers.GetValues("X-RateLimit-Remaining").Single()));
    }

    [Fact]
    public async Task An_answer_is_lost_at_any_byte_and_the_comment_is_there_each_time()
    {
        await using var fleet = await Fleet.StartAsync();
        var number = await NumberAsync(fleet);
        int[] places = [0, 1, 12, 40, 300, 900];
        for (var i = 0; i < places.Length; i++) fleet.Hub.Faults.On(Create, i + 1, Fault.AnswerLostAt(places[i]));
        for (var i = 0; i < places.Length; i++) await Assert.ThrowsAnyAsync<HttpRequestException>(() => CommentAsync(fleet, number, 201));

        Assert.Equal(places.Length, (await fleet.ListAsync($"{Fleet.Repo}/issues/{number}/comments")).Count);
        Assert.Equal(0, fleet.Hub.Log.Requests.First(one => one.What == Create).Status);
    }

    [Fact]
    public async Task Faults_meet_the_call_that_they_are_written_for()
    {
        await using var fleet = await Fleet.StartAsync();
        var number = await NumberAsync(fleet);
        fleet.Hub.Faults.On(Create, 1, Fault.ResetBefore);
        fleet.Hub.Faults.On(Create, 2, Fault.Html);
        fleet.Hub.Faults.On(Create, 3, Fault.CutJson(20));
        fleet.Hub.Faults.On(Create, 4, Fault.Answer(502, "<html>Unicorn!</html>", ("Retry-After", "7")));
        fleet.Hub.Faults.On(Create, 5, Fault.ErrorAfter(500));

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => CommentAsync(fleet, number, 201));
        using var html = await SendCommentAsync(fleet, number);
        using var cut = await SendCommentAsync(fleet, number);
        using var bad = await SendCommentAsync(fleet, number);
        await CommentAsync(fleet, number, 500);

        Assert.Equal((200, "text/html"), ((int)html.StatusCode, html.Content.Headers.ContentType!.MediaType));
        Assert.Equal((201, 20L), ((int)cut.StatusCode, cut.Content.Headers.ContentLength!.Value));
        Assert.Equal((502, "7"), ((int)bad.StatusCode, bad.Headers.RetryAfter!.ToString()));
        Assert.Equal(2, (await fleet.ListAsync($"{Fleet.Repo}/issues/{number}/comments")).Count);
        Assert.Equal(5, fleet.Hub.Log.Count(Create));
    }

    [Fact]
    public async Task Silence_ends_when_the_client_gives_up_and_a_refused_connection_comes_back()
    {
        await using var fleet = await Fleet.StartAsync();
        var met = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        fleet.Hub.Faults.On(FaultScript.Any, 1, Fault.Silence with { Hung = met });
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Fleet.Cancel);
        var silent = fleet.Http.GetAsync(Fleet.Repo, patience.Token);
        await met.Task;
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => silent);

        await fleet.Hub.RefuseAsync();
        var refused = await Assert.ThrowsAnyAsync<HttpRequestException>(() => fleet.Http.GetAsync(Fleet.Repo, Fleet.Cancel));
        await fleet.Hub.ListenAsync(Fleet.Cancel);

        Assert.Equal(SocketError.ConnectionRefused, Assert.IsType<SocketException>(refused.InnerException).SocketErrorCode);
        await fleet.GetAsync(Fleet.Repo);
    }

    [Theory]
    [InlineData(-60, 540, 201, "")]
    [InlineData(30, 540, 401, "'Issued at' claim ('iat')")]
    [InlineData(-60, -1, 401, "'Expiration time' claim ('exp') must be")]
    [InlineData(-60, 700, 401, "'Expiration time' claim ('exp') is too far in the future")]
    public async Task An_apps_web_token_is_checked_by_the_servers_clock(int issued, int ends, int status, string words)
    {
        await using var fleet = await Fleet.StartAsync();
        fleet.Http.DefaultRequestHeaders.Authorization = new("Bearer", Sign(fleet, issued, ends));

        var answer = await fleet.SendAsync(HttpMethod.Post, $"/app/installations/{fleet.Hub.App.InstallationId}/access_tokens", null, status);

        if (status == 401) Assert.StartsWith(words, (string)answer["message"]!, StringComparison.Ordinal);
        else await CheckRunAsync(fleet, (string)answer["token"]!);
    }

    [Fact]
    public async Task A_token_that_may_not_and_one_that_is_unknown_are_told_so()
    {
        await using var fleet = await Fleet.StartAsync();
        fleet.Hub.AddToken("reader", "reader", new Dictionary<string, string> { ["metadata"] = "read", ["pull_requests"] = "read" });
        fleet.Http.DefaultRequestHeaders.Authorization = new("Bearer", "reader");
        var may = await fleet.SendAsync(HttpMethod.Post, Fleet.Repo + "/pulls", new { title = "x" }, 403);
        fleet.Http.DefaultRequestHeaders.Authorization = new("Bearer", "unknown");
        var unknown = await fleet.SendAsync(HttpMethod.Get, Fleet.Repo, null, 401);

        Assert.Equal("Resource not accessible by personal access token", (string)may["message"]!);
        Assert.Equal("Bad credentials", (string)unknown["message"]!);
    }

    // An installation's token is good for check runs, for an hour.
    private static async Task CheckRunAsync(Fleet fleet, string token)
    {
        var run = new { name = "odoosky", head_sha = fleet.People.Git.Head("main"), status = "completed", conclusion = "success" };
        fleet.Http.DefaultRequestHeaders.Authorization = new("Bearer", Fleet.Token);
        await fleet.SendAsync(HttpMethod.Post, Fleet.Repo + "/check-runs", run, 403);
        fleet.Http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        await fleet.SendAsync(HttpMethod.Post, Fleet.Repo + "/check-runs", run, 201);
        fleet.Clock.Go(TimeSpan.FromHours(1));
        await fleet.SendAsync(HttpMethod.Post, Fleet.Repo + "/check-runs", run, 401);
    }

    private static string Sign(Fleet fleet, int issued, int ends)
    {
        using var key = RSA.Create();
        key.ImportFromPem(fleet.Hub.App.PrivateKeyPem);
        var now = fleet.Clock.GetUtcNow().ToUnixTimeSeconds();
        var body = $"{Part(new { alg = "RS256", typ = "JWT" })}.{Part(new { iat = now + issued, exp = now + ends, iss = fleet.Hub.App.Id.ToString() })}";
        return $"{body}.{Url(key.SignData(Encoding.ASCII.GetBytes(body), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    private static string Part(object value) => Url(JsonSerializer.SerializeToUtf8Bytes(value));

    private static string Url(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    private static async Task<int> NumberAsync(Fleet fleet) =>
        fleet.People.Record.Pulls is [var pull, ..] ? pull.Number : (int)(await fleet.OpenAsync("x"))["number"]!;

    private static async Task CommentAsync(Fleet fleet, int number, int status) =>
        await fleet.SendAnyAsync(HttpMethod.Post, $"{Fleet.Repo}/issues/{number}/comments", new { body = "Hello" }, status);

    private static Task<HttpResponseMessage> SendCommentAsync(Fleet fleet, int number) =>
        fleet.Http.PostAsync($"{Fleet.Repo}/issues/{number}/comments", new StringContent("""{"body":"Hello"}"""), Fleet.Cancel);

    private static async Task<(string? Tag, string Left)> TagAsync(Fleet fleet, string token, string? known, int status)
    {
        var path = $"{Fleet.Repo}/pulls/{await NumberAsync(fleet)}";
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new("Bearer", token);
        if (known is not null) request.Headers.TryAddWithoutValidation("If-None-Match", known);
        using var answer = await fleet.Http.SendAsync(request, Fleet.Cancel);
        Assert.Equal(status, (int)answer.StatusCode);
        return (answer.Headers.ETag?.ToString(), answer.Headers.GetValues("X-RateLimit-Remaining").Single());
    }
}
