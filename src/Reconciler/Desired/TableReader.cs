using System.Data.Common;
using System.Globalization;
using OdooSky.GitOps.Overlay.Desired;

namespace OdooSky.GitOps.Reconciler.Desired;

/// <summary>
/// Reads one query's rows by a shape. A missing or unknown column and a value of another type are problems that refuse
/// the whole read: a number is no text, since 17.0 and 17.00 would be two texts and one number.
/// </summary>
/// <param name="shape">What must come.</param>
/// <param name="problems">Where problems go.</param>
internal sealed class TableReader(TableShape shape, List<Problem> problems)
{
    private const int MostProblems = 20;
    private readonly Dictionary<string, int> ordinals = new(StringComparer.Ordinal);
    private int wrongValues;

    /// <summary>Looks at the columns.</summary>
    /// <param name="reader">A reader before its first row.</param>
    /// <returns>Whether rows can be read.</returns>
    public bool Accepts(DbDataReader reader)
    {
        for (var i = 0; i < reader.FieldCount; i++) ordinals.TryAdd(reader.GetName(i).ToLowerInvariant(), i);
        string[] missing = [.. shape.Texts.Concat(shape.Numbers).Where(column => !ordinals.ContainsKey(column))];
        foreach (var column in missing)
            Error(DesiredTableCodes.MissingColumn, new Place(shape.Table), $"The query for {shape.Table} gives no column {column}.", $"Select it; where there is none, write NULL AS {column}.");
        foreach (var column in ordinals.Keys.Except(shape.Columns, StringComparer.Ordinal).Order(StringComparer.Ordinal))
            Error(DesiredTableCodes.UnknownColumn, new Place(shape.Table), $"The query for {shape.Table} gives a column {column} that is not known.", NearestWord.Remedy(column, [.. shape.Columns]));
        return missing.Length == 0;
    }

    /// <summary>Reports that the rows can't be trusted.</summary>
    /// <param name="what">What differs.</param>
    public void Refuse(string what) => Error(
        DesiredTableCodes.CountDiffers,
        new Place(shape.Table),
        $"{shape.Table}: {what}.",
        "Look whether the query depends on more than the tables, such as now(), random() or LIMIT.");

    /// <summary>A text of the current row.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="column">A column of the shape.</param>
    /// <returns>The text, or null for NULL, for a column that is not there, and where the type is wrong.</returns>
    public string? Text(DbDataReader reader, string column)
    {
        if (!ordinals.TryGetValue(column, out var at) || reader.IsDBNull(at)) return null;
        if (reader.GetFieldType(at) == typeof(string)) return reader.GetString(at);
        return Wrong(reader, column, at, "text");
    }

    /// <summary>A whole number of the current row.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="column">A column of the shape.</param>
    /// <returns>The number; 0 where there is none or the type is wrong.</returns>
    public long Number(DbDataReader reader, string column)
    {
        var at = ordinals[column];
        if (reader.IsDBNull(at)) return 0;
        if (reader.GetFieldType(at) is { } type && (type == typeof(long) || type == typeof(int) || type == typeof(short)))
            return Convert.ToInt64(reader.GetValue(at), CultureInfo.InvariantCulture);
        Wrong(reader, column, at, "a whole number");
        return 0;
    }

    private string? Wrong(DbDataReader reader, string column, int at, string wanted)
    {
        if (wrongValues++ >= MostProblems) return null;
        var key = string.Join('/', shape.Keys.Select(name => Shown(reader, name)));
        Error(
            DesiredTableCodes.WrongType,
            new Place(shape.Table, Key: key),
            $"The column {column} is of type {reader.GetDataTypeName(at)}, not {wanted}.",
            $"Keep it as {wanted}, or cast it in the query: CAST({column} AS {(wanted == "text" ? "text" : "integer")}) AS {column}.");
        return null;
    }

    private string Shown(DbDataReader reader, string column) =>
        ordinals.TryGetValue(column, out var at) ? Convert.ToString(reader.GetValue(at), CultureInfo.InvariantCulture) ?? string.Empty : string.Empty;

    private void Error(string code, Place place, string message, string remedy) =>
        problems.Add(new Problem(code, Severity.Error, message, remedy, place, null));
}
