using System.Diagnostics;
using System.Globalization;

namespace OdooSky.GitOps.Bench;

/// <summary>
/// Desired state from PostgreSQL: 25 rows for each instance, read and planned, against <c>psql</c>'s COPY of the same rows and the plan
/// of the same state from files. The variable names an empty database, as <c>psql -d</c> takes it.
/// </summary>
internal sealed class DatabaseBench(Fleet fleet, Report report, Rounds rounds)
{
    /// <summary>Names the database.</summary>
    public const string Variable = "ODOOSKY_BENCH_POSTGRES";

    private static string Connection => Environment.GetEnvironmentVariable(Variable)!;

    public static bool IsThere => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Variable));

    // In a folder of its own: beside the fleet, the plan from files would find it too.
    private string Settings => fleet.Folder("database/odoosky.yaml");

    public async Task RunAsync()
    {
        await FillAsync();
        Directory.CreateDirectory(fleet.Folder("database"));
        await File.WriteAllTextAsync(fleet.Folder("database/connection"), Npgsql());
        await File.WriteAllTextAsync(
            Settings,
            $"apiVersion: odoosky.io/v1\nkind: Settings\ntargets:\n  bench:\n    repository: {fleet.Remote}\n    helm: \"4\"\n    desired: {{kind: postgres, connectionFile: connection}}\n");
        Samples ours = new(), theirs = new(), memory = new();
        await ChildPlan.StartAsync(fleet.Remote, fleet.Folder("db-cache"), Settings);
        await ChildPlan.StartAsync(fleet.Remote, fleet.Folder("file-cache"));
        for (var i = 0; rounds.Go(i, 5); i++)
        {
            await theirs.TimeAsync(async () =>
            {
                foreach (var table in (string[])["odoosky_instances", "odoosky_addons", "odoosky_catalog", "odoosky_catalog_series"]) await PsqlAsync($"COPY {table} TO STDOUT");
                await ChildPlan.StartAsync(fleet.Remote, fleet.Folder("file-cache"));
            });
            await ours.TimeAsync(async () => memory.Add(await ChildPlan.StartAsync(fleet.Remote, fleet.Folder("db-cache"), Settings)));
        }

        report.Row(("cold process, read PostgreSQL, plan", fleet.Instances, "≤ 1.5 ×"), "ms", ours, ("psql COPY + plan from files", theirs));
        report.Row(("peak memory of it", fleet.Instances, "10,000: ≤ 300 MiB"), "MiB", memory, null);
    }

    // The rows that the files of the fleet say, made by the server itself.
    private async Task FillAsync()
    {
        await PsqlAsync(OdooSky.GitOps.Reconciler.Desired.DesiredDialect.Postgres.Schema());
        await PsqlAsync(string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            TRUNCATE odoosky_instances, odoosky_addons, odoosky_catalog, odoosky_catalog_series;
            INSERT INTO odoosky_instances (code, odoo, labels, requested_by, reason)
                SELECT 'i' || lpad(n::text, 5, '0'), '17.0', '{"ring": "main"}', 'ops@nordlicht.example', 'Measured, not wished' FROM generate_series(0, {{fleet.Instances - 1}}) n;
            INSERT INTO odoosky_addons (instance_code, position, code, source)
                SELECT 'i' || lpad(n::text, 5, '0'), b.place, b.code, 'odoo-builtin' FROM generate_series(0, {{fleet.Instances - 1}}) n,
                    unnest(array['base_setup', 'stock', 'purchase', 'sale_management', 'account']) WITH ORDINALITY AS b (code, place);
            INSERT INTO odoosky_addons (instance_code, position, code)
                SELECT 'i' || lpad(n::text, 5, '0'), 6 + i, 'fleet_addon_' || lpad((CASE WHEN i < 2 THEN i ELSE 2 + (n + i) % 30 END)::text, 2, '0')
                FROM generate_series(0, {{fleet.Instances - 1}}) n, generate_series(0, 19) i;
            INSERT INTO odoosky_catalog (code, source, image)
                SELECT 'fleet_addon_' || lpad(a::text, 2, '0'), 'oca', 'registry.example/oca/fleet_addon_' || lpad(a::text, 2, '0') FROM generate_series(0, 31) a;
            INSERT INTO odoosky_catalog_series (code, series, version) SELECT 'fleet_addon_' || lpad(a::text, 2, '0'), '17.0', '17.0.1.' || a || '.0' FROM generate_series(0, 31) a;
            ANALYZE;
            """));
    }

    // host=… port=… as Npgsql takes it.
    private static string Npgsql() => string.Join(';', Connection.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Replace("user=", "Username=", StringComparison.Ordinal).Replace("dbname=", "Database=", StringComparison.Ordinal).Replace("'", string.Empty, StringComparison.Ordinal)));

    private static async Task PsqlAsync(string sql)
    {
        var start = new ProcessStartInfo("psql", ["-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", Connection]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        using var psql = Process.Start(start)!;
        var drained = psql.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
        await psql.StandardInput.WriteAsync(sql + ";\n");
        psql.StandardInput.Close();
        await drained;
        await psql.WaitForExitAsync();
        if (psql.ExitCode != 0) throw new InvalidOperationException("psql failed; its words stand above.");
    }
}
