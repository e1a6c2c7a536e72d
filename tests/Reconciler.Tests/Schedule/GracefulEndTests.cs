using System.Diagnostics;
using OdooSky.GitOps.Reconciler.Tests.Passes;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Schedule;

/// <summary>The end of a service that is in the midst of a push, of a real process: the remote takes the push when the test says so.</summary>
public sealed class GracefulEndTests : IAsyncLifetime
{
    private const string Branch = "odoosky/prod/i-acme";

    private readonly TestFleet fleet = new();

    private string Began => Path.Combine(fleet.Folder, "began");

    private string Go => Path.Combine(fleet.Folder, "go");

    private string Hook => Path.Combine(fleet.Remote, "hooks", "pre-receive");

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        fleet.AddInstance("acme", wished: "1.1");
        fleet.AddInstance("globex", wished: "1.1");
        fleet.Push();
        ServedProcess.Settings(fleet, "{reconcile: 1h}");
        await TestProgram.RunAsync("mkfifo", [Began, Go]);
        TestScript.Write(Hook, $"#!/bin/sh\necho x > {Began}\ncat {Go}\n");
    }

    public ValueTask DisposeAsync()
    {
        fleet.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task SIGTERM_lets_a_push_come_to_its_end_and_leaves_nothing_half_done()
    {
        await using var service = ServedProcess.Start(fleet);
        await File.ReadAllTextAsync(Began, Cancel).WaitAsync(Patience, Cancel);
        await service.SignalAsync("TERM");
        await service.SaysAsync(line => (string?)line["event"] == "ending");
        Assert.DoesNotContain(Branch, fleet.Refs(), StringComparison.Ordinal);
        var took = Stopwatch.StartNew();

        await File.WriteAllTextAsync(Go, "", Cancel);
        Assert.True(await service.EndedAsync() == 0, service.Log);

        Assert.InRange(took.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(25));
        await ConvergesAsync(fleet.Refs());
    }

    [Fact]
    public async Task A_second_signal_ends_it_at_once_and_the_next_pass_goes_on_from_there()
    {
        await using var service = ServedProcess.Start(fleet);
        await File.ReadAllTextAsync(Began, Cancel).WaitAsync(Patience, Cancel);
        await service.SignalAsync("TERM");
        await service.SaysAsync(line => (string?)line["event"] == "ending");
        var took = Stopwatch.StartNew();

        await service.SignalAsync("TERM");
        Assert.Equal(130, await service.EndedAsync());

        // A second, on a machine that does nothing else; the push that is held up would last for ever.
        Assert.InRange(took.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
        Assert.DoesNotContain(Branch, fleet.Refs(), StringComparison.Ordinal);
        await ConvergesAsync(null);
    }

    // One pass has all there is to have, on the very clone that the service left; the next one finds nothing to do.
    private async Task ConvergesAsync(string? before)
    {
        File.Delete(Hook);
        Assert.Equal(0, (await fleet.RunAsync("apply")).Exit);
        var after = fleet.Refs();
        var quiet = await fleet.RunAsync("apply");

        Assert.Equal((before ?? after, after), (after, fleet.Refs()));
        Assert.Contains(Branch, after, StringComparison.Ordinal);
        Assert.Contains("odoosky/prod/i-globex", after, StringComparison.Ordinal);
        string[] words = [.. quiet.Output.Split('\n').Where(line => line.Contains("  odoosky/", StringComparison.Ordinal)).Select(line => line.Split(' ')[0])];
        Assert.Equal(["unchanged", "unchanged"], words);
        var proposals = Directory.GetFiles(Path.Combine(fleet.Proposals, "prod")).Select(Path.GetFileName);
        Assert.Equal(["i-acme.md", "i-globex.md"], proposals.Order(StringComparer.Ordinal));
    }
}
