using System.Globalization;
using OdooSky.GitOps.Reconciler.Status.Markup;
using OdooSky.GitOps.Reconciler.Status.Views;

namespace OdooSky.GitOps.Reconciler.Status.Pages;

/// <summary>A bar that shows in what shares the fleet is well; the tiles above it say the same in numbers.</summary>
internal static class HealthBar
{
    private const double Width = 1000;
    private const double Least = 6;

    /// <summary>Draws it.</summary>
    /// <param name="verdicts">How many have which verdict.</param>
    /// <returns>A picture; nothing where there is no instance.</returns>
    public static Html Draw(IReadOnlyList<VerdictCount> verdicts)
    {
        var all = verdicts.Sum(verdict => verdict.Count);
        if (all == 0) return Html.None;
        var widths = verdicts.Select(verdict => Math.Max(Least, Width * verdict.Count / all)).ToList();
        var scale = Width / widths.Sum();
        var at = 0.0;
        return Html.Of($"<svg class=\"bar\" viewBox=\"0 0 1000 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\">{Html.Each(Enumerable.Range(0, widths.Count), Part)}</svg>");

        Html Part(int i)
        {
            var (from, width) = (at, widths[i] * scale);
            at += width;
            return Html.Of($"<rect class=\"{Parts.Tone(verdicts[i].Verdict).Tone}\" x=\"{Number(from)}\" y=\"0\" width=\"{Number(Math.Max(1, width - 2))}\" height=\"10\"/>");
        }
    }

    private static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
