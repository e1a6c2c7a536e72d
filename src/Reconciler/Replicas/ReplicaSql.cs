namespace OdooSky.GitOps.Reconciler.Replicas;

/// <summary>What is asked of the replicas' database.</summary>
internal static class ReplicaSql
{
    /// <summary>Makes the tables. One transaction: the lock lasts until it ends, and a second replica waits for it.</summary>
    public const string Make =
        """
        BEGIN;
        SELECT pg_advisory_xact_lock(6703919001);
        CREATE TABLE IF NOT EXISTS odoosky_replicas (
            replica text PRIMARY KEY,
            targets text[] NOT NULL,
            seen timestamptz NOT NULL
        );
        CREATE TABLE IF NOT EXISTS odoosky_runs (
            target text NOT NULL,
            kind text NOT NULL,
            replica text NOT NULL,
            begun timestamptz NOT NULL,
            took interval NOT NULL,
            failure text,
            outcome text,
            good_begun timestamptz,
            good_took interval,
            PRIMARY KEY (target, kind)
        );
        COMMIT;
        """;

    /// <summary>This replica lives: its name, its targets.</summary>
    public const string Announce =
        """
        INSERT INTO odoosky_replicas (replica, targets, seen) VALUES ($1, $2, clock_timestamp())
        ON CONFLICT (replica) DO UPDATE SET targets = excluded.targets, seen = excluded.seen
        RETURNING clock_timestamp()
        """;

    /// <summary>This replica ends: its name.</summary>
    public const string Leave = "DELETE FROM odoosky_replicas WHERE replica = $1";

    /// <summary>Who lives: the lease. Those that have been dead for an hour are swept out.</summary>
    public const string Living =
        """
        WITH swept AS (DELETE FROM odoosky_replicas WHERE seen < clock_timestamp() - interval '1 hour')
        SELECT replica, targets FROM odoosky_replicas WHERE seen > clock_timestamp() - $1 ORDER BY replica
        """;

    /// <summary>A run ended: target, kind, replica, begun, took, failure, outcome.</summary>
    public const string Keep =
        """
        INSERT INTO odoosky_runs AS old (target, kind, replica, begun, took, failure, outcome, good_begun, good_took)
        VALUES ($1, $2, $3, $4, $5, $6, $7, CASE WHEN $6::text IS NULL THEN $4 END, CASE WHEN $6::text IS NULL THEN $5 END)
        ON CONFLICT (target, kind) DO UPDATE SET
            replica = excluded.replica, begun = excluded.begun, took = excluded.took, failure = excluded.failure, outcome = excluded.outcome,
            good_begun = COALESCE(excluded.good_begun, old.good_begun), good_took = COALESCE(excluded.good_took, old.good_took)
        WHERE old.begun <= excluded.begun
        """;

    /// <summary>The newest runs.</summary>
    public const string Runs = "SELECT target, kind, replica, begun, took, failure, outcome, good_begun, good_took FROM odoosky_runs";

    /// <summary>A target's runs go.</summary>
    public const string Forget = "DELETE FROM odoosky_runs WHERE target = $1";
}
