using System.Data.Common;
using System.Runtime.CompilerServices;
using Npgsql;

namespace OdooSky.GitOps.Reconciler.Desired;

/// <summary>
/// Hears when rows change: PostgreSQL's <c>NOTIFY odoosky</c>, which the product's own tables send with every commit that changes
/// them, and which triggers on one's own tables can send too. What it hears is a hint to look, and no more: a hint can be lost with
/// its connection, and the schedule remains the truth.
/// </summary>
/// <param name="access">A PostgreSQL database.</param>
/// <param name="time">The clock.</param>
internal sealed class DesiredListener(DesiredAccess access, TimeProvider time)
{
    private const string Listen = "LISTEN odoosky";
    private const int KeepAliveSeconds = 30;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    /// <summary>A listener for a source of desired state.</summary>
    /// <param name="access">The database, or null when desired state is read from Git.</param>
    /// <param name="time">The clock.</param>
    /// <returns>The listener, or null where nobody would say anything.</returns>
    public static DesiredListener? For(DesiredAccess? access, TimeProvider time) =>
        access?.Dialect == DesiredDialect.Postgres ? new DesiredListener(access, time) : null;

    /// <summary>
    /// Hints, for as long as they are asked for. The first comes with the connection, and one with each new connection after a lost
    /// one, since something may have been missed in between; several changes in a row may be one hint.
    /// </summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The table that changed, or the empty text for a new connection.</returns>
    public async IAsyncEnumerable<string> HintsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pause = TimeSpan.Zero;
        while (!cancellationToken.IsCancellationRequested)
        {
            await using var heard = await TryOpenAsync(cancellationToken);
            if (heard is null)
            {
                pause = pause == TimeSpan.Zero ? FirstPause : pause * 2 < LongestPause ? pause * 2 : LongestPause;
                await Task.Delay(pause, time, cancellationToken);
                continue;
            }

            pause = TimeSpan.Zero;
            yield return string.Empty;
            while (await heard.TryWaitAsync(cancellationToken) is { } table) yield return table;
        }
    }

    private async Task<Heard?> TryOpenAsync(CancellationToken cancellationToken)
    {
        var heard = new Heard(new NpgsqlConnection(new NpgsqlConnectionStringBuilder(access.ConnectionString)
        {
            ApplicationName = "odoosky", KeepAlive = KeepAliveSeconds, Pooling = false,
        }.ConnectionString));
        try
        {
            await heard.OpenAsync(cancellationToken);
            return heard;
        }
        catch (Exception failure) when (failure is DbException or IOException or TimeoutException)
        {
            await heard.DisposeAsync();
            return null;
        }
    }

    private sealed class Heard : IAsyncDisposable
    {
        private readonly NpgsqlConnection connection;
        private string last = string.Empty;

        public Heard(NpgsqlConnection connection)
        {
            this.connection = connection;
            connection.Notification += (_, notice) => last = notice.Payload;
        }

        public async Task OpenAsync(CancellationToken cancellationToken)
        {
            await connection.OpenAsync(cancellationToken);
            await using var command = new NpgsqlCommand(Listen, connection);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        // Null: the connection is lost.
        public async Task<string?> TryWaitAsync(CancellationToken cancellationToken)
        {
            try
            {
                await connection.WaitAsync(cancellationToken);
                return last;
            }
            catch (Exception failure) when (failure is DbException or IOException)
            {
                return null;
            }
        }

        public ValueTask DisposeAsync() => connection.DisposeAsync();
    }
}
