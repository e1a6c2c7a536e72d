using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;
using OdooSky.GitOps.Reconciler.Schedule;
using OdooSky.GitOps.Reconciler.Telemetry;

namespace OdooSky.GitOps.Reconciler.Hooks;

/// <summary>
/// Where GitHub's webhooks come in. What anybody may send is looked at in this order: type, size, signature over the bytes as they
/// came; only then is anything read out of it, and what was read is a hint. The answer does not wait for any work.
/// </summary>
/// <param name="keys">The files of keys, as the settings are now.</param>
/// <param name="queue">Takes hints.</param>
/// <param name="time">The clock.</param>
internal sealed class HookDoor(Func<DoorKeys> keys, HintQueue queue, TimeProvider time)
{
    /// <summary>The largest payload that is read. GitHub sends up to 25 MB, for pushes of thousands of commits; the schedule sees those.</summary>
    public const int Largest = 1024 * 1024;

    /// <summary>How many deliveries are remembered.</summary>
    public const int Remembered = 10_000;

    private const string Scheme = "sha256=";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly string[] Results = ["taken", "ignored", "replayed", "refused"];
    private static readonly FrozenSet<string> Events = FrozenSet.Create(StringComparer.Ordinal, "push", "pull_request", "issue_comment", "ping");

    private readonly SeenDeliveries seen = new(Remembered);

    /// <summary>Begins to count, at 0.</summary>
    public static void Begin()
    {
        foreach (var kind in Events.Append("other"))
        foreach (var result in Results)
            Count(kind, result, 0);
    }

    /// <summary>Answers a webhook.</summary>
    /// <param name="context">The request.</param>
    /// <returns>A task.</returns>
    public async Task ServeAsync(HttpContext context)
    {
        if (keys().WebhookSecretFile is not { } file)
        {
            await Answer.NotHere.WriteAsync(context);
            return;
        }

        var answer = await JudgeAsync(context.Request, file, context.RequestAborted);
        var kind = context.Request.Headers["X-GitHub-Event"].ToString();
        Count(Events.Contains(kind) ? kind : "other", answer.Result, 1);
        await answer.WriteAsync(context);
    }

    private async Task<Answer> JudgeAsync(HttpRequest request, string file, CancellationToken cancellationToken)
    {
        if (!HttpMethods.IsPost(request.Method)) return Answer.Refused(StatusCodes.Status405MethodNotAllowed, "A webhook is sent with POST.");
        if (!Bodies.IsPlainJson(request)) return Answer.Refused(StatusCodes.Status415UnsupportedMediaType, "Choose the content type application/json for the webhook; nothing compressed is read.");
        if (request.ContentLength > Largest) return TooLarge;
        if (SignatureOf(request) is not { } signature) return Unsigned;
        var secrets = await KeyFile.ReadAsync(file, cancellationToken);
        if (secrets.Count == 0) return Answer.Refused(StatusCodes.Status503ServiceUnavailable, "The file of webhooks.secretFile has no secret of 16 characters or more.");
        var (body, refusal) = await ReadAsync(request, cancellationToken);
        if (refusal is not null) return refusal;
        return KeyFile.Signed(secrets, body.Span, signature) ? Believe(request, body, signature) : Unsigned;
    }

    private static Answer TooLarge { get; } = Answer.Refused(StatusCodes.Status413PayloadTooLarge, "More than 1 MiB is not read; the next scheduled pass looks anyway.");

    private static Answer Unsigned { get; } = Answer.Refused(StatusCodes.Status401Unauthorized, "The signature in X-Hub-Signature-256 is not by the secret of this service.");

    // From here on it is known that GitHub sent it, or somebody who recorded what GitHub sent.
    private Answer Believe(HttpRequest request, ReadOnlyMemory<byte> body, byte[] signature)
    {
        var number = request.Headers["X-GitHub-Delivery"].ToString();
        if (number.Length is 0 or > 100) return Answer.Refused(StatusCodes.Status400BadRequest, "X-GitHub-Delivery is missing.");
        if (!seen.IsNew(number, Convert.ToHexString(signature))) return new Answer(StatusCodes.Status200OK, "replayed", "This came before.");
        var kind = request.Headers["X-GitHub-Event"].ToString();
        if (kind == "ping") return new Answer(StatusCodes.Status200OK, "taken", "The secret is right.");
        if (!Events.Contains(kind)) return new Answer(StatusCodes.Status200OK, "ignored", "Of no use here: push, pull_request and issue_comment are.");
        if (HookHint.TryParse(kind, body) is not { } hint) return Answer.Refused(StatusCodes.Status400BadRequest, "This is no payload of that event.");
        return queue.Take(hint)
            ? new Answer(StatusCodes.Status202Accepted, "taken", "It will be looked at.")
            : new Answer(StatusCodes.Status200OK, "ignored", "Nothing here that this service keeps, or no command.");
    }

    private async Task<(ReadOnlyMemory<byte> Body, Answer? Refusal)> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            return await Bodies.ReadAsync(request, Largest, either.Token) is { } body ? (body, null) : (default, TooLarge);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            return (default, Answer.Refused(StatusCodes.Status408RequestTimeout, "The payload took too long."));
        }
    }

    private static byte[]? SignatureOf(HttpRequest request)
    {
        var text = request.Headers["X-Hub-Signature-256"].ToString();
        return text.Length == Scheme.Length + 64 && text.StartsWith(Scheme, StringComparison.Ordinal) && text.AsSpan(Scheme.Length).ToString().All(char.IsAsciiHexDigit)
            ? Convert.FromHexString(text.AsSpan(Scheme.Length)) : null;
    }

    private static void Count(string kind, string result, int count) => Instruments.Webhooks.Add(count, new("event", kind), new("result", result));
}
