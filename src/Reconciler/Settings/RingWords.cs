using System.Globalization;
using OdooSky.GitOps.Overlay.Desired;

namespace OdooSky.GitOps.Reconciler.Settings;

/// <summary>A ring on one line, by the words of <c>gitops.yaml</c>; what is not set is not said.</summary>
internal static class RingWords
{
    /// <summary>Says a ring: <c>canary (selector ring=canary, soak 30m, maxRestartsPerHour 4, freeze Mon,Fri 08:00-18:00)</c>.</summary>
    /// <param name="ring">The ring.</param>
    /// <returns>Its name, and what is set in brackets.</returns>
    public static string Of(Ring ring)
    {
        var said = new List<string>();
        if (!ring.Selector.IsEmpty) said.Add($"selector {string.Join(',', ring.Selector.Select(label => $"{label.Name}={label.Value}"))}");
        if (ring.Soak > TimeSpan.Zero) said.Add($"soak {Duration.Write(ring.Soak)}");
        if (ring.MaxRestartsPerHour is { } most) said.Add(string.Create(CultureInfo.InvariantCulture, $"maxRestartsPerHour {most}"));
        said.AddRange(ring.Freezes.Select(freeze => $"freeze {Of(freeze)}"));
        return said.Count == 0 ? ring.Name : $"{ring.Name} ({string.Join(", ", said)})";
    }

    /// <summary>Says a window of the week: <c>Mon,Fri 08:00-18:00</c>.</summary>
    /// <param name="window">The window.</param>
    /// <returns>Its days and times.</returns>
    public static string Of(Freeze window) => $"{Days(window)} {Hour(window.From)}-{Hour(window.To)}";

    private static string Days(Freeze freeze) => string.Join(',', freeze.Days.Select(day => day.ToString()[..3]));

    private static string Hour(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);
}
