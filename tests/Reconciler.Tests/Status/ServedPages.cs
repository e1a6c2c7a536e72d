using System.Net;
using System.Text.Json.Nodes;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Reconciler.Audit;
using OdooSky.GitOps.Reconciler.Life;
using OdooSky.GitOps.Reconciler.Git;
using OdooSky.GitOps.Reconciler.Schedule;
using OdooSky.GitOps.Reconciler.Status;
using OdooSky.GitOps.Reconciler.Status.Pages;
using OdooSky.GitOps.Reconciler.Status.Site;
using OdooSky.GitOps.Reconciler.Status.Views;
using OdooSky.GitOps.Reconciler.Tests.Cluster;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Status;

/// <summary>The pages of a board, served by the service's own server on a port of its own.</summary>
internal sealed class ServedPages : IAsyncDisposable
{
    private readonly WebHost web;

    private ServedPages(WebHost web, PageDoor door)
    {
        (this.web, Door) = (web, door);
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, MaxConnectionsPerServer = 1000 }) { BaseAddress = new Uri(web.Addresses.Single()) };
    }

    public PageDoor Door { get; }

    public HttpClient Client { get; }

    public string Address => Client.BaseAddress!.ToString().TrimEnd('/');

    public static async Task<ServedPages> StartAsync(Board board, string text = "Begin with the fleet", IEnumerable<string>? hosts = null)
    {
        var time = new FakeClock(StatusFleet.Now);
        var timelines = new Timelines((_, code, _) => Task.FromResult<InstanceStory?>(Story(code, text)), board.Touch, time, CancellationToken.None);
        var door = new PageDoor(board, new SiteMap(timelines, time), new HostList("http://127.0.0.1:0", hosts ?? []), hidden => hidden, TimeProvider.System);
        return new ServedPages(await WebHost.StartAsync("http://127.0.0.1:0", [routes => routes.MapPages(door)], CancellationToken.None), door);
    }

    public async Task<string> HtmlAsync(string path)
    {
        using var answer = await Client.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Equal((HttpStatusCode.OK, "text/html"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        return await answer.Content.ReadAsStringAsync();
    }

    public async Task<JsonNode> JsonAsync(string path)
    {
        using var answer = await Client.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Equal((HttpStatusCode.OK, "application/json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await web.DisposeAsync();
    }

    private static InstanceStory Story(InstanceCode code, string text)
    {
        var landing = new Landing
        {
            Commit = ObjectId.TryParse(new string('c', 40))!, At = StatusFleet.Now.AddDays(-3), Code = code, Origin = ChangeOrigin.Merge, Subject = text, HashBefore = "aaaaaaaaaaaaaaaa",
            HashAfter = "bbbbbbbbbbbbbbbb", PullRequest = 12, MergedBy = text, Request = new Request("tomas", text, "OPS-1"), Restart = "yes",
        };
        return new InstanceStory(code, "main", [landing], HasNotes: true);
    }
}
