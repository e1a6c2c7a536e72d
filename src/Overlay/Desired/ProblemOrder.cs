using System.Collections.Immutable;

namespace OdooSky.GitOps.Overlay.Desired;

/// <summary>The order in which problems are listed: by place, then by code, each once.</summary>
public static class ProblemOrder
{
    /// <summary>Sorts problems by file or table, line, column, key, code and message.</summary>
    /// <param name="problems">Problems in any order.</param>
    /// <returns>The same problems, each once.</returns>
    public static ImmutableArray<Problem> Sort(IEnumerable<Problem> problems) =>
    [
        .. problems.Distinct()
            .OrderBy(problem => problem.Place.Source, StringComparer.Ordinal)
            .ThenBy(problem => problem.Place.Line)
            .ThenBy(problem => problem.Place.Column)
            .ThenBy(problem => problem.Place.Key, StringComparer.Ordinal)
            .ThenBy(problem => problem.Code, StringComparer.Ordinal)
            .ThenBy(problem => problem.Message, StringComparer.Ordinal),
    ];
}
