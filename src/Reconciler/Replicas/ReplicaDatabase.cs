using System.Data.Common;
using Npgsql;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Reconciler.Settings;

namespace OdooSky.GitOps.Reconciler.Replicas;

/// <summary>The stable codes of what goes wrong between replicas. Each has a line in docs/reference/problems.md.</summary>
internal static class ReplicaCodes
{
    /// <summary>The database does not answer.</summary>
    public const string Unreachable = "OSG0190";

    /// <summary>A job is for a target that no living replica keeps.</summary>
    public const string NobodyKeeps = "OSG0191";

    /// <summary>This replica's clock and the database's differ.</summary>
    public const string Clock = "OSG0192";
}

/// <summary>The replicas' database does not do what it was asked to; what is asked next may work.</summary>
internal sealed class ReplicaFailure : Exception
{
    public ReplicaFailure()
    {
    }

    public ReplicaFailure(string message)
        : base(message)
    {
    }

    public ReplicaFailure(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>Reads the file of the connection string of the database that replicas share.</summary>
internal static class ReplicaDatabase
{
    private const string Key = "service.database.connectionFile";
    private const int Largest = 16 * 1024;

    /// <summary>Reads it.</summary>
    /// <param name="path">The file, absolute.</param>
    /// <param name="place">The settings file, for the problem.</param>
    /// <param name="secrets">Learns the string and its password.</param>
    /// <returns>The connection string; or why it can't be used, in words that show nothing of it.</returns>
    public static (string? Connection, Problem? Problem) Read(string path, Place place, Secrets secrets)
    {
        string text;
        try
        {
            if (new FileInfo(path).Length > Largest) return Refuse("is larger than 16 KiB");
            text = File.ReadAllText(path).Trim();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return Refuse(File.Exists(path) ? "can't be read" : "is not there");
        }

        var parsed = Parse(text, secrets);
        secrets.Add(text); // behind its password, so that the whole is looked for first
        return parsed is { } connection ? (connection, null) : Refuse("holds no connection string with a Host and a Database");

        (string?, Problem?) Refuse(string why) => (null, new Problem(
            SettingsCodes.NoConnection,
            Severity.Error,
            $"{Key}: the file {path} {why}.",
            "Write an Npgsql connection string into it, such as Host=db;Database=odoosky;Username=odoosky;Password=..., or take the setting out for one replica.",
            place,
            null));
    }

    // A black hole must not hold a beat up for longer than a lease.
    private static string? Parse(string text, Secrets secrets)
    {
        try
        {
            var builder = new NpgsqlConnectionStringBuilder(text);
            if (string.IsNullOrEmpty(builder.Host) || string.IsNullOrEmpty(builder.Database)) return null;
            if (builder.Password is { } password) secrets.Add(password);
            var said = new DbConnectionStringBuilder { ConnectionString = text };
            if (!said.ContainsKey("Timeout")) builder.Timeout = 5;
            if (!said.ContainsKey("Command Timeout")) builder.CommandTimeout = 15;
            if (!said.ContainsKey("Keepalive")) builder.KeepAlive = 15;
            if (!said.ContainsKey("Application Name")) builder.ApplicationName = "odoosky";
            return builder.ConnectionString;
        }
        catch (Exception failure) when (failure is ArgumentException or FormatException or InvalidCastException)
        {
            return null;
        }
    }
}
