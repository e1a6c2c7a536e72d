using System.Collections.Immutable;

namespace OdooSky.GitOps.Overlay.Helm;

/// <summary>
/// A value as Helm holds it after it has read values files: null, boolean, number, text, list or map.
/// Immutable; two values are equal when Helm's <c>toJson</c> writes the same text for them.
/// </summary>
public abstract record HelmValue
{
    private protected HelmValue()
    {
    }

    /// <summary>What a person calls this kind of value: <c>null</c>, <c>boolean</c>, <c>number</c>, <c>text</c>, <c>list</c>, <c>map</c>.</summary>
    public abstract string KindName { get; }
}

/// <summary>YAML's null: <c>~</c>, <c>null</c>, or nothing behind the colon.</summary>
public sealed record HelmNull : HelmValue
{
    /// <summary>The only null.</summary>
    public static HelmNull Instance { get; } = new();

    /// <inheritdoc/>
    public override string KindName => "null";
}

/// <summary>A boolean; YAML 1.1 also reads <c>yes</c>, <c>no</c>, <c>on</c>, <c>off</c>, <c>y</c> and <c>n</c> as one.</summary>
/// <param name="Value">True or false.</param>
public sealed record HelmBoolean(bool Value) : HelmValue
{
    /// <inheritdoc/>
    public override string KindName => "boolean";
}

/// <summary>A number from a values file: always an IEEE double, because Helm goes through JSON.</summary>
/// <param name="Value">Finite; negative zero is kept.</param>
public sealed record HelmNumber(double Value) : HelmValue
{
    /// <inheritdoc/>
    public override string KindName => "number";

    /// <summary>By bits, so that 0 and -0 differ as they do in Go's JSON.</summary>
    /// <param name="other">The other number.</param>
    /// <returns>Whether both print the same.</returns>
    public bool Equals(HelmNumber? other) =>
        other is not null && BitConverter.DoubleToInt64Bits(Value) == BitConverter.DoubleToInt64Bits(other.Value);

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode();
}

/// <summary>A 64-bit integer, which only <c>--set</c> makes; printed with all its digits.</summary>
/// <param name="Value">Any 64-bit integer.</param>
public sealed record HelmInteger(long Value) : HelmValue
{
    /// <inheritdoc/>
    public override string KindName => "number";
}

/// <summary>A text.</summary>
/// <param name="Value">Valid Unicode: no lone surrogates.</param>
public sealed record HelmText(string Value) : HelmValue
{
    /// <inheritdoc/>
    public override string KindName => "text";
}

/// <summary>A list; its order counts.</summary>
/// <param name="Items">In the order of the file.</param>
public sealed record HelmList(ImmutableArray<HelmValue> Items) : HelmValue
{
    /// <inheritdoc/>
    public override string KindName => "list";

    /// <summary>Item by item.</summary>
    /// <param name="other">The other list.</param>
    /// <returns>Whether the items are equal, in order.</returns>
    public bool Equals(HelmList? other) => other is not null && Items.AsSpan().SequenceEqual(other.Items.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => Items.Aggregate(Items.Length, HashCode.Combine);
}
