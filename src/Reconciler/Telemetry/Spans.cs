using System.Diagnostics;

namespace OdooSky.GitOps.Reconciler.Telemetry;

/// <summary>Spans of what the program does. Without a listener they cost nothing, and there is one only where OTLP is asked for.</summary>
internal static class Spans
{
    private static readonly ActivitySource Source = new(Instruments.Name, Instruments.Build.Split('+')[0]);

    /// <summary>Does something inside a span; what is thrown marks the span and goes on.</summary>
    /// <typeparam name="T">What it gives.</typeparam>
    /// <param name="name">A word or two of the program's own, never a name of the user's.</param>
    /// <param name="target">The target, shown as <c>odoosky.target</c>; null: none.</param>
    /// <param name="work">What is done.</param>
    /// <returns>What it gives.</returns>
    public static async Task<T> AroundAsync<T>(string name, string? target, Func<Task<T>> work)
    {
        using var span = Source.StartActivity(name);
        span?.SetTag("odoosky.target", target);
        try
        {
            return await work();
        }
        catch (Exception failure) when (Mark(span, failure))
        {
            throw;
        }
    }

    // False: the exception is looked at in passing, and not caught. Its message may hold what people wrote; its type is enough.
    private static bool Mark(Activity? span, Exception failure)
    {
        span?.SetTag("error.type", failure.GetType().Name);
        span?.SetStatus(failure is OperationCanceledException ? ActivityStatusCode.Unset : ActivityStatusCode.Error);
        return false;
    }
}
