using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Reconciler.Passes;
using OdooSky.GitOps.Reconciler.Settings;

namespace OdooSky.GitOps.Reconciler.Schedule;

/// <summary>A target that the service keeps.</summary>
/// <param name="Target">What to work on.</param>
/// <param name="Schedule">When.</param>
internal sealed record ServedTarget(RunTarget Target, ScheduleSettings Schedule);

/// <summary>The files of keys by which others reach the service, absolute.</summary>
/// <param name="WebhookSecretFile">The secret of webhooks; null: there are none.</param>
/// <param name="AdminTokenFile">The token of orders; null: there are none.</param>
internal sealed record DoorKeys(string? WebhookSecretFile, string? AdminTokenFile);

/// <summary>All that the service keeps, or why it can't.</summary>
/// <param name="Targets">The targets, in order of name; empty with an error among the problems.</param>
/// <param name="Problems">All that is wrong, of all targets.</param>
/// <param name="File">The settings file, absolute; null where there is none.</param>
internal sealed record ServedTargets(ImmutableArray<ServedTarget> Targets, ImmutableArray<Problem> Problems, string? File)
{
    /// <summary>By which further names the pages may be asked for.</summary>
    public ImmutableArray<string> PageHosts => Targets is [var first, ..] ? first.Target.Layers.Resolve(first.Target.Name).Settings!.PageHosts : [];

    /// <summary>The files of keys to its doors, of the settings.</summary>
    public DoorKeys Doors { get; init; } = new(null, null);

    /// <summary>The file of the connection string of the database that replicas share, absolute; null: there is one replica.</summary>
    public string? DatabaseConnectionFile { get; init; }

    /// <summary>Resolves them: one target when one is named or there is no settings file, else all of the file.</summary>
    /// <param name="choice">What flags and environment say.</param>
    /// <returns>The targets and problems.</returns>
    public static ServedTargets Resolve(TargetChoice choice)
    {
        var path = Path.GetFullPath(choice.Of(choice.Config, "CONFIG") ?? ServiceSettings.FileName, choice.Folder);
        var file = System.IO.File.Exists(path) ? path : null;
        var all = Names(choice, file).Select(name => Hosting.Resolve(choice with { Target = name })).ToList();
        var untimely = all.Where(each => each.Target is not null).SelectMany(each => Untimely(each.Target!, file)).ToList();
        var problems = all.SelectMany(each => each.Problems).Distinct().Concat(untimely).ToImmutableArray();
        var folder = file is null ? choice.Folder : Path.GetDirectoryName(file)!;
        return untimely.Count > 0 || all.Exists(each => each.Target is null)
            ? new ServedTargets([], problems, file)
            : new ServedTargets([.. all.Select(each => new ServedTarget(each.Target!, ScheduleOf(each.Target!)))], problems, file)
            {
                Doors = DoorsOf(all[0].Target!, folder),
                DatabaseConnectionFile = At(SettingsOf(all[0].Target!).DatabaseConnectionFile, folder),
            };
    }

    // What has the form of a cron expression, and the clockwork can't run.
    private static IEnumerable<Problem> Untimely(RunTarget target, string? file) =>
        from time in Timetable.Of(target.Name, ScheduleOf(target), hasCluster: true)
        where time.Cron is not null
        let fault = ClockworkTriggers.FaultOf(time.Cron!, target.Name)
        where fault is not null
        select new Problem(
            SettingsCodes.WrongValue, Severity.Error, $"targets.{target.Name}.schedule.{EnumWords.Word(time.Kind)} is \"{time.Cron}\", {fault}.",
            "Write a cron expression such as \"H */5 * * * ?\", or a time such as 5m.", new Place(file ?? "ODOOSKY_SCHEDULE"), null);

    private static ImmutableArray<string?> Names(TargetChoice choice, string? file)
    {
        if (choice.Of(choice.Target, "TARGET") is { } named) return [named];
        if (file is null) return [null];
        var (settings, _) = new SettingsLayers { Service = new SettingsText(file, System.IO.File.ReadAllBytes(file)) }.ReadService();
        return settings.Targets.Count == 0 ? [null] : [.. settings.Targets.Keys];
    }

    private static DoorKeys DoorsOf(RunTarget target, string folder)
    {
        var settings = SettingsOf(target);
        return new DoorKeys(At(settings.WebhookSecretFile, folder), At(settings.AdminTokenFile, folder));
    }

    private static string? At(string? file, string folder) => file is null ? null : Path.GetFullPath(file, folder);

    private static EffectiveSettings SettingsOf(RunTarget target) => target.Layers.Resolve(target.Name).Settings!;

    private static ScheduleSettings ScheduleOf(RunTarget target) => target.Layers.Resolve(target.Name).Settings!.Target.Schedule;
}
