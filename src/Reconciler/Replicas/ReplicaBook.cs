using System.Collections.Immutable;
using Npgsql;
using OdooSky.GitOps.Reconciler.Desired;

namespace OdooSky.GitOps.Reconciler.Replicas;

/// <summary>A replica that has said lately that it lives.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Targets">The targets that its settings name.</param>
internal sealed record LivingReplica(string Name, ImmutableHashSet<string> Targets);

/// <summary>The newest run of a job of a target, on whichever replica. Times are the database's.</summary>
/// <param name="Target">The target.</param>
/// <param name="Kind">Which job.</param>
/// <param name="Replica">Who ran it.</param>
/// <param name="Begun">When it began.</param>
/// <param name="Took">How long it took.</param>
/// <param name="Failure">Why it failed, in one line; null when it did not.</param>
internal sealed record KeptRun(string Target, string Kind, string Replica, DateTimeOffset Begun, TimeSpan Took, string? Failure)
{
    /// <summary>What came of it, as JSON; null where there is nothing to say.</summary>
    public string? Outcome { get; init; }

    /// <summary>When the newest run began that did not fail; null: there was none.</summary>
    public DateTimeOffset? GoodBegun { get; init; }

    /// <summary>How long that took.</summary>
    public TimeSpan GoodTook { get; init; }
}

/// <summary>
/// What replicas tell each other, in two small tables beside Quartz' own: who lives and keeps what, and how the newest run of each job
/// ended. It is a cache: whatever is lost from it comes again within a beat or with the next run, and no change to the fleet depends on it.
/// </summary>
/// <param name="connection">The connection string.</param>
/// <param name="replica">This replica's name.</param>
internal sealed class ReplicaBook(string connection, string replica) : IAsyncDisposable
{
    private readonly NpgsqlDataSource source = new NpgsqlDataSourceBuilder(connection).Build();

    /// <summary>Makes the tables that are missing; several replicas may begin at once.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>A task.</returns>
    /// <exception cref="ReplicaFailure">The database does not answer, or refuses.</exception>
    public Task MakeAsync(CancellationToken cancellationToken) => AskAsync(ReplicaSql.Make, [], async command => await command.ExecuteNonQueryAsync(cancellationToken), cancellationToken);

    /// <summary>Says that this replica lives.</summary>
    /// <param name="targets">The targets that its settings name.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What the time is there.</returns>
    /// <exception cref="ReplicaFailure">The database does not answer, or refuses.</exception>
    public Task<DateTimeOffset> AnnounceAsync(IEnumerable<string> targets, CancellationToken cancellationToken) => AskAsync(
        ReplicaSql.Announce, [replica, targets.ToArray()], async command => Moment((DateTime)(await command.ExecuteScalarAsync(cancellationToken))!), cancellationToken);

    /// <summary>Says that this replica ends, so that others need not wait until its lease is over.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>A task.</returns>
    /// <exception cref="ReplicaFailure">The database does not answer, or refuses.</exception>
    public Task LeaveAsync(CancellationToken cancellationToken) => AskAsync(ReplicaSql.Leave, [replica], async command => await command.ExecuteNonQueryAsync(cancellationToken), cancellationToken);

    /// <summary>Who lives.</summary>
    /// <param name="lease">Who was not heard of for so long does not.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The replicas.</returns>
    /// <exception cref="ReplicaFailure">The database does not answer, or refuses.</exception>
    public Task<ImmutableArray<LivingReplica>> LivingAsync(TimeSpan lease, CancellationToken cancellationToken) => AskAsync(
        ReplicaSql.Living, [lease], command => ListAsync(command, row => new LivingReplica(row.GetString(0), [.. row.GetFieldValue<string[]>(1)]), cancellationToken), cancellationToken);

    /// <summary>Says how a run ended; an older one than is kept changes nothing.</summary>
    /// <param name="run">The run.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>A task.</returns>
    /// <exception cref="ReplicaFailure">The database does not answer, or refuses.</exception>
    public Task KeepAsync(KeptRun run, CancellationToken cancellationToken) => AskAsync(
        ReplicaSql.Keep,
        [run.Target, run.Kind, run.Replica, run.Begun.UtcDateTime, run.Took, run.Failure ?? (object)DBNull.Value, run.Outcome ?? (object)DBNull.Value],
        async command => await command.ExecuteNonQueryAsync(cancellationToken),
        cancellationToken);

    /// <summary>The newest runs of all jobs.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The runs.</returns>
    /// <exception cref="ReplicaFailure">The database does not answer, or refuses.</exception>
    public Task<ImmutableArray<KeptRun>> RunsAsync(CancellationToken cancellationToken) => AskAsync(ReplicaSql.Runs, [], command => ListAsync(command, RunOf, cancellationToken), cancellationToken);

    /// <summary>Forgets the runs of a target.</summary>
    /// <param name="target">The target.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>A task.</returns>
    /// <exception cref="ReplicaFailure">The database does not answer, or refuses.</exception>
    public Task ForgetAsync(string target, CancellationToken cancellationToken) => AskAsync(ReplicaSql.Forget, [target], async command => await command.ExecuteNonQueryAsync(cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => source.DisposeAsync();

    private static KeptRun RunOf(NpgsqlDataReader row) => new(row.GetString(0), row.GetString(1), row.GetString(2), Moment(row.GetDateTime(3)), row.GetTimeSpan(4), Text(row, 5))
    {
        Outcome = Text(row, 6),
        GoodBegun = row.IsDBNull(7) ? null : Moment(row.GetDateTime(7)),
        GoodTook = row.IsDBNull(8) ? TimeSpan.Zero : row.GetTimeSpan(8),
    };

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static DateTimeOffset Moment(DateTime utc) => new(DateTime.SpecifyKind(utc, DateTimeKind.Utc));

    private static async Task<ImmutableArray<T>> ListAsync<T>(NpgsqlCommand command, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        var rows = ImmutableArray.CreateBuilder<T>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) rows.Add(read(reader));
        return rows.ToImmutable();
    }

    private async Task<T> AskAsync<T>(string sql, object[] values, Func<NpgsqlCommand, Task<T>> ask, CancellationToken cancellationToken)
    {
        try
        {
            await using var command = source.CreateCommand(sql);
            foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
            return await ask(command);
        }
        catch (Exception failure) when (failure is NpgsqlException or IOException or TimeoutException or System.Net.Sockets.SocketException)
        {
            throw new ReplicaFailure($"the replicas' database: {DatabaseWords.Of(failure, connection)}", failure);
        }
    }
}
