using System.Diagnostics;
using OdooSky.GitOps.Reconciler.Cluster;
using OdooSky.GitOps.Sandbox.Kubernetes;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Cluster;

/// <summary>The stand-in is honest: real kubectl works with it, and it answers as the recordings do.</summary>
public sealed class KubectlTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("odoosky-kubectl-").FullName;
    private KubernetesServer _server = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await KubernetesServer.StartAsync(TimeProvider.System, Stop);
        await File.WriteAllTextAsync(Path.Combine(_folder, "config"), _server.Kubeconfig(), Stop);
        _server.Store.Put(World.Application, World.Recorded("get-application-200", "argocd", "oak"));
        _server.Store.Put(World.Deployment, World.Recorded("get-deployment-200", "odoo-oak", "oak-odoo"));
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Kubectl_gets_lists_waits_and_patches()
    {
        Assert.Contains("applications", await KubectlAsync("api-resources"), StringComparison.Ordinal);
        Assert.Equal("application.argoproj.io/oak\n", await KubectlAsync("get", "applications", "-o", "name"));
        Assert.Equal("7ca647d03fce340e", await KubectlAsync("get", "deploy", "oak-odoo", "-n", "odoo-oak", "-o", "jsonpath={.spec.template.metadata.annotations['odoosky\\.io/addons-hash']}"));
        Assert.Contains("condition met", await KubectlAsync("wait", "deploy/oak-odoo", "-n", "odoo-oak", "--for=condition=Available", "--timeout=20s"), StringComparison.Ordinal);
        await KubectlAsync("patch", "app", "oak", "--type", "merge", "-p", """{"metadata":{"annotations":{"argocd.argoproj.io/refresh":"hard"}}}""");
        Assert.Equal("hard", (string?)_server.Store.Find(World.Application, "argocd", "oak")!["metadata"]!["annotations"]!["argocd.argoproj.io/refresh"]);
        Assert.StartsWith("{\"kind\":\"DeploymentList\"", await KubectlAsync("get", "--raw", "/apis/apps/v1/deployments"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_watch_is_answered_before_anything_happens()
    {
        using var soon = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        soon.CancelAfter(TimeSpan.FromSeconds(30));
        using var http = new HttpClient(new SocketsHttpHandler { SslOptions = new() { RemoteCertificateValidationCallback = (_, _, _, _) => true } });
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_server.Address, "/apis/apps/v1/deployments?watch=1&resourceVersion=999999"))
        {
            Version = System.Net.HttpVersion.Version20,
            Headers = { { "Authorization", "Bearer sandbox" } },
        };

        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, soon.Token);

        Assert.Equal((200, new Version(2, 0)), ((int)answer.StatusCode, answer.Version));
    }

    [Theory]
    [InlineData("get-unauthorized-401", "bad")]
    [InlineData("get-anonymous-403", null)]
    [InlineData("get-object-not-found-404", "sandbox")]
    [InlineData("list-continue-malformed-400", "sandbox")]
    [InlineData("list-kind-not-served-404", "sandbox")]
    [InlineData("list-namespace-that-does-not-exist", "sandbox")]
    [InlineData("list-exact-too-old-410", "sandbox")]
    [InlineData("list-resource-version-too-large-504", "sandbox")]
    [InlineData("watch-bad-resource-version-500", "sandbox")]
    public async Task The_stand_in_answers_as_a_real_server_did(string name, string? token)
    {
        var recorded = Recording.Of(name);
        using var http = new HttpClient(new SocketsHttpHandler { SslOptions = new() { RemoteCertificateValidationCallback = (_, _, _, _) => true } });
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_server.Address, recorded.Target));
        if (token is not null) request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);

        using var answer = await http.SendAsync(request, Stop);

        Assert.Equal(recorded.Status, (int)answer.StatusCode);
        Assert.Equal(recorded.Header("Content-Type"), answer.Content.Headers.ContentType!.ToString());
        Assert.Equal(recorded.Header("Retry-After"), answer.Headers.RetryAfter?.ToString());
        Assert.Equal(recorded.Header("X-Content-Type-Options"), answer.Headers.TryGetValues("X-Content-Type-Options", out var sniff) ? sniff.Single() : null);
        var body = await answer.Content.ReadAsStringAsync(Stop);
        if (recorded.Header("Content-Type") == "application/json") Assert.Equal(KeysOf(recorded.Body), KeysOf(body));
        else Assert.Equal(recorded.Body, body);
    }

    [Fact]
    public async Task The_client_trusts_only_the_authority_it_was_given()
    {
        using var api = new ApiServer(World.Access(_server.Address), new ClusterLimits(), TimeProvider.System);

        var failure = await Assert.ThrowsAsync<ClusterFailure>(() => api.GetAsync("/version", Stop));

        Assert.Equal(ClusterFailureKind.Unreachable, failure.Kind);
        Assert.Contains("certificate", failure.Message, StringComparison.Ordinal);
    }

    private static List<string> KeysOf(string json) => [.. System.Text.Json.Nodes.JsonNode.Parse(json)!.AsObject().Select(pair => pair.Key)];

    private async Task<string> KubectlAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(House.SourceFile.Repository, ".tools/kubectl"), ["--kubeconfig", Path.Combine(_folder, "config"), "--cache-dir", Path.Combine(_folder, "cache"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using var kubectl = Process.Start(start)!;
        var error = kubectl.StandardError.ReadToEndAsync(Stop);
        var output = await kubectl.StandardOutput.ReadToEndAsync(Stop);
        await kubectl.WaitForExitAsync(Stop);
        Assert.True(kubectl.ExitCode == 0, $"kubectl {string.Join(' ', arguments)}: {await error}");
        return output;
    }
}
