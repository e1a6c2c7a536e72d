using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace OdooSky.GitOps.Reconciler.Status.Markup;

/// <summary>
/// What stands between <c>Html.Of($"</c> and <c>")</c>. A value may stand in text and between double quotes; where an address belongs only an
/// <see cref="Href"/> may stand, and nothing may stand where a tag or an attribute is named or where quotes are missing: that is a
/// mistake of the source, and throws.
/// </summary>
/// <param name="literalLength">The length of all that the source says.</param>
/// <param name="formattedCount">How many values there are.</param>
[InterpolatedStringHandler]
internal ref struct HtmlText(int literalLength, int formattedCount)
{
    private static readonly string[] Addresses = ["href=\"", "src=\"", "action=\"", "srcset=\"", "style=\""];

    private readonly StringBuilder text = new(literalLength + (formattedCount * 24));
    private string before = string.Empty;

    /// <summary>Markup, as the source says it.</summary>
    /// <param name="literal">The markup.</param>
    public void AppendLiteral(string literal)
    {
        text.Append(literal);
        before = literal;
    }

    /// <summary>Text; null is no text.</summary>
    /// <param name="value">Any text, of whomever.</param>
    public void AppendFormatted(string? value)
    {
        Refuse(IsAddress(before));
        RefuseBare();
        if (value is not null) Escaping.Append(text, value);
        before = string.Empty;
    }

    /// <summary>A whole number.</summary>
    /// <param name="value">The number.</param>
    public void AppendFormatted(int value)
    {
        RefuseBare();
        text.Append(value.ToString(CultureInfo.InvariantCulture));
        before = string.Empty;
    }

    /// <summary>A whole number.</summary>
    /// <param name="value">The number.</param>
    public void AppendFormatted(long value)
    {
        RefuseBare();
        text.Append(value.ToString(CultureInfo.InvariantCulture));
        before = string.Empty;
    }

    /// <summary>An address.</summary>
    /// <param name="value">The address.</param>
    public void AppendFormatted(Href value)
    {
        RefuseBare();
        Escaping.Append(text, value.Text);
        before = string.Empty;
    }

    /// <summary>Markup that was made before.</summary>
    /// <param name="value">The piece.</param>
    public void AppendFormatted(Html value)
    {
        text.Append(value);
        before = string.Empty;
    }

    /// <summary>What was put together.</summary>
    /// <returns>Markup.</returns>
    internal readonly string Take() => text.ToString();

    private readonly void RefuseBare() => Refuse(before.EndsWith('=') || before.EndsWith('<') || before.EndsWith("</", StringComparison.Ordinal));

    private static bool IsAddress(string before) => Array.Exists(Addresses, start => before.EndsWith(start, StringComparison.OrdinalIgnoreCase));

    private static void Refuse(bool isWrong)
    {
        if (isWrong) throw new InvalidOperationException("A value stands where only markup or an address may: put it between double quotes, or make it an Href.");
    }
}
