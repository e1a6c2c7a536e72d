using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OdooSky.GitOps.Reconciler.Hooks;

/// <summary>Why the service did not do what it was asked to.</summary>
internal enum OrderFailureKind
{
    /// <summary>It can't be reached, or what answers is not a service that takes orders.</summary>
    Unreachable,

    /// <summary>The token is missing or wrong.</summary>
    Token,

    /// <summary>The pass did not end in time; it goes on.</summary>
    Timeout,
}

/// <summary>The service did not do what it was asked to.</summary>
internal sealed class OrderFailure : Exception
{
    public OrderFailure()
    {
    }

    public OrderFailure(string message)
        : base(message)
    {
    }

    public OrderFailure(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public OrderFailure(OrderFailureKind kind, string message)
        : base(message) => Kind = kind;

    public OrderFailureKind Kind { get; init; }
}

/// <summary>A pass that was started.</summary>
/// <param name="Target">Of which target.</param>
/// <param name="Since">A run that began then or later is it.</param>
internal sealed record StartedPass(string Target, string Since);

/// <summary>Asks a running service to reconcile.</summary>
internal sealed class OrderClient : IDisposable
{
    private static readonly TimeSpan Each = OrderDoor.Patience + TimeSpan.FromSeconds(10);

    private readonly HttpClient http;
    private readonly Uri service;

    /// <summary>A client.</summary>
    /// <param name="service">The service's address: https, or http on this machine alone, since the token goes there.</param>
    /// <param name="token">The token.</param>
    public OrderClient(Uri service, string token)
    {
        this.service = service;
        http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = !service.IsLoopback }) { Timeout = Each };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <summary>Starts a pass.</summary>
    /// <param name="target">Of which target; null: of all.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The passes.</returns>
    /// <exception cref="OrderFailure">It was not started.</exception>
    public async Task<ImmutableArray<StartedPass>> StartAsync(string? target, CancellationToken cancellationToken)
    {
        var answer = await SendAsync(HttpMethod.Post, target is null ? string.Empty : "?target=" + Uri.EscapeDataString(target), cancellationToken);
        return [.. (answer["started"] as JsonArray ?? []).OfType<JsonObject>().Select(one => new StartedPass((string?)one["target"] ?? string.Empty, (string?)one["since"] ?? string.Empty))];
    }

    /// <summary>Waits until a pass has ended.</summary>
    /// <param name="pass">The pass.</param>
    /// <param name="cancellationToken">Ends the wait; the pass goes on.</param>
    /// <returns>How it ended, as the service says it.</returns>
    /// <exception cref="OrderFailure">Nothing is known of it.</exception>
    public async Task<JsonObject> EndAsync(StartedPass pass, CancellationToken cancellationToken)
    {
        while (true)
        {
            var answer = await SendAsync(HttpMethod.Get, $"?target={Uri.EscapeDataString(pass.Target)}&since={Uri.EscapeDataString(pass.Since)}", cancellationToken);
            if ((string?)answer["result"] != "waiting") return answer;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    private async Task<JsonObject> SendAsync(HttpMethod method, string query, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(method, new Uri(service, "/api/reconcile" + query));
            using var answer = await http.SendAsync(request, cancellationToken);
            var text = await answer.Content.ReadAsStringAsync(cancellationToken);
            return answer.IsSuccessStatusCode && JsonNode.Parse(text) is JsonObject json ? json : throw Refused(answer.StatusCode, text.Trim());
        }
        catch (Exception failure) when (failure is HttpRequestException or JsonException or IOException || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new OrderFailure($"{service} does not answer as the service does: {failure.Message}", failure);
        }
    }

    private OrderFailure Refused(HttpStatusCode status, string words) => status switch
    {
        HttpStatusCode.Unauthorized => new OrderFailure(OrderFailureKind.Token, $"{service} refuses the token."),
        HttpStatusCode.NotFound => new OrderFailure($"{service} takes no orders: name a token with page.adminTokenFile in its settings."),
        _ => new OrderFailure(string.Create(CultureInfo.InvariantCulture, $"{service} refuses ({(int)status}): {(words.Length > 300 ? words[..300] : words)}")),
    };
}
