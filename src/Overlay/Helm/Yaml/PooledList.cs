using System.Buffers;

namespace OdooSky.GitOps.Overlay.Helm.Yaml;

/// <summary>A growing list on a rented array, so that reading a file leaves nothing for the garbage collector.</summary>
internal struct PooledList<T>(int capacity)
    where T : struct
{
    private T[] items = ArrayPool<T>.Shared.Rent(capacity);

    public int Count { get; private set; }

    public readonly ref T this[int index] => ref items[index];

    public readonly ref T Last => ref items[Count - 1];

    public readonly ReadOnlySpan<T> Span => items.AsSpan(0, Count);

    public void Add(in T item)
    {
        if (Count == items.Length) Grow(Count + 1);
        items[Count++] = item;
    }

    public void AddRange(ReadOnlySpan<T> more)
    {
        if (Count + more.Length > items.Length) Grow(Count + more.Length);
        more.CopyTo(items.AsSpan(Count));
        Count += more.Length;
    }

    /// <summary>Room behind the last item, to be written and then claimed with <see cref="Advance"/>.</summary>
    public Span<T> Room(int atLeast)
    {
        if (Count + atLeast > items.Length) Grow(Count + atLeast);
        return items.AsSpan(Count);
    }

    public void Advance(int count) => Count += count;

    public void Insert(int index, in T item)
    {
        if (Count == items.Length) Grow(Count + 1);
        items.AsSpan(index, Count - index).CopyTo(items.AsSpan(index + 1));
        items[index] = item;
        Count++;
    }

    public void RemoveFirst(int count)
    {
        items.AsSpan(count, Count - count).CopyTo(items);
        Count -= count;
    }

    public void RemoveLast() => Count--;

    public void Clear() => Count = 0;

    public readonly void Release() => ArrayPool<T>.Shared.Return(items);

    private void Grow(int needed)
    {
        var larger = ArrayPool<T>.Shared.Rent(Math.Max(needed, items.Length * 2));
        Span.CopyTo(larger);
        ArrayPool<T>.Shared.Return(items);
        items = larger;
    }
}
