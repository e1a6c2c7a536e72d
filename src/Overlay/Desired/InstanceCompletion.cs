namespace OdooSky.GitOps.Overlay.Desired;

/// <summary>Makes a checked instance of a wish, the catalogue and the settings' rules.</summary>
internal sealed class InstanceCompletion(InstanceFile file, CatalogFile? catalog, DesiredRules rules)
{
    private readonly InstanceWish wish = file.Wish!;
    private readonly List<Problem> problems = [];

    /// <summary>Completes a file that has a wish.</summary>
    public static CompletedInstance Complete(InstanceFile file, CatalogFile? catalog, DesiredRules rules) =>
        new InstanceCompletion(file, catalog, rules).Complete();

    private CompletedInstance Complete()
    {
        CheckTarget();
        var addons = new AddonCompletion(wish, catalog, rules);
        var instance = InstanceOf(addons, catalog is null ? file.BlobId : $"{file.BlobId}+{catalog.BlobId}");
        return new CompletedInstance(file, instance, [.. problems, .. addons.Problems]);
    }

    private DesiredInstance InstanceOf(AddonCompletion addons, string revision)
    {
        var rows = addons.Rows();
        return new DesiredInstance
        {
            Code = wish.Code,
            Place = wish.Place,
            State = wish.State,
            Target = wish.Target,
            Labels = wish.Labels,
            Series = wish.Series,
            CloneFrom = wish.CloneFrom,
            Addons = rows,
            Values = wish.Values,
            Unset = wish.Unset,
            Request = wish.Request,
            CatalogRequests = addons.CatalogRequests,
            Revision = revision,
            Content = revision,
        };
    }

    private void CheckTarget()
    {
        if (rules.Targets.IsEmpty) return;
        if (wish.Target is { } target && !rules.Targets.Contains(target, StringComparer.Ordinal))
            Report($"The settings have no target {target}.", NearestWord.Remedy(target, rules.Targets));
        else if (wish.Target is null && rules.Targets.Length > 1)
            Report(
                "The instance names no target, and the settings have several.",
                $"Write target: with one of {TextRules.List(rules.Targets)}.");
    }

    private void Report(string message, string remedy) =>
        problems.Add(new Problem(DesiredCodes.WrongTarget, Severity.Error, message, remedy, wish.Place, wish.Code.Text));
}
