using System.Globalization;
using System.Net;
using Npgsql;
using OdooSky.GitOps.Reconciler.Tests.Passes;
using OdooSky.GitOps.Reconciler.Tests.Schedule;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Replicas;

/// <summary>
/// Real <c>odoosky serve</c> processes on one database and one repository, which several targets look at, and a hook that stops a push
/// of one target in its midst. All the while it watches that no target's job runs twice at once.
/// </summary>
internal sealed class ReplicaFleet : IAsyncDisposable
{
    public const string Token = "0123456789abcdef0123456789abcdef";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly PostgresServer server;
    private readonly string database;
    private readonly HttpClient http = new();
    private readonly CancellationTokenSource end = new();
    private readonly List<string> twice = [];
    private readonly Task watching;

    private ReplicaFleet(PostgresServer server, string database)
    {
        (this.server, this.database) = (server, database);
        watching = WatchAsync();
    }

    public TestFleet Git { get; } = new();

    public List<RunningReplica> Replicas { get; } = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Began => Path.Combine(Git.Folder, "began");

    private string Go => Path.Combine(Git.Folder, "go");

    /// <summary>A fleet with an instance a target whose version is not the wished one, and an empty database; no replica runs yet.</summary>
    public static async Task<ReplicaFleet> MakeAsync(PostgresServer server, string database, params string[] targets)
    {
        await server.SqlAsync("postgres", $"CREATE DATABASE {database}");
        var fleet = new ReplicaFleet(server, database);
        fleet.Add(targets);
        await File.WriteAllTextAsync(Path.Combine(fleet.Git.Folder, "token"), Token, Cancel);
        await File.WriteAllTextAsync(Path.Combine(fleet.Git.Folder, "connection"), server.ConnectionString(database) + "\n", Cancel);
        fleet.Settings("odoosky.yaml", targets);
        return fleet;
    }

    /// <summary>Adds an instance to each target, which bears its name.</summary>
    public void Add(params string[] targets)
    {
        foreach (var target in targets)
        {
            Git.Wish(target, "1.1", $"target: {target}\n");
            Git.Overlay(target, "1.0");
        }

        Git.Push();
    }

    /// <summary>Writes settings with targets that differ in name alone.</summary>
    public void Settings(string file, params string[] targets) => File.WriteAllText(
        Path.Combine(Git.Folder, file),
        "apiVersion: odoosky.io/v1\nkind: Settings\nservice: {database: {connectionFile: connection}}\npage: {adminTokenFile: token}\ntargets:\n"
        + string.Concat(targets.Select(target => $"  {target}:\n    repository: {Git.Remote}\n    schedule: {{reconcile: 1h, drift: 1d}}\n")));

    /// <summary>Starts a replica, and waits for nothing.</summary>
    public RunningReplica Start(string settings = "odoosky.yaml")
    {
        var number = Replicas.Count;
        var process = ServedProcess.Start(Git, string.Create(CultureInfo.InvariantCulture, $"cache-{number}"), start =>
        {
            start.Environment["ODOOSKY_CONFIG"] = Path.Combine(Git.Folder, settings);
            start.Environment["POD_NAME"] = string.Create(CultureInfo.InvariantCulture, $"pod-{number}");
        });
        Replicas.Add(new RunningReplica(string.Create(CultureInfo.InvariantCulture, $"pod-{number}"), process));
        return Replicas[^1];
    }

    /// <summary>Waits until a replica answers, and is ready.</summary>
    public async Task ReadyAsync(RunningReplica replica)
    {
        replica.Address ??= await replica.Process.AddressAsync();
        await UntilAsync(async () => (await AskAsync(replica, "readyz")).Status == HttpStatusCode.OK, () => $"{replica.Name} is not ready:\n{replica.Process.Log}");
    }

    /// <summary>The replica that works on a target, once exactly one of those that live says so.</summary>
    public async Task<RunningReplica> HolderAsync(string target, params RunningReplica[] living)
    {
        RunningReplica? holder = null;
        await UntilAsync(
            async () =>
            {
                var said = await Task.WhenAll(living.Select(async replica => (await AskAsync(replica, "readyz")).Text.Contains($"{target}: replica ", StringComparison.Ordinal) ? null : replica));
                holder = said.Count(each => each is not null) == 1 ? said.First(each => each is not null) : null;
                return holder is not null;
            },
            () => $"nobody, or several, work on {target}");
        return holder!;
    }

    public async Task<(HttpStatusCode Status, string Text)> AskAsync(RunningReplica replica, string path)
    {
        using var answer = await http.GetAsync(new Uri(replica.Address!, path), Cancel);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancel));
    }

    /// <summary>What <c>odoosky reconcile now</c> prints, asked of a replica.</summary>
    public async Task<string> NowAsync(RunningReplica replica, string target)
    {
        var ran = await Git.CommandAsync("reconcile", "now", "--url", replica.Address!.ToString(), "--target", target, "--token-file", "token");
        return ran.Output + ran.Messages;
    }

    /// <summary>Wishes another version for a target.</summary>
    public void Wish(string target, string version)
    {
        Git.Wish(target, version, $"target: {target}\n");
        Git.Push($"Wish {version}");
    }

    /// <summary>From now on the first push of a target's branch waits in the midst, until <see cref="LetGoAsync"/>; others pass.</summary>
    public async Task HoldUpAsync(string target)
    {
        File.Delete(Began);
        File.Delete(Go);
        await TestProgram.RunAsync("mkfifo", [Began, Go]);
        var hook = Path.Combine(Git.Remote, "hooks", "pre-receive");
        TestScript.Write(
            hook,
            $"#!/bin/sh\nwhile read old new ref; do case $ref in refs/heads/odoosky/{target}/*) if mkdir {Go}.held 2>/dev/null; then echo x > {Began}; cat {Go} >/dev/null; fi;; esac; done\nexit 0\n");
        if (Directory.Exists(Go + ".held")) Directory.Delete(Go + ".held");
    }

    /// <summary>Waits until a push is held up.</summary>
    public Task HeldUpAsync() => File.ReadAllTextAsync(Began, Cancel).WaitAsync(Patience, Cancel);

    public Task LetGoAsync() => File.WriteAllTextAsync(Go, "", Cancel).WaitAsync(Patience, Cancel);

    /// <summary>The commit at the head of a target's proposal, or null.</summary>
    public string? Proposed(string target) => Git.Refs().Split('\n').Select(line => line.Split(' ')).FirstOrDefault(line => line[1] == $"odoosky/{target}/i-{target}")?[0];

    public Task<string> SqlAsync(string sql) => server.SqlAsync(database, sql);

    public static async Task UntilAsync(Func<Task<bool>> holds, Func<string> what)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await holds())
        {
            if (TimeProvider.System.GetElapsedTime(began) > Patience) Assert.Fail($"a minute has gone by: {what()}");
            await Task.Delay(200, Cancel);
        }
    }

    /// <summary>Ends the watch, and fails when a target's job ran twice at once.</summary>
    public async Task NothingRanTwiceAsync()
    {
        await end.CancelAsync();
        await watching;
        Assert.Empty(twice);
    }

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await watching;
        foreach (var replica in Replicas) await replica.Process.DisposeAsync();
        await TestProgram.RunAsync("sh", ["-c", $"[ -p {Go} ] && timeout 1 sh -c 'echo > {Go}'; true"]);
        http.Dispose();
        end.Dispose();
        Git.Dispose();
    }

    private async Task WatchAsync()
    {
        await using var source = NpgsqlDataSource.Create(server.ConnectionString(database) + ";Pooling=false;Timeout=2");
        while (!end.IsCancellationRequested)
        {
            try
            {
                await using var command = source.CreateCommand("SELECT job_name FROM odoosky_qrtz_fired_triggers WHERE state = 'EXECUTING' GROUP BY job_name HAVING count(*) > 1");
                if (await command.ExecuteScalarAsync(end.Token) is string job) twice.Add(job);
                await Task.Delay(100, end.Token);
            }
            catch (Exception failure) when (failure is NpgsqlException or OperationCanceledException)
            {
                // Not made yet, stopped by the test, or done.
                await Task.Delay(100, CancellationToken.None);
            }
        }
    }
}

/// <summary>A replica that was started.</summary>
internal sealed class RunningReplica(string name, ServedProcess process)
{
    public string Name => name;

    public ServedProcess Process => process;

    /// <summary>Where it listens, once that was asked for.</summary>
    public Uri? Address { get; set; }
}
