using System.Globalization;
using System.Text.Json.Nodes;
using OdooSky.GitOps.Overlay.Desired;

namespace OdooSky.GitOps.Sandbox.Kubernetes;

/// <summary>What happened to an object, as a watch tells it. The object is never changed afterwards.</summary>
internal sealed record StoredEvent(long Version, string Type, ServedKind Kind, JsonObject Object);

/// <summary>
/// The objects, one version counter over all of them as in etcd, and the events since the last compaction. Safe for many threads.
/// </summary>
/// <param name="time">The clock of creation times.</param>
internal sealed class ObjectStore(TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly SortedDictionary<string, JsonObject> objects = new(StringComparer.Ordinal);
    private readonly List<StoredEvent> events = [];
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long version = 1000;

    /// <summary>The version of the last change.</summary>
    public long Version
    {
        get
        {
            lock (gate) return version;
        }
    }

    /// <summary>Events of this version and older are gone.</summary>
    public long Compacted { get; private set; } = 1000;

    /// <summary>Creates or replaces an object; what says nothing new changes nothing, as in Kubernetes.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="wanted">The object, with <c>metadata.name</c> and <c>metadata.namespace</c>; its version and uid are the store's.</param>
    /// <returns>The object as stored.</returns>
    public JsonObject Put(ServedKind kind, JsonObject wanted)
    {
        lock (gate)
        {
            var made = (JsonObject)wanted.DeepClone();
            var key = KeyOf(kind, made);
            var before = objects.GetValueOrDefault(key);
            Complete(kind, made, before);
            if (before is not null && JsonNode.DeepEquals(before, made)) return before;
            Record(before is null ? "ADDED" : "MODIFIED", kind, made);
            objects[key] = made;
            return made;
        }
    }

    /// <summary>Deletes an object at once.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="space">Its namespace.</param>
    /// <param name="name">Its name.</param>
    public void Delete(ServedKind kind, string space, string name)
    {
        lock (gate)
        {
            if (!objects.Remove(Key(kind, space, name), out var last)) return;
            Record("DELETED", kind, (JsonObject)last.DeepClone());
        }
    }

    /// <summary>One object.</summary>
    /// <returns>It, or null.</returns>
    public JsonObject? Find(ServedKind kind, string space, string name)
    {
        lock (gate) return objects.GetValueOrDefault(Key(kind, space, name));
    }

    /// <summary>All objects of a kind, in the order of namespace and name, with the version that they are true at.</summary>
    public (List<JsonObject> Objects, long Version) List(ServedKind kind, string? space)
    {
        lock (gate)
        {
            var prefix = space is null ? kind.FullName + "/" : Key(kind, space, "");
            return ([.. objects.Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(pair => pair.Value)], version);
        }
    }

    /// <summary>Events of a kind after a version, and a task that is done at the next change of anything.</summary>
    public (List<StoredEvent> Events, Task Changed, long Version) After(ServedKind kind, long after)
    {
        lock (gate) return ([.. events.SkipWhile(one => one.Version <= after).Where(one => one.Kind == kind)], changed.Task, version);
    }

    /// <summary>Forgets all events: older versions then answer 410.</summary>
    public void Compact()
    {
        lock (gate)
        {
            Compacted = version;
            events.Clear();
        }
    }

    /// <summary>Tells an event as another server told it: all stays as it is but the version, which is the store's.</summary>
    /// <param name="type"><c>ADDED</c>, <c>MODIFIED</c> or <c>DELETED</c>.</param>
    /// <param name="kind">The object's kind.</param>
    /// <param name="told">The object as it was told.</param>
    public void Retell(string type, ServedKind kind, JsonObject told)
    {
        lock (gate)
        {
            var made = (JsonObject)told.DeepClone();
            if (type == "DELETED") objects.Remove(KeyOf(kind, made));
            else objects[KeyOf(kind, made)] = made;
            Record(type, kind, made);
        }
    }

    /// <summary>Sends an event again, or out of its turn, as a confused server might.</summary>
    /// <param name="past">The event; its object keeps its version.</param>
    public void Replay(StoredEvent past)
    {
        lock (gate)
        {
            events.Add(past with { Version = ++version });
            Wake();
        }
    }

    private static string Key(ServedKind kind, string space, string name) => $"{kind.FullName}/{space}/{name}";

    private static string KeyOf(ServedKind kind, JsonObject made) =>
        Key(kind, (string?)made["metadata"]!["namespace"] ?? "", (string?)made["metadata"]!["name"] ?? "");

    private void Complete(ServedKind kind, JsonObject made, JsonObject? before)
    {
        made["apiVersion"] = kind.ApiVersion;
        made["kind"] = kind.Kind;
        var meta = made["metadata"]!.AsObject();
        var old = before?["metadata"];
        meta["uid"] = (string?)old?["uid"] ?? (string?)meta["uid"] ?? $"00000000-0000-4000-8000-{version + 1:x12}";
        meta["creationTimestamp"] = (string?)old?["creationTimestamp"] ?? (string?)meta["creationTimestamp"] ?? UtcTime.Write(time.GetUtcNow());
        meta["resourceVersion"] = (string?)old?["resourceVersion"];
        var isChanged = before is not null && !JsonNode.DeepEquals(before["spec"], made["spec"]);
        meta["generation"] = ((long?)old?["generation"] ?? (long?)meta["generation"] ?? 1) + (isChanged ? 1 : 0);
    }

    private void Record(string type, ServedKind kind, JsonObject made)
    {
        made["metadata"]!["resourceVersion"] = (++version).ToString(CultureInfo.InvariantCulture);
        events.Add(new StoredEvent(version, type, kind, made));
        Wake();
    }

    private void Wake()
    {
        var waiting = changed;
        changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        waiting.SetResult();
    }
}
