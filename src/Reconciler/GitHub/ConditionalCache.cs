namespace OdooSky.GitOps.Reconciler.GitHub;

/// <summary>An answer that GitHub may confirm with 304, which costs no quota.</summary>
/// <param name="ETag">Its mark.</param>
/// <param name="Body">Its body.</param>
/// <param name="HasNext">Whether there was a next page.</param>
internal sealed record CachedAnswer(string ETag, ReadOnlyMemory<byte> Body, bool HasNext);

/// <summary>
/// The last answers to reads, the longest unused dropped first. GitHub's marks change with the token, and another token may see
/// other things: the token's identity is a part of the key.
/// </summary>
/// <param name="bytes">How many bytes of bodies are kept; a body over half of it is not kept: a page of a hundred pull requests has 2 to 8 MB.</param>
internal sealed class ConditionalCache(int bytes)
{
    private readonly Lock gate = new();
    private readonly LinkedList<(string Key, CachedAnswer Answer)> recent = new();
    private readonly Dictionary<string, LinkedListNode<(string Key, CachedAnswer Answer)>> byKey = new(StringComparer.Ordinal);
    private long held;

    public CachedAnswer? Find(string identity, string path)
    {
        lock (gate)
        {
            if (!byKey.TryGetValue(Key(identity, path), out var node)) return null;
            recent.Remove(node);
            recent.AddFirst(node);
            return node.Value.Answer;
        }
    }

    public void Keep(string identity, string path, CachedAnswer answer)
    {
        lock (gate)
        {
            var key = Key(identity, path);
            Drop(key);
            if (answer.Body.Length > bytes / 2) return;
            byKey[key] = recent.AddFirst((key, answer));
            held += answer.Body.Length;
            while (held > bytes) Drop(recent.Last!.Value.Key);
        }
    }

    private void Drop(string key)
    {
        if (!byKey.Remove(key, out var node)) return;
        recent.Remove(node);
        held -= node.Value.Answer.Body.Length;
    }

    private static string Key(string identity, string path) => identity + " " + path;
}
