namespace OdooSky.GitOps.Overlay.Helm;

/// <summary>Something in a values file that Helm reads otherwise than it looks.</summary>
/// <param name="Rule">A stable name in kebab case, such as <c>number-changes</c>.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">In characters, from 1.</param>
/// <param name="Written">What stands there; empty where the finding is about more than one value.</param>
/// <param name="Reads">What Helm reads.</param>
/// <param name="Write">What to do: one or more sentences, without the last full stop.</param>
public sealed record LintFinding(string Rule, int Line, int Column, string Written, string Reads, string Write)
{
    private const int Shown = 60;

    /// <summary>What is wrong as one sentence without its full stop.</summary>
    public string What => Sentence ?? $"Helm reads {(Written.Length > Shown ? Written[..Shown] + "…" : Written)} as {Reads}";

    /// <summary>The sentence where the usual one does not fit.</summary>
    internal string? Sentence { get; init; }
}
