using System.Collections.Immutable;

namespace OdooSky.GitOps.Overlay.Desired;

/// <summary>Combines the files of one revision of the desired state.</summary>
internal sealed class DesiredStateBuilder(IReadOnlyCollection<InstanceFile> files, CatalogFile? catalog, DesiredRules rules, CompletionMemory memory)
{
    private readonly List<Problem> problems = [];

    public DesiredState Build()
    {
        foreach (var file in files) problems.AddRange(file.Problems);
        if (catalog is not null) problems.AddRange(catalog.Problems);
        if (!files.Any(file => file.Claims.Length > 0)) problems.Add(Empty());
        FindTwins();
        var completed = memory.Complete(files, catalog, rules);
        foreach (var instance in completed) problems.AddRange(instance.Problems);
        var broken = Broken();
        return new DesiredState
        {
            Instances = [.. completed.Select(each => each.Instance).Where(instance => !broken.Contains(instance.Code.Text)).OrderBy(instance => instance.Code)],
            Broken = broken,
            Problems = ProblemOrder.Sort(problems),
        };
    }

    private Problem Empty() => new(
        DesiredCodes.EmptyResult,
        Severity.Error,
        "The desired state holds no instance.",
        rules.FromTables
            ? "Look whether this is the right database; to remove an instance, give its row the state absent."
            : "Look whether the folder and the revision are right; to remove an instance, write state: absent into its file.",
        new Place(rules.FromTables ? InstanceRow.Table : rules.Folder),
        null);

    // Letter case counts for nothing here: one checkout on a case-blind file system would keep one of the two.
    private void FindTwins()
    {
        var claims = files.SelectMany(file => file.Claims.Select(code => (Code: code, File: file)));
        foreach (var twins in claims.GroupBy(claim => claim.Code, StringComparer.OrdinalIgnoreCase).Where(claims => claims.Skip(1).Any()))
        {
            var paths = twins.Select(claim => claim.File.Path).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToImmutableArray();
            if (paths.Length < 2) continue;
            foreach (var claim in twins) problems.Add(Twin(claim, paths));
        }
    }

    private static Problem Twin((string Code, InstanceFile File) claim, ImmutableArray<string> paths)
    {
        var others = TextRules.List(paths.Where(path => path != claim.File.Path));
        var instance = InstanceCode.TryParse(claim.Code) ?? InstanceCode.TryParse(claim.Code.ToLowerInvariant());
        return new Problem(
            DesiredCodes.DuplicateInstance,
            Severity.Error,
            $"The instance {TextRules.Quote(claim.Code)} is named by {others} too.",
            "Keep one file for each instance, and codes that differ in more than letter case.",
            claim.File.Wish?.Place ?? new Place(claim.File.Path),
            instance?.Text);
    }

    // A file with an error may speak of two codes, by its name and in its text: neither is planned.
    private ImmutableHashSet<string> Broken()
    {
        var errors = problems.Where(problem => problem.Severity == Severity.Error).ToList();
        if (errors.Count == 0) return [];
        var named = errors.Select(problem => problem.Instance).OfType<string>();
        var sources = errors.Select(problem => problem.Place.Source).ToHashSet(StringComparer.Ordinal);
        var claimed = files.Where(file => sources.Contains(file.Path)).SelectMany(file => file.Claims);
        return [.. named, .. claimed.Where(code => InstanceCode.TryParse(code) is not null)];
    }
}
