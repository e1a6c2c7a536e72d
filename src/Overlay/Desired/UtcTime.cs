using System.Globalization;

namespace OdooSky.GitOps.Overlay.Desired;

/// <summary>Times as Kubernetes and GitHub write them, and so all that this program writes for programs: UTC, to the second.</summary>
public static class UtcTime
{
    /// <summary>The form, for whoever reads it back.</summary>
    public const string Form = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    /// <summary>Writes a time.</summary>
    /// <param name="time">Any time.</param>
    /// <returns>Such as <c>2026-11-26T10:00:00Z</c>; parts of a second are left out.</returns>
    public static string Write(DateTimeOffset time) => time.ToUniversalTime().ToString(Form, CultureInfo.InvariantCulture);

    /// <summary>A time without the parts of its second, so that it is the same once it was written and read back.</summary>
    /// <param name="time">Any time.</param>
    /// <returns>UTC.</returns>
    public static DateTimeOffset ToSecond(DateTimeOffset time) => DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());
}
