namespace OdooSky.GitOps.Overlay.Desired;

/// <summary>Where a problem stands: a file with line and column, or a table with a key.</summary>
/// <param name="Source">A path inside the repository, or a table's name.</param>
/// <param name="Line">Counted from 1; 0 where no line is meant.</param>
/// <param name="Column">In characters, counted from 1; 0 where no column is meant.</param>
/// <param name="Key">A row's key in a table, or null for files.</param>
public sealed record Place(string Source, int Line = 0, int Column = 0, string? Key = null)
{
    /// <summary><c>file:line:column</c>, <c>file</c>, or <c>table:key</c>.</summary>
    /// <returns>The place as people and editors read it.</returns>
    public override string ToString() =>
        Key is not null ? $"{Source}:{Key}" : Line > 0 ? FormattableString.Invariant($"{Source}:{Line}:{Column}") : Source;
}

/// <summary>How bad a problem is.</summary>
public enum Severity
{
    /// <summary>Worth knowing; nothing stops.</summary>
    Warning,

    /// <summary>Stops the instance it belongs to, or the whole plan when it belongs to none.</summary>
    Error,
}

/// <summary>Something a person can mend: what, where, and what to do.</summary>
/// <param name="Code">Stable, <c>OSG0101</c>; listed in docs/reference/problems.md.</param>
/// <param name="Severity">Whether it stops anything.</param>
/// <param name="Message">What is wrong, in one sentence.</param>
/// <param name="Remedy">What to do, in one sentence.</param>
/// <param name="Place">Where it stands.</param>
/// <param name="Instance">The instance it stops, or null when it can't be attributed and so stops the whole plan.</param>
public sealed record Problem(string Code, Severity Severity, string Message, string Remedy, Place Place, string? Instance)
{
    /// <summary><c>place: error OSG0101: message remedy</c>, as compilers write it.</summary>
    /// <returns>One line.</returns>
    public override string ToString() =>
        $"{Place}: {(Severity == Severity.Error ? "error" : "warning")} {Code}: {Message} {Remedy}";
}
