using OdooSky.GitOps.Reconciler.Tests.Passes;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Schedule;

/// <summary>The service as people run it: a real process, a real repository, real signals.</summary>
public sealed class ServeTests : IDisposable
{
    private readonly TestFleet fleet = new();

    public ServeTests()
    {
        fleet.AddInstance("acme", wished: "1.1");
        fleet.Push();
    }

    public void Dispose() => fleet.Dispose();

    [Fact]
    public async Task It_reconciles_at_the_start_and_ends_in_order_on_SIGTERM()
    {
        ServedProcess.Settings(fleet, "{reconcile: 1h}");
        await using var service = ServedProcess.Start(fleet);

        await service.RanAsync("reconcile");

        Assert.Contains("odoosky/prod/i-acme", fleet.Refs(), StringComparison.Ordinal);
        Assert.True(await service.EndAsync("TERM") == 0, service.Log);
        Assert.Contains("\"text\":\"ended\"", service.Log, StringComparison.Ordinal);
        Assert.Contains("listening on http://127.0.0.1:", service.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ctrl_C_ends_it_with_130()
    {
        ServedProcess.Settings(fleet, "{reconcile: 1h}");
        await using var service = ServedProcess.Start(fleet);
        await service.RanAsync("reconcile");

        Assert.Equal(130, await service.EndAsync("INT"));
    }

    [Fact]
    public async Task Settings_that_are_gone_are_refused_on_SIGHUP_and_the_old_targets_are_kept()
    {
        ServedProcess.Settings(fleet, "{reconcile: 10s}");
        await using var service = ServedProcess.Start(fleet);
        await service.RanAsync("reconcile");
        File.Delete(Path.Combine(fleet.Folder, "odoosky.yaml"));

        await service.SignalAsync("HUP");

        var refused = await service.SaysAsync(line => (string?)line["event"] == "refused");
        Assert.Contains("odoosky.yaml is gone.", (string?)refused["text"], StringComparison.Ordinal);
        await service.SaysAsync(line => (string?)line["event"] == "kept");
        Assert.Equal("prod", (string?)(await service.RanAsync("reconcile"))["target"]);
    }

    [Fact]
    public async Task Settings_with_errors_are_refused_on_SIGHUP_and_the_old_ones_are_kept()
    {
        ServedProcess.Settings(fleet, "{reconcile: 10s}");
        await using var service = ServedProcess.Start(fleet);
        await service.RanAsync("reconcile");
        ServedProcess.Settings(fleet, "{reconcile: never}");

        await service.SignalAsync("HUP");

        var refused = await service.SaysAsync(line => (string?)line["event"] == "refused");
        Assert.Contains("OSG0408", (string?)refused["text"], StringComparison.Ordinal);
        await service.SaysAsync(line => (string?)line["event"] == "kept");
        await service.RanAsync("reconcile");
        ServedProcess.Settings(fleet, "{reconcile: 2h}");
        await service.SignalAsync("HUP");
        await service.SaysAsync(line => (string?)line["event"] == "reloaded");
        Assert.True(await service.EndAsync("TERM") == 0, service.Log);
    }

    [Fact]
    public async Task In_maintenance_it_is_ready_and_does_nothing_and_afterwards_it_goes_on()
    {
        var now = DateTime.UtcNow;
        var before = fleet.Refs();
        ServedProcess.Settings(fleet, $"{{reconcile: 10s, maintenance: [{{from: \"{now.AddMinutes(-2):HH:mm}\", to: \"{now.AddHours(2):HH:mm}\"}}]}}");
        await using var service = ServedProcess.Start(fleet);
        var address = await service.AddressAsync();
        await service.SaysAsync(line => (string?)line["event"] == "target");

        using var http = new HttpClient();
        var ready = await http.GetStringAsync(new Uri(address, "readyz"), TestContext.Current.CancellationToken);
        var page = await http.GetStringAsync(address, TestContext.Current.CancellationToken);

        Assert.Matches($@"\A\[\+\] prod: the first pass has not ended; maintenance until {now.AddHours(2):yyyy-MM-dd HH:mm}Z\nreadyz passed\n\z", ready);
        Assert.Contains($"Maintenance until {now.AddHours(2):yyyy-MM-dd HH:mm}Z: nothing starts by itself.", page, StringComparison.Ordinal);
        Assert.Equal(before, fleet.Refs());
        ServedProcess.Settings(fleet, "{reconcile: 10s}");
        await service.SignalAsync("HUP");
        await service.RanAsync("reconcile");
        Assert.Contains("odoosky/prod/i-acme", fleet.Refs(), StringComparison.Ordinal);
        Assert.True(await service.EndAsync("TERM") == 0, service.Log);
    }

    [Theory]
    [InlineData("verify: 0 0 0 30 2 ?", "targets.prod.schedule.verify is \"0 0 0 30 2 ?\", a time that never comes.")]
    [InlineData("drift: 0 0 6 ? * MON-FUN", "targets.prod.schedule.drift is \"0 0 6 ? * MON-FUN\", no cron expression: ")]
    public async Task A_time_that_the_clockwork_can_not_run_is_refused_with_its_name(string schedule, string words)
    {
        ServedProcess.Settings(fleet, $"{{{schedule.Replace(": ", ": \"", StringComparison.Ordinal)}\"}}");

        var ran = await fleet.CommandAsync("serve", "--urls", "http://127.0.0.1:0").WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

        Assert.Equal(1, ran.Exit);
        Assert.Contains("odoosky.yaml: error OSG0408: " + words, ran.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pass_that_fails_is_one_line_and_the_next_one_goes_on()
    {
        ServedProcess.Settings(fleet, "{reconcile: 10s}");
        var hidden = fleet.Remote + ".away";
        Directory.Move(fleet.Remote, hidden);
        await using var service = ServedProcess.Start(fleet);

        var failed = await service.RanAsync("reconcile", "failed");

        Assert.StartsWith("OSG060", (string?)failed["detail"], StringComparison.Ordinal);
        Directory.Move(hidden, fleet.Remote);
        await service.RanAsync("reconcile");
        Assert.Contains("odoosky/prod/i-acme", fleet.Refs(), StringComparison.Ordinal);
        Assert.True(await service.EndAsync("TERM") == 0, service.Log);
    }
}
