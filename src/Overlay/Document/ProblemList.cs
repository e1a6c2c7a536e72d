using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Helm;
using OdooSky.GitOps.Overlay.Helm.Yaml;

namespace OdooSky.GitOps.Overlay.Document;

/// <summary>Gathers the problems of one values file.</summary>
internal sealed class ProblemList(string path, InstanceCode code)
{
    private readonly List<Problem> problems = [];

    /// <summary>The text that offsets point into; null before it was read.</summary>
    public YamlDocument? Tree { get; set; }

    public bool HasErrors => problems.Exists(problem => problem.Severity == Severity.Error);

    public ImmutableArray<Problem> ToImmutable() => [.. problems];

    public Place PlaceOf(int offset)
    {
        if (Tree is null) return new(path);
        var (line, column) = Tree.PositionOf(offset);
        return new(path, line, column);
    }

    public void Add(string problem, int offset, string message, string remedy) =>
        problems.Add(new(problem, Severity.Error, message, remedy, PlaceOf(offset), code.Text));

    public void Add(string problem, HelmFailure failure, string message, string remedy) =>
        problems.Add(new(problem, Severity.Error, message, remedy, new(path, failure.Line, failure.Column), code.Text));

    public void Add(string problem, string message, string remedy) =>
        problems.Add(new(problem, Severity.Error, message, remedy, new(path), code.Text));

    public void Warn(string problem, int offset, string message, string remedy) =>
        problems.Add(new(problem, Severity.Warning, message, remedy, PlaceOf(offset), code.Text));
}
