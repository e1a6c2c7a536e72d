namespace OdooSky.GitOps.Reconciler.Tests.Passes;

/// <summary>A text that may be read while it is written.</summary>
internal sealed class HeardWriter : StringWriter
{
    private readonly Lock gate = new();

    public override void Write(char value)
    {
        lock (gate) base.Write(value);
    }

    public override void Write(char[] buffer, int index, int count)
    {
        lock (gate) base.Write(buffer, index, count);
    }

    public override void Write(ReadOnlySpan<char> buffer)
    {
        lock (gate) base.Write(buffer);
    }

    public override void Write(string? value)
    {
        lock (gate) base.Write(value);
    }

    public override string ToString()
    {
        lock (gate) return base.ToString();
    }
}
