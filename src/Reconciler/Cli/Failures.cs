namespace OdooSky.GitOps.Reconciler.Cli;

/// <summary>What the world did, as a message and an exit code.</summary>
internal static class Failures
{
    /// <summary>Tells a failure.</summary>
    /// <param name="failure">What was thrown.</param>
    /// <param name="surroundings">Where it is told.</param>
    /// <param name="cancellationToken">Whether a person stopped the program.</param>
    /// <returns>The exit code.</returns>
    public static ExitCode Tell(Exception failure, Surroundings surroundings, CancellationToken cancellationToken)
    {
        var meaning = FailureMeaning.Of(failure, cancellationToken);
        surroundings.Terminal.Fail(meaning.Code, meaning.Message);
        if (meaning.IsFault && surroundings.Environment.ContainsKey("ODOOSKY_TRACE")) surroundings.Terminal.Say(failure.ToString());
        return meaning.End switch
        {
            FailureEnd.Credentials => ExitCode.Credentials,
            FailureEnd.Timeout => ExitCode.Timeout,
            FailureEnd.Interrupted => ExitCode.Interrupted,
            _ => ExitCode.Error,
        };
    }
}
