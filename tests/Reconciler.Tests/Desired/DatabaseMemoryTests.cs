using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Reconciler.Desired;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Desired;

/// <summary>What is remembered of rows, by a process or by the one before it, must never show: they read as if seen for the first time.</summary>
public sealed class DatabaseMemoryTests : IDisposable
{
    private static readonly string[] Codes = ["acme", "beta", "gamma"];

    private readonly string path = Path.Combine(Path.GetTempPath(), $"odoosky-{Path.GetRandomFileName()}.db");

    private DesiredAccess Access => new(DesiredDialect.Sqlite, DesiredDialect.FileConnection(path))
    {
        InstancesQuery = "SELECT code, NULL AS state, NULL AS target, odoo, NULL AS clone_from_code, labels, \"values\", NULL AS unset, NULL AS requested_by, reason, NULL AS ticket, updated_at FROM wished",
        AddonsQuery = "SELECT instance_code, position, code, source, image, version FROM rows",
    };

    public void Dispose() => File.Delete(path);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task After_any_change_a_process_reads_what_a_new_one_reads(int seed)
    {
        var random = new Random(seed);
        await FillAsync();
        var running = new DesiredDatabase(Access);
        IReadOnlyList<InstanceFile> left = [];
        for (var step = 0; step < 60; step++)
        {
            var words = step == 0 ? "the beginning" : await ChangeAsync(random);

            var fresh = await ReadAsync(new DesiredDatabase(Access));
            var warm = await ReadAsync(running);
            var heir = await new DesiredDatabase(Access).ReadAsync(Task.FromResult(left), TestContext.Current.CancellationToken);

            Assert.Equal(Codes.Length, fresh.Files.Count(file => file.Wish is not null));
            Assert.True(Told(fresh) == Told(warm), $"after {words}:\n{Told(fresh)}\n{Told(warm)}");
            Assert.True(Told(fresh) == Told(heir), $"after {words}, by an heir:\n{Told(fresh)}\n{Told(heir)}");
            if (random.Next(3) == 0) left = heir.Files;
        }
    }

    [Fact]
    public async Task An_instance_whose_rows_say_the_same_is_not_checked_again()
    {
        await FillAsync();
        await SqlAsync("UPDATE wished SET labels = '[' WHERE code = 'gamma'");
        var running = new DesiredDatabase(Access);
        var before = await ReadAsync(running);
        Assert.Same(before, await ReadAsync(running));
        await SqlAsync("UPDATE rows SET version = '2' WHERE instance_code = 'beta'");

        var after = await ReadAsync(running);
        var heir = await new DesiredDatabase(Access).ReadAsync(Task.FromResult<IReadOnlyList<InstanceFile>>(before.Files), TestContext.Current.CancellationToken);

        Assert.Equal([true, false, true], before.Files.Zip(after.Files, ReferenceEquals));
        Assert.Equal([true, false, false], before.Files.Zip(heir.Files, ReferenceEquals));
    }

    private static Task<DesiredTables> ReadAsync(DesiredDatabase source) => source.ReadAsync(TestContext.Current.CancellationToken);

    private static string Told(DesiredTables tables) => string.Join('\n', tables.Files.SelectMany(file => (IEnumerable<string>)
    [
        $"{file.Path} {file.BlobId} {file.Wish?.Place} {file.Wish?.Request}",
        .. (file.Wish?.Addons ?? []).Select(addon => $"  {addon} {addon.Place}"),
        .. file.Problems.Select(problem => $"  {problem}"),
    ]));

    private async Task FillAsync()
    {
        await SqlAsync("CREATE TABLE wished (code TEXT, odoo TEXT, labels TEXT, \"values\" TEXT, reason TEXT, updated_at TEXT); CREATE TABLE rows (instance_code TEXT, position INTEGER, code TEXT, source TEXT, image TEXT, version TEXT)");
        foreach (var code in Codes)
            await SqlAsync($"INSERT INTO wished (code) VALUES ('{code}'); INSERT INTO rows VALUES ('{code}', 1, 'sale', 'odoo-builtin', NULL, NULL), ('{code}', 2, 'web_x', 'oca', 'registry.example/web_x', '1')");
    }

    private async Task<string> ChangeAsync(Random random)
    {
        var code = Codes[random.Next(Codes.Length)];
        var number = random.Next(3).ToString(CultureInfo.InvariantCulture);
        var (words, sql) = random.Next(9) switch
        {
            0 => ("rows numbered anew", $"UPDATE rows SET position = position + 1 + {number} WHERE instance_code = '{code}'"),
            1 => ("labels that are no JSON", $"UPDATE wished SET labels = '[{number}' WHERE code = '{code}'"),
            2 => ("no labels", $"UPDATE wished SET labels = NULL WHERE code = '{code}'"),
            3 => ("another version", $"UPDATE rows SET version = '{number}' WHERE instance_code = '{code}' AND code = 'web_x'"),
            4 => ("another time", $"UPDATE wished SET updated_at = '2026-11-2{number}T10:00:00Z' WHERE code = '{code}'"),
            5 => ("a row twice", $"INSERT INTO rows VALUES ('{code}', 9, 'sale', 'odoo-builtin', NULL, NULL)"),
            6 => ("a row once", $"DELETE FROM rows WHERE instance_code = '{code}' AND position > 8"),
            7 => ("another reason", $"UPDATE wished SET reason = 'Because {number}' WHERE code = '{code}'"),
            _ => ("values", $"UPDATE wished SET \"values\" = '{{\"a\": {number}}}' WHERE code = '{code}'"),
        };
        await SqlAsync(sql);
        return $"{words} for {code}";
    }

    private async Task SqlAsync(string sql)
    {
        await using var connection = new SqliteConnection(Access.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await connection.ExecuteAsync(sql);
    }
}
