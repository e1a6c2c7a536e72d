using System.Globalization;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Example;

/// <summary>
/// The script of <c>db-init</c> as it stands in a rendered manifest, run by dash. First on its PATH stand two programs: an
/// <c>odoo</c> that records its arguments and marks base as installed, and a <c>sleep</c> that records and waits for nothing.
/// </summary>
internal sealed class InitScript : IDisposable
{
    private const string Odoo = """
        #!/bin/sh
        printf '%s\n' "$@" >>"$RECORDS/odoo"
        for argument; do case $argument in
          --db_host=*) PGHOST=${argument#*=} ;; --db_port=*) PGPORT=${argument#*=} ;;
          --db_user=*) PGUSER=${argument#*=} ;; --db_password=*) PGPASSWORD=${argument#*=} ;;
        esac; done
        export PGHOST PGPORT PGUSER PGPASSWORD
        psql -X -q -v ON_ERROR_STOP=1 -d "$4" <<'END'
        CREATE TABLE IF NOT EXISTS ir_module_module (name text PRIMARY KEY, state text);
        INSERT INTO ir_module_module VALUES ('base', 'installed') ON CONFLICT (name) DO UPDATE SET state = 'installed';
        END
        """;

    private const string Sleep = """
        #!/bin/sh
        printf '%s\n' "$1" >>"$RECORDS/sleep"
        [ ! -p "$RECORDS/waits" ] || { echo waits >"$RECORDS/waits"; read -r goes_on <"$RECORDS/goes-on"; rm "$RECORDS/waits"; }
        """;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("odoosky-init-");

    public InitScript()
    {
        foreach (var (name, text) in new[] { ("odoo", Odoo), ("sleep", Sleep) })
        {
            TestScript.Write(Path.Combine(folder.FullName, name), text + "\n");
        }

        Directory.CreateDirectory(Records);
    }

    /// <summary>The arguments of all calls of <c>odoo</c>; empty: it was not called.</summary>
    public string[] OdooCalls => Recorded("odoo");

    /// <summary>The pauses between tries.</summary>
    public string[] Sleeps => Recorded("sleep");

    private string Records => Path.Combine(folder.FullName, "records");

    /// <summary>Runs the script of a rendering, which is the same in both Helms.</summary>
    public async Task<ProgramRun> RunAsync(string caseName, int port, string user, string password)
    {
        var containers = (await Renderings.OfAsync(caseName)).Select(item => item.Manifests.InitContainer("db-init")).ToList();
        Assert.Equal(containers[0].ToJsonString(), containers[1].ToJsonString());
        Assert.Equal(["/bin/sh", "-c"], containers[0].Texts("command"));
        Assert.Equal(["HOST", "PORT", "USER", "PASSWORD"], containers[0].List("env").Select(item => item.Text("name")));
        string[] environment = ["-i", $"PATH={folder.FullName}:/usr/bin:/bin", $"RECORDS={Records}", "HOST=127.0.0.1",
            string.Create(CultureInfo.InvariantCulture, $"PORT={port}"), $"USER={user}", $"PASSWORD={password}"];
        return await TestProgram.RunAsync("env", [.. environment, "dash", "-c", Assert.Single(containers[0].Texts("args"))]);
    }

    /// <summary>Makes the first pause last until something was done.</summary>
    /// <param name="running">The run; when it ends without a pause, nothing is done.</param>
    /// <param name="meanwhile">Begins when the script pauses for the first time.</param>
    public async Task DuringFirstPauseAsync(Task running, Func<Task> meanwhile)
    {
        var pause = TestProgram.RunAsync("cat", [Path.Combine(Records, "waits")]);
        var paused = await Task.WhenAny(pause, running) == pause;
        if (paused) await meanwhile();
        await TestProgram.RunAsync("sh", ["-c", "echo on >\"$0\"", Path.Combine(Records, paused ? "goes-on" : "waits")]);
        await pause;
    }

    public async Task HoldFirstPauseAsync()
    {
        var made = await TestProgram.RunAsync("mkfifo", [Path.Combine(Records, "waits"), Path.Combine(Records, "goes-on")]);
        Assert.Equal(0, made.ExitCode);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private string[] Recorded(string name) =>
        Path.Combine(Records, name) is var file && File.Exists(file) ? File.ReadAllLines(file) : [];
}
