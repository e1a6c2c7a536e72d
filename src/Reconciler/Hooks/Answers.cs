using System.Text;
using Microsoft.AspNetCore.Http;
using OdooSky.GitOps.Reconciler.Machines;

namespace OdooSky.GitOps.Reconciler.Hooks;

/// <summary>What is answered to a webhook or an order.</summary>
/// <param name="Status">HTTP's status.</param>
/// <param name="Result">For the count: <c>taken</c>, <c>ignored</c>, <c>replayed</c> or <c>refused</c>.</param>
/// <param name="Words">A sentence, or JSON.</param>
internal sealed record Answer(int Status, string Result, string Words)
{
    /// <summary>It is refused; the connection ends with it, since its body may not have been read.</summary>
    /// <param name="status">HTTP's status.</param>
    /// <param name="words">Why.</param>
    /// <returns>The answer.</returns>
    public static Answer Refused(int status, string words) => new(status, "refused", words);

    /// <summary>Nothing is here for anybody who asks.</summary>
    public static Answer NotHere { get; } = Refused(StatusCodes.Status404NotFound, "There is nothing here.");

    /// <summary>Writes it.</summary>
    /// <param name="context">Where to.</param>
    /// <returns>A task.</returns>
    public Task WriteAsync(HttpContext context)
    {
        if (Result == "refused") context.Response.Headers.Connection = "close"; // else the server would read on to the body's end
        var type = Words.StartsWith('{') ? "application/json; charset=utf-8" : "text/plain; charset=utf-8";
        return WholeAnswer.WriteAsync(context, Status, type, Encoding.UTF8.GetBytes(Words + "\n"));
    }
}

/// <summary>Reads bodies that others send.</summary>
internal static class Bodies
{
    /// <summary>Whether a body may be JSON as it is: of that type, not compressed.</summary>
    /// <param name="request">The request.</param>
    /// <returns>True when it may.</returns>
    public static bool IsPlainJson(HttpRequest request) =>
        (request.ContentType ?? string.Empty).Split(';')[0].Trim().Equals("application/json", StringComparison.OrdinalIgnoreCase) && request.Headers.ContentEncoding.Count == 0;

    /// <summary>Reads a body as it came.</summary>
    /// <param name="request">The request.</param>
    /// <param name="most">The largest that is read.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The bytes, or null: it is larger, and was not read to its end.</returns>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpRequest request, int most, CancellationToken cancellationToken)
    {
        if (request.ContentLength > most) return null;
        using var whole = new MemoryStream();
        var part = new byte[16 * 1024];
        while (await request.Body.ReadAsync(part, cancellationToken) is > 0 and var count)
        {
            if (whole.Length + count > most) return null;
            await whole.WriteAsync(part.AsMemory(0, count), cancellationToken);
        }

        return whole.ToArray();
    }
}
