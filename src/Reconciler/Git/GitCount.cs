using OdooSky.GitOps.Reconciler.Telemetry;

namespace OdooSky.GitOps.Reconciler.Git;

/// <summary>Counts runs of git and how long they take.</summary>
internal static class GitCount
{
    /// <summary>Runs git, counted.</summary>
    /// <param name="call">What is run.</param>
    /// <param name="time">The clock.</param>
    /// <param name="run">Runs it to its end.</param>
    /// <returns>What it gave.</returns>
    public static async Task<T> AroundAsync<T>(GitCall call, TimeProvider time, Func<Task<T>> run)
    {
        var (verb, began, result) = (VerbOf(call), time.GetTimestamp(), "cancelled");
        try
        {
            var said = await Spans.AroundAsync($"git {verb}", null, run);
            result = "ok";
            return said;
        }
        catch (GitFailure failure)
        {
            result = failure.Kind == GitFailureKind.Timeout ? "timeout" : "failed";
            throw;
        }
        finally
        {
            Instruments.GitOperations.Add(1, new("operation", verb), new("result", result));
            Instruments.GitDuration.Record(time.GetElapsedTime(began).TotalSeconds, new KeyValuePair<string, object?>("operation", verb));
        }
    }

    // Settings stand before the verb: -c gc.auto=6700 gc.
    private static string VerbOf(GitCall call)
    {
        var at = 0;
        while (at < call.Arguments.Length && call.Arguments[at].StartsWith('-')) at += call.Arguments[at] == "-c" ? 2 : 1;
        return at < call.Arguments.Length ? call.Arguments[at] : "none";
    }
}
