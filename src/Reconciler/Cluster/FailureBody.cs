using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace OdooSky.GitOps.Reconciler.Cluster;

/// <summary>Makes a failure of an answer: a Status in JSON, or plain text, as 429, 503 and some 404 have it.</summary>
internal static class FailureBody
{
    private const int LongestMessage = 300;

    /// <summary>Reads.</summary>
    /// <param name="cluster">The cluster's name.</param>
    /// <param name="response">Not 2xx.</param>
    /// <param name="limits">How much and how long.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What to throw.</returns>
    public static async Task<ClusterFailure> ReadAsync(
        string cluster, HttpResponseMessage response, ClusterLimits limits, TimeProvider time, CancellationToken cancellationToken)
    {
        var status = response.StatusCode;
        if ((int)status is >= 300 and < 400)
            return new ClusterFailure(ClusterFailureKind.Refused, $"cluster {cluster}: the server answers with a redirect ({(int)status}), which is not followed: write the API server's own address");
        var text = await TextOf(response, limits, time, cancellationToken);
        var after = RetryAfter(response.Headers.RetryAfter, time) is { } wait && wait > limits.LongestRetryAfter ? limits.LongestRetryAfter : RetryAfter(response.Headers.RetryAfter, time);
        return new ClusterFailure(ClusterFailure.KindOf(status), $"cluster {cluster}: {(int)status} {MessageOf(text, status)}", after);
    }

    private static async Task<string> TextOf(HttpResponseMessage response, ClusterLimits limits, TimeProvider time, CancellationToken cancellationToken)
    {
        var bytes = new byte[limits.FailureBytes];
        var length = 0;
        try
        {
            await using var body = new SpokenStream(response, await response.Content.ReadAsStreamAsync(cancellationToken), limits.Silence, time);
            int read;
            while (length < bytes.Length && (read = await body.ReadAsync(bytes.AsMemory(length), cancellationToken)) > 0) length += read;
        }
        catch (ClusterFailure)
        {
            // The status says enough.
        }

        return Encoding.UTF8.GetString(bytes, 0, length);
    }

    private static TimeSpan? RetryAfter(RetryConditionHeaderValue? header, TimeProvider time) =>
        header?.Delta ?? (header?.Date is { } date && date > time.GetUtcNow() ? date - time.GetUtcNow() : null);

    private static string MessageOf(string text, HttpStatusCode status)
    {
        var said = text;
        try
        {
            said = JsonSerializer.Deserialize(text, ServedJson.Default.ServedStatus)?.Message ?? status.ToString();
        }
        catch (JsonException)
        {
            // Plain text, a page of HTML, or cut short.
        }

        var line = new string([.. said.Trim().Select(c => char.IsControl(c) ? ' ' : c)]);
        return line.Length > LongestMessage ? line[..LongestMessage] + "…" : line;
    }
}
