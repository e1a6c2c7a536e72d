using System.Globalization;

namespace OdooSky.GitOps.Reconciler.Git;

/// <summary>A date as commits carry it: seconds since 1970 and the zone as it was written, <c>+0200</c>.</summary>
internal sealed record GitDate
{
    private const int WidestZone = 1400;

    public GitDate(long seconds, string zone)
    {
        Seconds = Math.Max(0, seconds);
        Zone = IsZone(zone) ? zone : "+0000";
    }

    public long Seconds { get; }

    /// <summary>A zone that forges would refuse in a new commit (old tools wrote some) reads as <c>+0000</c>.</summary>
    public string Zone { get; }

    public DateTimeOffset Time => DateTimeOffset.FromUnixTimeSeconds(Math.Min(Seconds, DateTimeOffset.MaxValue.ToUnixTimeSeconds()));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Seconds} {Zone}");

    private static bool IsZone(string zone) =>
        zone.Length == 5 && zone[0] is '+' or '-' && int.TryParse(zone.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var offset)
        && offset <= WidestZone && offset % 100 < 60;
}
