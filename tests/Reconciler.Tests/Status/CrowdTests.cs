using System.Collections.Immutable;
using System.Net;
using OdooSky.GitOps.Reconciler.Passes;
using OdooSky.GitOps.Reconciler.Schedule;
using OdooSky.GitOps.Reconciler.Settings;
using OdooSky.GitOps.Reconciler.Tests.Cluster;
using OdooSky.GitOps.Reconciler.Tests.Passes;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Status;

/// <summary>A crowd of readers while a pass runs: neither waits for the other.</summary>
public sealed class CrowdTests : IDisposable
{
    private const int Readers = 500;

    private readonly TestFleet fleet = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => fleet.Dispose();

    [Fact]
    public async Task Five_hundred_readers_are_all_answered_in_the_midst_of_a_pass_and_the_pass_ends()
    {
        foreach (var code in (string[])["acme", "globex", "initech"]) fleet.AddInstance(code, wished: "1.1");
        fleet.Push();
        var (began, go) = await HoldPushesAsync();
        var board = new Board();
        await using var work = TargetWork.Open(Target(), board, new FakeClock(), new Secrets());
        await using var served = await ServedPages.StartAsync(board);
        var pass = Task.Run(() => work.RunAsync(JobKind.Reconcile, CancellationToken.None, Cancel), Cancel);
        await File.ReadAllTextAsync(began, Cancel).WaitAsync(TimeSpan.FromSeconds(60), Cancel);

        var answers = await Task.WhenAll(Enumerable.Range(0, Readers).Select(i => AskAsync(served.Client, i))).WaitAsync(TimeSpan.FromSeconds(60), Cancel);

        Assert.False(pass.IsCompleted);
        Assert.Equal([(HttpStatusCode.OK, Readers)], answers.CountBy(status => status).Select(each => (each.Key, each.Value)));
        await File.WriteAllTextAsync(go, "", Cancel);
        Assert.Null((await pass.WaitAsync(TimeSpan.FromSeconds(30), Cancel)).Failure);
        Assert.Contains("odoosky/prod/i-initech", fleet.Refs(), StringComparison.Ordinal);
        Assert.Equal(3, board.Now.Targets["prod"].Pass!.Branches.Length);
    }

    // A reader of the page or of its twin reads all of it; one of the stream reads the first event, and stays for the others' time.
    private static async Task<HttpStatusCode> AskAsync(HttpClient client, int i)
    {
        var path = (i % 5) switch { 0 => "/events", 1 or 2 => "/", 3 => "/problems", _ => "/index.json" };
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Cancel);
        if (path != "/events") await answer.Content.ReadAsStringAsync(Cancel);
        else await answer.Content.ReadAsStream(Cancel).ReadExactlyAsync(new byte[8], Cancel);
        return answer.StatusCode;
    }

    private async Task<(string Began, string Go)> HoldPushesAsync()
    {
        var (began, go, hook) = (Path.Combine(fleet.Folder, "began"), Path.Combine(fleet.Folder, "go"), Path.Combine(fleet.Remote, "hooks", "pre-receive"));
        await TestProgram.RunAsync("mkfifo", [began, go]);
        TestScript.Write(hook, $"#!/bin/sh\necho x > {began}\ncat {go}\n");
        return (began, go);
    }

    private RunTarget Target() => Hosting.Resolve(new TargetChoice
    {
        Target = "prod", Repository = fleet.Remote, Cache = Path.Combine(fleet.Folder, "cache"), Proposals = fleet.Proposals,
        Environment = ImmutableSortedDictionary<string, string>.Empty, Folder = fleet.Folder,
    }).Target!;
}
