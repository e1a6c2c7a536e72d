using System.Text.RegularExpressions;
using OdooSky.GitOps.Reconciler.Tests.Passes;
using OdooSky.GitOps.Reconciler.Tests.Schedule;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Machines;

/// <summary>A service as people run it, scraped once after its first pass.</summary>
public sealed partial class ScrapedService : IAsyncLifetime
{
    private readonly TestFleet fleet = new();
    private ServedProcess? service;

    /// <summary>Where it listens.</summary>
    public Uri Address { get; private set; } = null!;

    public HttpClient Http { get; } = new();

    /// <summary>What <c>/readyz</c> said as soon as it listened.</summary>
    public string? Early { get; private set; }

    public string Scrape { get; private set; } = "";

    /// <summary>Type by name, of all metrics.</summary>
    public IReadOnlyDictionary<string, string> Types => TypeLine().Matches(Scrape).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);

    public async ValueTask InitializeAsync()
    {
        fleet.AddInstance("acme", wished: "1.1");
        fleet.AddInstance("globex");
        fleet.Overlay("orphan-co", "1.0");
        fleet.Push();
        ServedProcess.Settings(fleet, "{reconcile: 1h}");
        service = ServedProcess.Start(fleet);
        Address = await service.AddressAsync();
        Early = await Http.GetStringAsync(new Uri(Address, "livez"));
        await service.RanAsync("reconcile");
        Scrape = await Http.GetStringAsync(new Uri(Address, "metrics"));
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (service is not null) await service.DisposeAsync();
        fleet.Dispose();
    }

    [GeneratedRegex(@"(?m)^# TYPE (\S+) (\S+)$")]
    private static partial Regex TypeLine();
}
