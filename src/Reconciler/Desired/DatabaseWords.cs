using System.Data.Common;
using Npgsql;

namespace OdooSky.GitOps.Reconciler.Desired;

/// <summary>A database's own words about a failure, without anything of the connection string.</summary>
internal static class DatabaseWords
{
    /// <summary>The words.</summary>
    /// <param name="failure">What the driver threw.</param>
    /// <param name="connectionString">Whose password must not appear.</param>
    /// <returns>One line.</returns>
    public static string Of(Exception failure, string connectionString)
    {
        var words = failure is ArgumentException ? "the connection string can't be read" : failure.Message;
        if (failure is PostgresException postgres) words = $"{postgres.MessageText} ({postgres.SqlState})";
        if (failure.InnerException is { } inner && failure is NpgsqlException and not PostgresException) words = $"{words}: {inner.Message}";
        foreach (var secret in Secrets(connectionString)) words = words.Replace(secret, "***", StringComparison.Ordinal);
        return string.Join(' ', words.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    private static IEnumerable<string> Secrets(string connectionString)
    {
        yield return connectionString;
        DbConnectionStringBuilder builder = [];
        try
        {
            builder.ConnectionString = connectionString;
        }
        catch (ArgumentException)
        {
            yield break;
        }

        foreach (var key in new[] { "Password", "Passfile" })
            if (builder.TryGetValue(key, out var value) && value?.ToString() is { Length: > 0 } secret)
                yield return secret;
    }
}
