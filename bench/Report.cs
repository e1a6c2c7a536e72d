using System.Globalization;
using System.Text;

namespace OdooSky.GitOps.Bench;

/// <summary>Everything measured: a table whose rows are written as results come in, and at the end slopes and plots.</summary>
internal sealed class Report(TextWriter output)
{
    /// <summary>What of a plan depends on the size of the fleet.</summary>
    private static readonly string[] Sized =
    [
        "everything from cold: process, clone, plan", "new process, warm cache, plan", "plan, 1,000 instances changed since the last",
        "plan, 1 instance changed since the last", "quiet pass",
    ];

    private readonly StringBuilder text = new();
    private readonly List<(string What, int Instances, double Median)> medians = [];

    /// <summary>The whole text so far, as Markdown.</summary>
    public string Text => text.ToString();

    public void Head() => Write(
        "| what | instances | unit | median | min | max | runs | against | its median | ratio | target |\n|---|---|---|---|---|---|---|---|---|---|---|\n");

    /// <summary>A row.</summary>
    /// <param name="what">What was measured, and over how many instances.</param>
    /// <param name="unit">The unit of both columns.</param>
    /// <param name="ours">The program's figures.</param>
    /// <param name="against">What raw git did meanwhile, or null.</param>
    public void Row((string What, int Instances, string Target) what, string unit, Samples ours, (string Name, Samples Figures)? against)
    {
        medians.Add((what.What, what.Instances, ours.Median));
        var (name, median, ratio) = against is { } other
            ? (other.Name, Samples.Text(other.Figures.Median), (ours.Median / other.Figures.Median).ToString("0.00", CultureInfo.InvariantCulture))
            : ("–", "–", "–");
        var size = what.Instances > 0 ? what.Instances.ToString("N0", CultureInfo.InvariantCulture) : "–";
        Write(string.Create(
            CultureInfo.InvariantCulture,
            $"| {what.What} | {size} | {unit} | {Samples.Text(ours.Median)} | {Samples.Text(ours.Least)} | {Samples.Text(ours.Most)} | {ours.Count} | {name} | {median} | {ratio} | {what.Target} |\n"));
    }

    public void Note(string line) => Write($"\n{line}\n");

    /// <summary>The table of slopes, when more than one size was measured.</summary>
    public void Slopes()
    {
        var sizes = medians.Where(row => row.What == Sized[0]).Select(row => row.Instances).ToList();
        if (sizes.Count < 2) return;
        Write($"\n| ms at | {string.Join(" | ", sizes.Select(size => size.ToString("N0", CultureInfo.InvariantCulture)))} | µs for each instance more | exponent |\n|---|{string.Concat(sizes.Select(_ => "---|"))}---|---|\n");
        foreach (var what in Sized)
            if (Fit.Through(Points(what)) is { } fit) Write(fit.Row(what, Points(what)));
        Write("\nThe exponent is p in cost ~ instances^p: 1 grows with the fleet, 0 does not care.\n");
    }

    /// <summary>Draws the plots into a folder: cost against the fleet's size, and against the number of changes.</summary>
    public void Draw(string folder)
    {
        Directory.CreateDirectory(folder);
        List<Curve> sized = [.. Sized.Select(what => new Curve(Short(what), [.. Points(what).Select(point => ((double)point.Instances, point.Cost))])).Where(curve => curve.Points.Count > 1)];
        if (sized.Count > 0) Save("fleet-size.svg", new Plot("What a plan costs against the size of the fleet", "instances", "ms").Draw(sized));
        List<Curve> changed = [.. medians.Select(row => row.Instances).Where(size => size > 0).Distinct().Select(Changes).Where(curve => curve.Points.Count > 1)];
        if (changed.Count > 0) Save("changes.svg", new Plot("What a plan costs against what changed since the last", "instances changed", "ms").Draw(changed));

        void Save(string name, string svg) => File.WriteAllText(Path.Combine(folder, name), svg);
    }

    private List<(int Instances, double Cost)> Points(string what) => [.. medians.Where(row => row.What == what).Select(row => (row.Instances, row.Median))];

    private Curve Changes(int size) => new(
        string.Create(CultureInfo.InvariantCulture, $"{size:N0} instances"),
        [.. from changes in (int[])[1, 100, 1000]
            from row in medians
            where row.Instances == size && row.What == PlanBench.NameOf(changes)
            select ((double)changes, row.Median)]);

    private static string Short(string what) => what.Replace("everything from cold: ", "cold: ", StringComparison.Ordinal)
        .Replace("instances changed since the last", "changed", StringComparison.Ordinal).Replace("instance changed since the last", "changed", StringComparison.Ordinal);

    private void Write(string words)
    {
        text.Append(words);
        output.Write(words);
        output.Flush();
    }
}
