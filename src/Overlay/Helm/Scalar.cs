using System.Runtime.InteropServices;

namespace OdooSky.GitOps.Overlay.Helm;

internal enum ScalarKind : byte
{
    Text,
    Null,
    True,
    False,

    /// <summary>An integer of 64 bits with sign.</summary>
    Integer,

    /// <summary>An integer that only fits 64 bits without sign.</summary>
    Unsigned,
    Float,
}

/// <summary>What a scalar's text means to goyaml; for <see cref="ScalarKind.Text"/> the text itself is the value.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Scalar(ScalarKind Kind, long Bits)
{
    public static Scalar Text => default;

    public static Scalar Null => new(ScalarKind.Null, 0);

    /// <summary>As the double that Helm makes of every number: nearest, ties to even; integers lose the sign of zero.</summary>
    public double Number => Kind switch
    {
        ScalarKind.Integer => Bits,
        ScalarKind.Unsigned => (ulong)Bits,
        _ => BitConverter.Int64BitsToDouble(Bits),
    };

    public static Scalar Boolean(bool value) => new(value ? ScalarKind.True : ScalarKind.False, 0);

    public static Scalar Integer(long value) => new(ScalarKind.Integer, value);

    public static Scalar Unsigned(ulong value) =>
        value <= long.MaxValue ? Integer((long)value) : new(ScalarKind.Unsigned, (long)value);

    public static Scalar Float(double value) => new(ScalarKind.Float, BitConverter.DoubleToInt64Bits(value));
}
