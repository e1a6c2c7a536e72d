namespace OdooSky.GitOps.Reconciler.Rollout;

/// <summary>
/// Whether a status speaks of the current spec. The fields that matter are compared, and not the objects: of several sources
/// Argo CD writes an extra empty one into <c>comparedTo</c>.
/// </summary>
internal static class SpecComparison
{
    public static bool SpeaksOf(ComparedTo compared, ApplicationSpec spec) =>
        compared.Destination == spec.Destination
        && compared.Sources.Length == spec.Sources.Length
        && compared.Sources.Zip(spec.Sources).All(pair => Same(pair.First, pair.Second));

    private static bool Same(ApplicationSource one, ApplicationSource other) =>
        one with { Helm = null } == other with { Helm = null } && Same(one.Helm ?? new HelmSource(), other.Helm ?? new HelmSource());

    private static bool Same(HelmSource one, HelmSource other) =>
        one.ReleaseName == other.ReleaseName
        && one.Values == other.Values
        && one.ValuesObject == other.ValuesObject
        && one.ValueFiles.SequenceEqual(other.ValueFiles, StringComparer.Ordinal)
        && one.Parameters.SequenceEqual(other.Parameters)
        && one.FileParameters.SequenceEqual(other.FileParameters);
}
