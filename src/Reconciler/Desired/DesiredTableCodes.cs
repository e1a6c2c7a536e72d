namespace OdooSky.GitOps.Reconciler.Desired;

/// <summary>Codes of problems of a database as a whole; each refuses the whole read. Listed in docs/reference/problems.md.</summary>
internal static class DesiredTableCodes
{
    /// <summary>A query gives no column of a name that it must give.</summary>
    public const string MissingColumn = "OSG0160";

    /// <summary>A query gives a column that nobody reads.</summary>
    public const string UnknownColumn = "OSG0161";

    /// <summary>A column is of another type than text or a whole number.</summary>
    public const string WrongType = "OSG0162";

    /// <summary>An addon's row names an instance that is not there.</summary>
    public const string OrphanRow = "OSG0163";

    /// <summary>Fewer or more rows came than the database counts in the same snapshot.</summary>
    public const string CountDiffers = "OSG0164";

    /// <summary>Two rows of instances have one code.</summary>
    public const string TwoRows = "OSG0165";

    /// <summary>A row is older than the one that was applied last.</summary>
    public const string OlderThanApplied = "OSG0166";
}
