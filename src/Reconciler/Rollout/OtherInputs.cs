namespace OdooSky.GitOps.Reconciler.Rollout;

/// <summary>What else decides the addons of a rendering, so that the overlay's hash is not what Helm renders.</summary>
internal static class OtherInputs
{
    private const string Key = "addons";

    /// <summary>The inputs that win over the overlay, or null when none is seen.</summary>
    public static string? Of(RolloutCase c)
    {
        if (c.Source is not { } index) return null;
        var found = Of(c, index).Concat(c.Fact.OverrideFiles).ToList();
        return found.Count == 0 ? null : string.Join(", ", found);
    }

    private static IEnumerable<string> Of(RolloutCase c, int index)
    {
        foreach (var helm in c.Application.Spec.Sources.Select(source => source.Helm).OfType<HelmSource>())
        {
            foreach (var parameter in helm.Parameters.Where(IsOfAddons)) yield return $"helm.parameters {parameter.Name}";
            foreach (var parameter in helm.FileParameters.Where(IsOfAddons)) yield return $"helm.fileParameters {parameter.Name}";
            if (Mentions(helm.Values)) yield return "helm.values";
            if (Mentions(helm.ValuesObject)) yield return "helm.valuesObject";
        }

        if (OverlaySource.ValueFileOf(c.Application.Spec, index, c.Promise.Overlay) is var (files, at))
            foreach (var later in files.ValueFiles.Skip(at + 1)) yield return $"helm.valueFiles {later}";
    }

    private static bool IsOfAddons(HelmParameter parameter) =>
        parameter.Name.StartsWith(Key, StringComparison.Ordinal) && (parameter.Name.Length == Key.Length || parameter.Name[Key.Length] is '[' or '.');

    private static bool Mentions(string? text) => text?.Contains(Key, StringComparison.Ordinal) == true;
}
