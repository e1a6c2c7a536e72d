namespace OdooSky.GitOps.Overlay.Helm;

/// <summary>Why there is no value.</summary>
public enum FailureKind
{
    /// <summary>Helm itself fails on this input.</summary>
    HelmFails,

    /// <summary>Helm may read it, but what it reads is not certain, or not decided here: no answer is better than a wrong one.</summary>
    Refused,
}

/// <summary>Why a text has no reading.</summary>
/// <param name="Kind">Whether Helm fails, or the reading is refused.</param>
/// <param name="Rule">A stable name in kebab case, such as <c>colliding-keys</c>.</param>
/// <param name="Message">What is wrong, in words, with the remedy where there is one.</param>
/// <param name="File">Which of several files, counted from 0; -1 for the chart's own values, -2 for arguments.</param>
/// <param name="Line">Counted from 1; 0 where no line is meant.</param>
/// <param name="Column">In characters, counted from 1; 0 where no column is meant.</param>
public sealed record HelmFailure(FailureKind Kind, string Rule, string Message, int File, int Line, int Column);

/// <summary>What was read, or why there is none: exactly one of the two.</summary>
/// <typeparam name="T">What a reading gives.</typeparam>
public sealed record HelmReading<T>
    where T : class
{
    /// <summary>A reading that succeeded.</summary>
    /// <param name="value">What was read.</param>
    public HelmReading(T value) => Value = value;

    /// <summary>A reading that did not.</summary>
    /// <param name="failure">Why.</param>
    public HelmReading(HelmFailure failure) => Failure = failure;

    /// <summary>What was read, or null when there is a failure.</summary>
    public T? Value { get; }

    /// <summary>Why nothing was read, or null when there is a value.</summary>
    public HelmFailure? Failure { get; }
}
