using System.Globalization;
using System.Text;
using OdooSky.GitOps.Reconciler.Settings;

namespace OdooSky.GitOps.Reconciler.Cli;

/// <summary>A writer that lets no secret through, as long as one stands within one call: callers write lines.</summary>
/// <param name="inner">Where the rest goes.</param>
/// <param name="secrets">What is hidden.</param>
internal sealed class HidingWriter(TextWriter inner, Secrets secrets) : TextWriter(CultureInfo.InvariantCulture)
{
    /// <summary>A writer before another one, which stays its owner's to close.</summary>
    public static TextWriter Around(TextWriter inner, Secrets secrets) => new HidingWriter(inner, secrets);

    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => inner.Write(value);

    public override void Write(string? value) => inner.Write(value is null ? null : secrets.Hide(value));

    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    public override void Write(ReadOnlySpan<char> buffer) => Write(buffer.ToString());

    public override void WriteLine(string? value) => Write(value + inner.NewLine);

    public override void Flush() => inner.Flush();
}
