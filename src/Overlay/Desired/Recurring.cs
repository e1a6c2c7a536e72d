namespace OdooSky.GitOps.Overlay.Desired;

/// <summary>
/// One object for what recurs all over a fleet: addons' codes, images, versions and whole rows. A table of fixed size: what another one
/// pushes out of it comes once more. For any number of threads.
/// </summary>
/// <typeparam name="T">Something that can't change, and is equal by content.</typeparam>
public sealed class Recurring<T>
    where T : class, IEquatable<T>
{
    private readonly T?[] slots = new T?[4096];

    /// <summary>Gives the object that was seen before, when there is one.</summary>
    /// <param name="item">Any object.</param>
    /// <returns>An equal one.</returns>
    public T Of(T item)
    {
        ArgumentNullException.ThrowIfNull(item);
        ref var slot = ref slots[(uint)item.GetHashCode() % (uint)slots.Length];
        if (slot is { } known && known.Equals(item)) return known;
        return slot = item;
    }
}

/// <summary>What recurs in the rows of a fleet.</summary>
public static class Recurring
{
    /// <summary>Codes, sources, images and versions.</summary>
    public static Recurring<string> Texts { get; } = new();

    /// <summary>Rows, completed.</summary>
    internal static Recurring<AddonRow> Rows { get; } = new();
}
