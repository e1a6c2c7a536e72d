using System.Globalization;

namespace OdooSky.GitOps.Bench;

/// <summary>The table, written row by row as results come in.</summary>
internal sealed class Report(TextWriter output)
{
    public void Head() => output.Write(
        "| what | instances | unit | median | min | max | runs | against | its median | ratio | target |\n|---|---|---|---|---|---|---|---|---|---|---|\n");

    /// <summary>A row.</summary>
    /// <param name="what">What was measured, and over how many instances.</param>
    /// <param name="unit">The unit of both columns.</param>
    /// <param name="ours">The program's figures.</param>
    /// <param name="against">What raw git did meanwhile, or null.</param>
    public void Row((string What, int Instances, string Target) what, string unit, Samples ours, (string Name, Samples Figures)? against)
    {
        var (name, median, ratio) = against is { } other
            ? (other.Name, Samples.Text(other.Figures.Median), (ours.Median / other.Figures.Median).ToString("0.00", CultureInfo.InvariantCulture))
            : ("–", "–", "–");
        var size = what.Instances > 0 ? what.Instances.ToString("N0", CultureInfo.InvariantCulture) : "–";
        output.Write(string.Create(
            CultureInfo.InvariantCulture,
            $"| {what.What} | {size} | {unit} | {Samples.Text(ours.Median)} | {Samples.Text(ours.Least)} | {Samples.Text(ours.Most)} | {ours.Count} | {name} | {median} | {ratio} | {what.Target} |\n"));
        output.Flush();
    }

    public void Note(string line) => output.Write($"\n{line}\n");
}
