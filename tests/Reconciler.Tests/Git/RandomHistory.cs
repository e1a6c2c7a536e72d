using System.Globalization;
using System.Text;
using OdooSky.GitOps.Reconciler.Git;

namespace OdooSky.GitOps.Reconciler.Tests.Git;

/// <summary>
/// A history of branches, merges, criss-crosses, octopuses and several roots in a real repository, and its edges beside it. Dates
/// are random: clocks of committers differ, and a walk that trusts them stops too early.
/// </summary>
internal sealed class RandomHistory
{
    private readonly List<ObjectId> commits;
    private readonly Dictionary<ObjectId, ObjectId[]> parents;

    private RandomHistory(List<ObjectId> commits, Dictionary<ObjectId, ObjectId[]> parents) => (this.commits, this.parents) = (commits, parents);

    /// <summary>One of the commits without a child.</summary>
    public ObjectId Head => commits[^1];

    public IEnumerable<ObjectId> Tips => commits.Except(parents.Values.SelectMany(listed => listed));

    public static RandomHistory Make(RemoteRepository remote, int seed, int commits)
    {
        var edges = Edges(seed, commits);
        var dice = new Random(seed);
        var ids = Import(remote, edges, _ => dice.Next(1_000_000));
        var history = new RandomHistory(ids, ids.Select((id, i) => (id, i)).ToDictionary(pair => pair.id, pair => edges[pair.i].Select(parent => ids[parent]).ToArray()));
        foreach (var tip in history.Tips) remote.Git("update-ref", "refs/heads/" + tip, tip.Text);
        remote.Git("update-ref", "-d", "refs/heads/import");
        remote.Git("update-ref", "refs/heads/main", history.Head.Text);
        return history;
    }

    /// <summary>The parents of each commit, by their numbers, as <see cref="Make"/> has them.</summary>
    public static List<int[]> Edges(int seed, int commits)
    {
        var dice = new Random(seed);
        return [.. Enumerable.Range(0, commits).Select(i => Parents(dice, i))];
    }

    /// <summary>A straight line of commits, the root first.</summary>
    public static List<ObjectId> Line(RemoteRepository remote, int commits) => Import(remote, [.. Enumerable.Range(0, commits).Select(i => i == 0 ? Array.Empty<int>() : [i - 1])], i => i);

    public IEnumerable<(ObjectId Old, ObjectId Young)> Pairs() => commits.SelectMany(young => commits.Select(old => (old, young)));

    public bool Reaches(ObjectId young, ObjectId old) => young == old || parents[young].Any(parent => Reaches(parent, old));

    private static int[] Parents(Random dice, int child)
    {
        if (child == 0 || dice.Next(20) == 0) return [];
        var near = Enumerable.Range(Math.Max(0, child - 6), Math.Min(6, child)).ToArray();
        dice.Shuffle(near);
        return [.. near.Take(dice.Next(10) switch { < 6 => 1, < 9 => 2, _ => 3 })];
    }

    private static List<ObjectId> Import(RemoteRepository remote, List<int[]> edges, Func<int, int> seconds)
    {
        var text = new StringBuilder("feature get-mark\n");
        for (var i = 0; i < edges.Count; i++)
        {
            var message = string.Create(CultureInfo.InvariantCulture, $"{i}");
            text.Append(CultureInfo.InvariantCulture, $"reset refs/heads/import\ncommit refs/heads/import\nmark :{i + 1}\ncommitter Ann <ann@acme.example> {1767225600 + seconds(i)} +0000\ndata {message.Length}\n{message}\n");
            for (var at = 0; at < edges[i].Length; at++) text.Append(CultureInfo.InvariantCulture, $"{(at == 0 ? "from" : "merge")} :{edges[i][at] + 1}\n");
            text.Append(CultureInfo.InvariantCulture, $"\nget-mark :{i + 1}\n");
        }

        return [.. remote.Import(text.ToString()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => ObjectId.TryParse(line)!)];
    }
}
