using System.Collections;

namespace OdooSky.GitOps.Reconciler.Git;

/// <summary>
/// Who is whose ancestor, for many pairs, from one reading of the history. The head's first-parent line is numbered from its
/// root; each commit knows the first number on that line which contains it, so that a question about a commit of the line is
/// one comparison. Questions about other commits walk, and the last walk is kept: ask for all pairs of one commit in a row.
/// Several may ask at once.
/// </summary>
internal sealed class CommitGraph
{
    private const int Never = int.MaxValue;

    private readonly Dictionary<ObjectId, int> _numbers;
    private readonly int[][] _parents;
    private readonly int[] _line;
    private readonly int[] _entered;
    private readonly int[] _cuts;
    private Walk? _walk;

    /// <param name="commits">Every commit with its parents; a parent that is not listed itself is left out.</param>
    /// <param name="head">The commit whose first-parent line most questions are about; it is listed.</param>
    /// <param name="cuts">Commits whose parents are not here, since the history is shallow.</param>
    public CommitGraph(IReadOnlyList<(ObjectId Commit, ObjectId[] Parents)> commits, ObjectId head, IEnumerable<ObjectId> cuts)
    {
        _numbers = new Dictionary<ObjectId, int>(commits.Count);
        foreach (var (commit, _) in commits)
        {
            _numbers.Add(commit, _numbers.Count);
        }

        _parents = [.. commits.Select(listed => listed.Parents.Where(_numbers.ContainsKey).Select(parent => _numbers[parent]).ToArray())];
        _cuts = [.. cuts.Where(_numbers.ContainsKey).Select(cut => _numbers[cut])];
        _line = new int[commits.Count];
        _entered = new int[commits.Count];
        Array.Fill(_line, Never);
        Array.Fill(_entered, Never);
        NumberLine(_numbers[head]);
    }

    public int Count => _parents.Length;

    /// <summary>Whether a commit is in the history at hand.</summary>
    public bool Contains(ObjectId commit) => _numbers.ContainsKey(commit);

    /// <summary>A commit's place on the head's first-parent line, counted from its root; null: it is not on it.</summary>
    public int? PlaceOf(ObjectId commit) => _numbers.TryGetValue(commit, out var number) && _line[number] != Never ? _line[number] : null;

    /// <summary>Whether <paramref name="ancestor"/> is <paramref name="commit"/> or an ancestor of it; null: the history at hand does not tell.</summary>
    public bool? IsAncestor(ObjectId ancestor, ObjectId commit)
    {
        if (!_numbers.TryGetValue(ancestor, out var old) || !_numbers.TryGetValue(commit, out var young))
        {
            return null;
        }

        // What is cut off can hide a way from the young to the old, unless the old one contains the young: no commit contains itself twice.
        return Reaches(young, old) ? true
            : !_cuts.Any(cut => Reaches(young, cut)) || Reaches(old, young) ? false
            : null;
    }

    private bool Reaches(int from, int to) => _line[from] != Never ? _entered[to] <= _line[from] : WalkFrom(from)[to];

    // From the root up, each commit of the line brings in what no commit below it did.
    private void NumberLine(int head)
    {
        var line = new List<int> { head };
        while (_parents[line[^1]] is [var first, ..] && !_cuts.Contains(line[^1]))
        {
            line.Add(first);
        }

        line.Reverse();
        var open = new Stack<int>();
        for (var place = 0; place < line.Count; place++)
        {
            _line[line[place]] = place;
            Enter(line[place], place, open);
        }
    }

    private void Enter(int commit, int place, Stack<int> open)
    {
        open.Push(commit);
        while (open.TryPop(out var next))
        {
            if (_entered[next] == Never)
            {
                _entered[next] = place;
                Push(open, _parents[next]);
            }
        }
    }

    private BitArray WalkFrom(int from)
    {
        if (_walk is { } kept && kept.From == from)
        {
            return kept.Reached;
        }

        var reached = new BitArray(_parents.Length);
        var open = new Stack<int>([from]);
        while (open.TryPop(out var next))
        {
            if (!reached[next])
            {
                reached[next] = true;
                Push(open, _parents[next]);
            }
        }

        _walk = new Walk(from, reached);
        return reached;
    }

    private static void Push(Stack<int> open, int[] parents)
    {
        foreach (var parent in parents)
        {
            open.Push(parent);
        }
    }

    private sealed record Walk(int From, BitArray Reached);
}
