namespace OdooSky.GitOps.Reconciler.Schedule;

/// <summary>One run of a job, ended.</summary>
/// <param name="Kind">Which job.</param>
/// <param name="Begun">When it began.</param>
/// <param name="Took">How long it took.</param>
/// <param name="Failure">Why it failed, in one line that may be shown to people; null when it did not.</param>
internal sealed record JobRun(JobKind Kind, DateTimeOffset Begun, TimeSpan Took, string? Failure = null);
