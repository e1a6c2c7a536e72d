using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using OdooSky.GitOps.Reconciler.Hooks;
using OdooSky.GitOps.Reconciler.Schedule;
using OdooSky.GitOps.Reconciler.Settings;
using OdooSky.GitOps.Reconciler.Status;
using OdooSky.GitOps.Reconciler.Status.Site;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Hooks;

/// <summary>A service in this process with its own web server, which webhooks and orders reach over HTTP.</summary>
internal sealed class HookedService : IAsyncDisposable
{
    public const string Secret = "a secret of webhooks, 0123456789";
    public const string Token = "0123456789abcdef0123456789abcdef";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("odoosky-hooks-");
    private readonly Channel<DutyNews> news = Channel.CreateUnbounded<DutyNews>();
    private readonly Duty duty;
    private readonly HookSite hooks;
    private WebHost web = null!;
    private int deliveries;
    private int commits;

    private HookedService(TimeProvider time)
    {
        duty = new Duty(new Board(), time, new Secrets(), Tell);
        (SecretFile, TokenFile) = (Path.Combine(folder.FullName, "secret"), Path.Combine(folder.FullName, "token"));
        Restore();
        hooks = new HookSite(duty, () => Doors, new HostList("http://127.0.0.1:0", []).Allows, (target, words) => Said.Writer.TryWrite($"{target}: {words}"), time);
    }

    public DoorKeys Doors { get; set; }

    public string SecretFile { get; }

    public string TokenFile { get; }

    /// <summary>What the log would say of commands.</summary>
    public Channel<string> Said { get; } = Channel.CreateUnbounded<string>();

    public HttpClient Http { get; } = new(new SocketsHttpHandler { MaxConnectionsPerServer = 500 });

    public Uri Address => new(web.Addresses.Single());

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    // Drift and upkeep come by their own time, whatever a test does.
    private void Tell(DutyNews told)
    {
        if (told.Run.Kind is JobKind.Reconcile or JobKind.Verify) news.Writer.TryWrite(told);
    }

    /// <summary>Starts it; the first pass of each target has ended.</summary>
    public static async Task<HookedService> StartAsync(TimeProvider time, params ServedTarget[] targets)
    {
        var service = new HookedService(time);
        await service.duty.StartAsync(ClockworkPlace.Memory, [.. targets], Cancel);
        service.web = await WebHost.StartAsync("http://127.0.0.1:0", [service.hooks.Map], Cancel);
        foreach (var _ in targets) await service.RanAsync();
        return service;
    }

    /// <summary>Its keys as they were at the start.</summary>
    [MemberNotNull(nameof(Doors))]
    public void Restore()
    {
        File.WriteAllText(SecretFile, Secret + "\n");
        File.WriteAllText(TokenFile, Token + "\n");
        Doors = new DoorKeys(SecretFile, TokenFile);
    }

    /// <summary>The next run that ended: its target.</summary>
    public async Task<string> RanAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        var run = await news.Reader.ReadAsync(limit.Token);
        return $"{run.Target} {run.Run.Kind}{run.Run.Failure}";
    }

    /// <summary>Whether a run has ended that nobody has asked about yet.</summary>
    public bool HasRun => news.Reader.TryPeek(out _);

    /// <summary>A webhook as GitHub sends it.</summary>
    public HttpRequestMessage Hook(string kind, object payload, string secret = Secret)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(payload);
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Address, "/webhooks/github")) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Add("X-GitHub-Event", kind);
        request.Headers.Add("X-GitHub-Delivery", string.Create(CultureInfo.InvariantCulture, $"72d3162e-cc78-11e3-81ab-{Interlocked.Increment(ref deliveries):x12}"));
        request.Headers.Add("X-Hub-Signature-256", Sign(body, secret));
        return request;
    }

    public static string Sign(byte[] body, string secret) => "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));

    /// <summary>A push, of another commit each time.</summary>
    public object Push(string repository, string branch) => new
    {
        @ref = "refs/heads/" + branch, after = Interlocked.Increment(ref commits).ToString("x40", CultureInfo.InvariantCulture), repository = new { full_name = repository, clone_url = $"https://github.com/{repository}.git" },
    };

    /// <summary>Sends it: status and words.</summary>
    public async Task<(int Status, string Words)> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            using var answer = await Http.SendAsync(request, Cancel);
            return ((int)answer.StatusCode, (await answer.Content.ReadAsStringAsync(Cancel)).TrimEnd());
        }
    }

    /// <summary>Sends bytes as they are, and reads the first line of the answer, before anything more is sent.</summary>
    public async Task<string?> RawAsync(string head, ReadOnlyMemory<byte> begin = default)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(Address.Host, Address.Port, Cancel);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head.ReplaceLineEndings("\r\n") + "\r\n\r\n"), Cancel);
        await stream.WriteAsync(begin, Cancel);
        using var reader = new StreamReader(stream);
        return await reader.ReadLineAsync(Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await web.DisposeAsync();
        await hooks.DisposeAsync();
        await duty.StopAsync(TimeSpan.FromSeconds(20), CancellationToken.None);
        await duty.DisposeAsync();
        folder.Delete(recursive: true);
    }
}
