using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Reconciler.Schedule;

namespace OdooSky.GitOps.Reconciler.Cli;

/// <summary>Notices that the settings file changed, by its bytes: it may be a mounted secret, whose times say nothing.</summary>
/// <param name="first">What the service began with.</param>
/// <param name="read">Reads it all again.</param>
internal sealed class SettingsWatch(ServedTargets first, Func<ServedTargets> read)
{
    /// <summary>How often it looks by itself.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly string? file = first.File;
    private byte[] seen = BytesOf(first.File);
    private volatile ServedTargets current = first;

    /// <summary>Hears of settings that hold from now on.</summary>
    public Action<ServedTargets> Took { get; init; } = _ => { };

    /// <summary>What holds: the newest settings without errors.</summary>
    public ServedTargets Current => current;

    /// <summary>Looks.</summary>
    /// <param name="asked">Whether a person asked; then it is read though its bytes are the same: a key's file may have changed.</param>
    /// <returns>What the settings are now, without targets when they have errors; null when nothing changed.</returns>
    public ServedTargets? Look(bool asked)
    {
        // Without the file the program would fall back to its flags, and keep other targets. One that is being replaced comes back.
        if (file is not null && !File.Exists(file)) return asked ? Refuse($"{file} is gone.") : null;
        var now = BytesOf(file);
        if (!asked && now.AsSpan().SequenceEqual(seen)) return null;
        seen = now;
        try
        {
            var news = read();
            if (news.Targets.IsEmpty) return news;
            current = news;
            Took(news);
            return news;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return Refuse(failure.Message);
        }
    }

    private ServedTargets Refuse(string words) =>
        new([], [new Problem("OSG0004", Severity.Error, words, "Make the settings readable again.", new Place(file ?? "odoosky.yaml"), null)], file);

    private static byte[] BytesOf(string? file)
    {
        try
        {
            return file is null ? [] : File.ReadAllBytes(file);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
