using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using OdooSky.GitOps.Sandbox.GitHub;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.GitHubStandIn;

/// <summary>A stand-in with one repository, a client of its API and its persons.</summary>
internal sealed class Fleet : IAsyncDisposable
{
    private Fleet(Sandbox.GitHub.GitHubStandIn hub, RepositoryPeople people, Clock clock)
    {
        (Hub, People, Clock) = (hub, people, clock);
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(hub.Address) };
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
    }

    public const string Token = "github_pat_test";

    public const string Repo = "/repos/acme/fleet";

    public Sandbox.GitHub.GitHubStandIn Hub { get; }

    public RepositoryPeople People { get; }

    public Clock Clock { get; }

    public HttpClient Http { get; }

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<Fleet> StartAsync()
    {
        var clock = new Clock();
        var hub = await Sandbox.GitHub.GitHubStandIn.StartAsync(clock, Cancel);
        hub.AddToken("odoosky-bot", Token);
        var people = await hub.AddRepositoryAsync("acme", "fleet", [("instances/a/values.yaml", "a: 1\n"), ("instances/b/values.yaml", "b: 1\n")], Cancel);
        people.Record.ReadsUntilMergeable = 0;
        return new Fleet(hub, people, clock);
    }

    /// <summary>A branch with one commit, and a pull request of it by the API.</summary>
    public async Task<JsonObject> OpenAsync(string branch, string text = "a: 2\n", string path = "instances/a/values.yaml")
    {
        await People.PushAsync("odoosky-bot", branch, $"Change {path}", [(path, text)], Cancel);
        return await SendAsync(HttpMethod.Post, Repo + "/pulls", new { title = "A change", head = branch, @base = "main", body = "Please." }, 201);
    }

    /// <summary>Asks, expects a status, and reads the JSON.</summary>
    public async Task<JsonObject> SendAsync(HttpMethod method, string path, object? body = null, int expected = 200)
    {
        var json = await SendAnyAsync(method, path, body, expected);
        return json as JsonObject ?? [];
    }

    public async Task<JsonNode?> SendAnyAsync(HttpMethod method, string path, object? body = null, int expected = 200)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var answer = await Http.SendAsync(request, Cancel);
        var text = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.True(expected == (int)answer.StatusCode, $"{method} {path}: {(int)answer.StatusCode} {text} {Hub.Log.All.LastOrDefault(one => one.Who == "stand-in")}");
        return text.Length == 0 ? null : JsonNode.Parse(text);
    }

    public Task<JsonObject> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public async Task<JsonArray> ListAsync(string path) => (JsonArray)(await SendAnyAsync(HttpMethod.Get, path))!;

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Hub.DisposeAsync();
    }
}
