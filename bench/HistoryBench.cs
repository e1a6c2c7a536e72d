using System.Diagnostics;
using System.Globalization;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Reconciler;
using OdooSky.GitOps.Reconciler.Git;
using OdooSky.GitOps.Reconciler.Notes;

namespace OdooSky.GitOps.Bench;

/// <summary>
/// What happened, from a long history: ten commits for each instance, each of one overlay with our trailers, and a note on each that
/// it landed and is live.
/// </summary>
internal sealed class HistoryBench(Fleet fleet, Report report, Rounds rounds)
{
    private const int PerInstance = 10;
    private const int PerImport = 2_000;
    private const string Verb = "history-once";

    private static readonly DateTimeOffset Begin = DateTimeOffset.FromUnixTimeSeconds(1_790_000_000);

    private readonly InstanceCode code = InstanceCode.TryParse(FleetText.Code(0))!;

    private int Commits => fleet.Instances * PerInstance;

    private string Size => string.Create(CultureInfo.InvariantCulture, $"{Commits:N0} commits");

    public static bool IsAsked(string[] arguments) => arguments.Length == 3 && arguments[0] == Verb;

    /// <summary>The child's side: one history in a process of its own.</summary>
    public static async Task<int> ReadAsync(string[] arguments)
    {
        await using var open = Targets.Open(arguments[1], arguments[2]);
        var story = await open.Audit.HistoryAsync(InstanceCode.TryParse(FleetText.Code(0))!, null, null, CancellationToken.None);
        return story.Landings.Length == PerInstance + 1 && story.HasNotes ? 0 : 1;
    }

    public async Task RunAsync()
    {
        await MakeAsync();
        var cache = fleet.Folder("history-cache");
        await OnceAsync(cache);
        await ColdAsync("history of one instance, cold process", cache);
        await using (var open = Targets.Open(fleet.Remote, cache))
            await open.Repository.UpkeepAsync([RefPattern.Exactly(RefName.TryParse(Fleet.Main)!), RefPattern.Exactly(NoteBook.Ref)], CancellationToken.None);
        await ColdAsync("the same, after the clone's upkeep", cache);
        await WarmAsync(cache);
    }

    private async Task ColdAsync(string what, string cache)
    {
        Samples ours = new(), raw = new();
        for (var i = 0; rounds.Go(i, 5); i++)
        {
            await raw.TimeAsync(() => RawGit.RunAsync(fleet.RawClone, "log", "--first-parent", "--raw", "main", "--", FleetText.OverlayPath(0)));
            await ours.TimeAsync(() => OnceAsync(cache));
        }

        report.Row(($"{what}, {Size}", fleet.Instances, "≤ 2 s; ≤ 1.2 ×"), "ms", ours, ("git log -- path", raw));
    }

    private async Task WarmAsync(string cache)
    {
        Samples history = new(), state = new(), export = new();
        await using var open = Targets.Open(fleet.Remote, cache);
        await open.Audit.HistoryAsync(code, null, null, CancellationToken.None);
        for (var i = 0; rounds.Go(i, 5); i++) await history.TimeAsync(() => open.Audit.HistoryAsync(code, null, null, CancellationToken.None));
        for (var i = 0; rounds.Go(i, 3); i++) await state.TimeAsync(() => open.Audit.FleetAsync(Begin.AddSeconds(Commits / 2), CancellationToken.None));
        for (var i = 0; rounds.Go(i, 2); i++) await export.TimeAsync(() => open.Audit.SnapshotAsync(CancellationToken.None));
        report.Row(($"history of one instance, warm, {Size}", fleet.Instances, "≤ 200 ms"), "ms", history, null);
        report.Row(($"state of the whole fleet at a time, {Size}", fleet.Instances, "≤ 5 s"), "ms", state, null);
        report.Row(($"the whole trail, {Size}", fleet.Instances, "–"), "ms", export, null);
    }

    private async Task OnceAsync(string cache)
    {
        using var child = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [typeof(HistoryBench).Assembly.Location, Verb, fleet.Remote, cache]) { UseShellExecute = false })!;
        await child.WaitForExitAsync();
        if (child.ExitCode != 0) throw new InvalidOperationException("The child did not find the history that was made.");
    }

    private async Task MakeAsync()
    {
        for (var from = 0; from < Commits; from += PerImport)
        {
            using var stream = new ImportStream();
            for (var i = from; i < Math.Min(Commits, from + PerImport); i++) Commit(stream, i, isFirst: i == from);
            await Fleet.ImportAsync(fleet.Remote, stream.Bytes());
        }

        await NoteAsync();
        await RawGit.RunAsync(fleet.Remote, "repack", "-a", "-d", "-q");
        await RawGit.RunAsync(fleet.RawClone, "fetch", "--quiet", fleet.Remote, "+refs/heads/*:refs/heads/*");
    }

    private void Commit(ImportStream stream, int number, bool isFirst)
    {
        var (instance, revision) = (number % fleet.Instances, (number / fleet.Instances) + 1);
        var message = $"odoosky(bench): {FleetText.Code(instance)} ~1 addon\n\nOdoosky-Instance: {FleetText.Code(instance)}\nOdoosky-Restart: yes\nOdoosky-Requested-By: ops@nordlicht.example\nOdoosky-Change: {number:x64}\n";
        stream.Commit(Fleet.Main, isFirst ? Fleet.Main + "^0" : null, message, Begin.ToUnixTimeSeconds() + number + 1);
        stream.File(FleetText.OverlayPath(instance), FleetText.Overlay(instance).Replace(FleetText.SharedVersion(0), FleetText.SharedVersion(revision), StringComparison.Ordinal));
    }

    // As git keeps many notes: by the first two digits.
    private async Task NoteAsync()
    {
        var ids = (await RawGit.LinesAsync(fleet.Remote, "rev-list", "--first-parent", "--reverse", "main"))[1..];
        using var stream = new ImportStream();
        stream.Commit("refs/notes/odoosky-rollouts", null, "Notes added by odoosky", Begin.ToUnixTimeSeconds());
        for (var i = 0; i < ids.Length; i++)
        {
            var note = new RolloutNote { Event = NoteEvent.Live, Code = FleetText.Code(i % fleet.Instances), At = Begin.AddSeconds(i + 61) };
            stream.File($"{ids[i][..2]}/{ids[i][2..]}", (note with { Event = NoteEvent.Landed, At = Begin.AddSeconds(i + 1) }).Write() + "\n" + note.Write() + "\n");
        }

        await Fleet.ImportAsync(fleet.Remote, stream.Bytes());
    }
}
