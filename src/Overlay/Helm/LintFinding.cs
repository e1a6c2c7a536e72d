namespace OdooSky.GitOps.Overlay.Helm;

/// <summary>Something in a values file that Helm reads otherwise than it looks.</summary>
/// <param name="Rule">A stable name in kebab case, such as <c>number-changes</c>.</param>
/// <param name="Line">From 1; 0 for the whole file.</param>
/// <param name="Column">In characters, from 1; 0 for the whole file.</param>
/// <param name="Written">What stands there.</param>
/// <param name="Reads">What Helm reads.</param>
/// <param name="Write">What to write instead, or what to do.</param>
public sealed record LintFinding(string Rule, int Line, int Column, string Written, string Reads, string Write);
