namespace OdooSky.GitOps.Overlay.Desired;

/// <summary>Makes a checked instance of a wish, the catalogue and the settings' rules.</summary>
internal sealed class InstanceCompletion(CatalogFile? catalog, DesiredRules rules)
{
    private readonly List<Problem> problems = [];

    public IReadOnlyList<Problem> Problems => problems;

    public DesiredInstance Complete(InstanceFile file)
    {
        var wish = file.Wish!;
        CheckTarget(wish);
        var addons = new AddonCompletion(wish, catalog, rules);
        var rows = addons.Rows();
        problems.AddRange(addons.Problems);
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
            Revision = catalog is null ? file.BlobId : $"{file.BlobId}+{catalog.BlobId}",
        };
    }

    private void CheckTarget(InstanceWish wish)
    {
        if (rules.Targets.IsEmpty) return;
        if (wish.Target is { } target && !rules.Targets.Contains(target, StringComparer.Ordinal))
            Report(wish, $"The settings have no target {target}.", NearestWord.Remedy(target, rules.Targets));
        else if (wish.Target is null && rules.Targets.Length > 1)
            Report(
                wish,
                "The instance names no target, and the settings have several.",
                $"Write target: with one of {TextRules.List(rules.Targets)}.");
    }

    private void Report(InstanceWish wish, string message, string remedy) =>
        problems.Add(new Problem(DesiredCodes.WrongTarget, Severity.Error, message, remedy, wish.Place, wish.Code.Text));
}
