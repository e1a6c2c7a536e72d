using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Plan;
using OdooSky.GitOps.Reconciler.Hooks;
using OdooSky.GitOps.Reconciler.Machines;
using OdooSky.GitOps.Reconciler.Replicas;
using OdooSky.GitOps.Reconciler.Schedule;
using OdooSky.GitOps.Reconciler.Settings;
using OdooSky.GitOps.Reconciler.Status;
using OdooSky.GitOps.Reconciler.Status.Site;
using OdooSky.GitOps.Reconciler.Telemetry;

namespace OdooSky.GitOps.Reconciler.Cli;

/// <summary><c>odoosky serve</c>: keeps all targets on a schedule until it is told to end.</summary>
internal static class ServeVerb
{
    /// <summary>Where the service listens, and where it is asked, unless something else is said.</summary>
    public const string DefaultUrl = "http://127.0.0.1:8080";

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(25);

    private static readonly Option<string> Urls = new("--urls")
    {
        Description = $"where it listens (default: {DefaultUrl})", HelpName = "URL", DefaultValueFactory = _ => DefaultUrl,
    };

    private static readonly Option<OutputFormat?> LogFormat = new("--log-format")
    {
        Description = "text or json (default: text on a terminal, else json)", HelpName = "text|json",
        CustomParser = result => EnumWords.TryParse<OutputFormat>(result.Tokens[0].Value) is { } format and not OutputFormat.Yaml ? format : Refuse(result),
    };

    private static readonly Option<bool> Demo = new("--demo") { Description = "with stand-ins for GitHub, Argo CD and a cluster (from a clone: ./odoosky serve --demo)" };

    /// <summary>Makes the verb.</summary>
    /// <param name="surroundings">What it runs with.</param>
    /// <returns>The verb.</returns>
    public static Verb Make(Surroundings surroundings)
    {
        var verb = new Verb(
            "serve",
            "Keep all targets: reconcile, verify and look for drift on a schedule, until SIGTERM or Ctrl-C. SIGHUP reads the settings again.",
            "odoosky serve                               all targets of odoosky.yaml",
            "odoosky serve --target prod --urls http://127.0.0.1:9000",
            "./odoosky serve --demo                      a fleet made for it, from a clone of the project");
        verb.Add(Urls);
        verb.Add(LogFormat);
        verb.Add(Demo);
        CommonOptions.AddRepository(verb);
        verb.Does((parsed, cancellationToken) => RunAsync(parsed, surroundings, cancellationToken));
        return verb;
    }

    private static async Task<ExitCode> RunAsync(ParseResult parsed, Surroundings surroundings, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(Demo)) return DemoVerb.Refuse(surroundings.Terminal);
        var served = ServedTargets.Resolve(Opening.Choice(parsed, surroundings));
        new PlanPrinter(surroundings.Terminal).Problems(served.Problems);
        if (served.Targets.IsEmpty || PlaceOf(served, surroundings) is not { } place) return ExitCode.Error;
        return await ServeAsync(parsed, surroundings, (served, place), cancellationToken);
    }

    private static async Task<ExitCode> ServeAsync(
        ParseResult parsed, Surroundings surroundings, (ServedTargets Targets, ClockworkPlace Place) served, CancellationToken cancellationToken)
    {
        var terminal = surroundings.Terminal;
        using var signals = new Signals(cancellationToken);
        var log = new ServeLog(terminal, surroundings.Time, parsed.GetValue(LogFormat));
        await using var duty = new Duty(new Board(), surroundings.Time, terminal.Secrets, log.Tell) { TellReplicas = log.Tell };
        using var machines = new MachineSite(duty, surroundings.Time, surroundings.Environment);
        var urls = parsed.GetRequiredValue(Urls);
        var hosts = new HostList(urls, served.Targets.PageHosts);
        var watch = new SettingsWatch(served.Targets, () => ServedTargets.Resolve(Opening.Choice(parsed, surroundings))) { Took = news => hosts.Take(news.PageHosts) };
        await using var hooks = new HookSite(duty, () => watch.Current.Doors, hosts.Allows, log.Heard, surroundings.Time);
        var pages = StatusSite.Of(duty, hosts, terminal.Secrets, surroundings.Time, signals.Stop);
        await using var web = await WebHost.StartAsync(urls, [machines.Map, hooks.Map, routes => routes.MapPages(pages)], signals.Stop);
        log.Listening(web.Addresses);
        if (await StartAsync(duty, served.Place, served.Targets, signals.Stop))
        {
            machines.Health.Started();
            log.Started(duty.Board.Now);
            await KeepAsync(watch, duty, log, signals);
        }

        machines.Health.Ending();
        return await EndAsync(duty, log, signals);
    }

    // The schedule's place: in memory, or in the database that the settings name.
    private static ClockworkPlace? PlaceOf(ServedTargets served, Surroundings surroundings)
    {
        if (served.DatabaseConnectionFile is not { } file) return ClockworkPlace.Memory;
        var (connection, problem) = ReplicaDatabase.Read(file, new Place(served.File ?? ServiceSettings.FileName), surroundings.Terminal.Secrets);
        if (problem is not null) new PlanPrinter(surroundings.Terminal).Problems([problem]);
        return connection is null ? null : new ClockworkPlace(connection, ReplicaName.Make(surroundings.Environment, Environment.MachineName));
    }

    // A database that is not there yet may be waited for for long: a signal to end holds meanwhile too.
    private static async Task<bool> StartAsync(Duty duty, ClockworkPlace place, ServedTargets served, CancellationToken stop)
    {
        try
        {
            await duty.StartAsync(place, served.Targets, stop);
            return true;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return false;
        }
    }

    private static async Task<ExitCode> EndAsync(Duty duty, ServeLog log, Signals signals)
    {
        log.Ending();
        log.Ended(await duty.StopAsync(Grace, signals.Hurry));
        return signals.WasTerminated && !signals.Hurry.IsCancellationRequested ? ExitCode.Ok : ExitCode.Interrupted;
    }

    private static async Task KeepAsync(SettingsWatch watch, Duty duty, ServeLog log, Signals signals)
    {
        var hangup = signals.HangupAsync();
        var stopped = Task.Delay(Timeout.Infinite, signals.Stop);
        while (!signals.Stop.IsCancellationRequested)
        {
            var tick = Task.Delay(SettingsWatch.Pause, signals.Stop);
            var first = await Task.WhenAny(tick, hangup, stopped);
            if (signals.Stop.IsCancellationRequested) return;
            if (first == hangup) hangup = signals.HangupAsync();
            if (watch.Look(asked: first != tick) is not { } news) continue;
            log.Reloaded(news);
            Instruments.SettingsReloads.Add(1, new KeyValuePair<string, object?>("result", news.Targets.IsEmpty ? "refused" : "taken"));
            Instruments.SettingsValid.Record(news.Targets.IsEmpty ? 0 : 1);
            if (!news.Targets.IsEmpty) await ReloadAsync(duty, news, signals.Stop);
        }
    }

    // A signal to end in the midst of it ends in order too.
    private static async Task ReloadAsync(Duty duty, ServedTargets news, CancellationToken stop)
    {
        try
        {
            await duty.ReloadAsync(news.Targets, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // What is open is closed by the end.
        }
    }

    private static OutputFormat? Refuse(System.CommandLine.Parsing.ArgumentResult result)
    {
        result.AddError($"--log-format takes text or json, not {result.Tokens[0].Value}.");
        return null;
    }
}

/// <summary>What the service says: sentences for people, JSON lines where data is JSON.</summary>
/// <param name="terminal">Where.</param>
/// <param name="time">The clock.</param>
/// <param name="format">Text or JSON; null: as the terminal is.</param>
internal sealed class ServeLog(Terminal terminal, TimeProvider time, OutputFormat? format)
{
    private readonly Lock turn = new();
    private readonly bool isText = format is { } asked ? asked == OutputFormat.Text : terminal is { Format: OutputFormat.Text, IsWatched: true };

    /// <summary>Says where it listens.</summary>
    /// <param name="addresses">Where.</param>
    public void Listening(IEnumerable<string> addresses)
    {
        foreach (var address in addresses) Write("listening", null, address, $"listening on {address}");
    }

    /// <summary>Says what stands between the replicas.</summary>
    /// <param name="news">What.</param>
    public void Tell(ReplicaNews news) => Write(news.IsTrouble ? "trouble" : "replicas", news.Target, news.Words, news.Words);

    /// <summary>Says what it keeps and when it works next.</summary>
    /// <param name="picture">The targets.</param>
    public void Started(Board.Picture picture)
    {
        foreach (var (name, target) in picture.Targets)
            Write("target", name, null, $"{name}: {string.Join(", ", target.NextRuns.Select(next => $"{EnumWords.Word(next.Key)} at {Show(next.Value)}"))}");
    }

    /// <summary>Says how a run ended; a quiet one is one line.</summary>
    /// <param name="news">The run.</param>
    public void Tell(DutyNews news) => Write(
        news.Run.Failure is null ? "ran" : "failed", news.Target, news.Run.Failure,
        $"{news.Target}: {EnumWords.Word(news.Run.Kind)} {(news.Run.Failure is { } failure ? $"failed: {failure}" : "done")} in {news.Run.Took.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s",
        EnumWords.Word(news.Run.Kind));

    /// <summary>Says that settings were read again.</summary>
    /// <param name="news">What they are, or why the old ones are kept.</param>
    public void Reloaded(ServedTargets news)
    {
        var errors = news.Problems.Where(problem => problem.Severity == Severity.Error).ToList();
        foreach (var problem in errors) Write("refused", null, problem.ToString(), problem.ToString());
        Write(news.Targets.IsEmpty ? "kept" : "reloaded", null, null, news.Targets.IsEmpty
            ? "the settings have errors; the old ones are kept"
            : $"the settings were read again: {PlanWords.Count(news.Targets.Length, "target")}");
    }

    /// <summary>Says what came of something that was asked from outside.</summary>
    /// <param name="target">Of which target.</param>
    /// <param name="words">What came of it.</param>
    public void Heard(string target, string words) => Write("asked", target, words, $"{target}: {words}");

    /// <summary>Says that it ends.</summary>
    public void Ending() => Write("ending", null, null, "ending: what is being written comes to its end; a second signal cuts it");

    /// <summary>Says that it ended.</summary>
    /// <param name="whole">Whether nothing was cut.</param>
    public void Ended(bool whole) => Write("ended", null, null, whole ? "ended" : "ended; something was cut, and the next pass goes on from there");

    private static string Show(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private void Write(string what, string? target, string? detail, string sentence, string? job = null)
    {
        lock (turn)
        {
            if (isText) terminal.Say($"{Show(time.GetUtcNow())} {sentence}");
            else terminal.SayJsonLine(new JsonObject
            {
                ["at"] = Show(time.GetUtcNow()), ["level"] = what is "failed" or "refused" or "kept" or "trouble" ? "error" : "info", ["event"] = what, ["target"] = target, ["job"] = job, ["detail"] = detail, ["text"] = sentence,
            });
        }
    }
}
