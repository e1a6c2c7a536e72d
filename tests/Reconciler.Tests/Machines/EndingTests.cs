using System.Net;
using OdooSky.GitOps.Reconciler.Tests.Passes;
using OdooSky.GitOps.Reconciler.Tests.Schedule;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Machines;

/// <summary>What probes say from the first moment to the last, of a real service whose first push takes as long as the test wants.</summary>
public sealed class EndingTests : IDisposable
{
    private readonly TestFleet fleet = new();
    private readonly HttpClient http = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        http.Dispose();
        fleet.Dispose();
    }

    [Fact]
    public async Task Ready_is_said_after_the_first_pass_alone_and_no_more_once_it_ends()
    {
        fleet.AddInstance("acme", wished: "1.1");
        fleet.Push();
        var (began, go) = (Path.Combine(fleet.Folder, "began"), Path.Combine(fleet.Folder, "go"));
        await TestProgram.RunAsync("mkfifo", [began, go]);
        var hook = Path.Combine(fleet.Remote, "hooks", "pre-receive");
        TestScript.Write(hook, $"#!/bin/sh\necho x > {began}\ncat {go}\n");
        ServedProcess.Settings(fleet, "{reconcile: 1h}");
        await using var service = ServedProcess.Start(fleet);
        var address = await service.AddressAsync();

        await File.ReadAllTextAsync(began, Cancel).WaitAsync(TimeSpan.FromSeconds(60), Cancel);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "[-] prod: the first pass has not ended\nreadyz failed\n"), await AskAsync(address, "readyz"));
        Assert.Equal((HttpStatusCode.OK, "[+] jobs running: 1 of at most 8\n[+] scheduler: nothing is overdue\nlivez passed\n"), await AskAsync(address, "livez"));

        await service.SignalAsync("TERM");
        await service.SaysAsync(line => (string?)line["event"] == "ending");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "[-] ending\nreadyz failed\n"), await AskAsync(address, "readyz"));
        Assert.Equal((HttpStatusCode.OK, "[+] ending\nlivez passed\n"), await AskAsync(address, "livez"));

        await File.WriteAllTextAsync(go, "", Cancel);
        await service.SaysAsync(line => (string?)line["text"] == "ended");
        Assert.Contains("odoosky/prod/i-acme", fleet.Refs(), StringComparison.Ordinal);
    }

    private async Task<(HttpStatusCode Status, string Text)> AskAsync(Uri address, string path)
    {
        using var answer = await http.GetAsync(new Uri(address, path), Cancel);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancel));
    }
}
