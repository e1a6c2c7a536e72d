using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace OdooSky.GitOps.Overlay.Helm;

/// <summary>What stands behind the equals sign.</summary>
internal sealed partial class SetParser
{
    private SetError? ReadValue(Func<object, SetError?> assign, out bool isOver)
    {
        isOver = false;
        if (kind is "--set-json") return ReadJson(assign);
        if (kind is "--set-literal")
        {
            var literal = reader.Rest.ToString();
            reader.Skip(literal.Length);
            return assign(new HelmText(literal));
        }

        if (reader.AtEnd)
        {
            isOver = true;
            return assign(new HelmText(""));
        }

        return reader.Take('{') ? ReadList(assign) : assign(TypedValue(reader.Until(",", out _)));
    }

    private SetError? ReadJson(Func<object, SetError?> assign)
    {
        if (reader.SkipEmpty()) return assign(HelmNull.Instance);
        var json = Encoding.UTF8.GetBytes(reader.Rest.ToString());
        var error = SetJson.TryParse(json, out var value, out var length);
        if (error is not null) return error;
        reader.Skip(Encoding.UTF8.GetCharCount(json, 0, length));
        error = assign(SetTarget.Open(value));
        reader.SkipEmpty();
        return error;
    }

    private SetError? ReadList(Func<object, SetError?> assign)
    {
        var items = ImmutableArray.CreateBuilder<HelmValue>();
        while (true)
        {
            var item = reader.Until(",}", out var stop);
            if (stop == '\0') return SetError.Fails("a list must end with '}'.");
            items.Add(TypedValue(item));
            if (stop == ',') continue;
            reader.Take(',');
            return assign(SetTarget.Open(new HelmList(items.DrainToImmutable())));
        }
    }

    /// <summary>Go's EqualFold takes the long s for an s.</summary>
    private HelmValue TypedValue(string text)
    {
        if (kind is "--set-string") return new HelmText(text);
        var folded = text.Replace('\u017F', 's');
        if (folded.Equals("true", StringComparison.OrdinalIgnoreCase)) return new HelmBoolean(true);
        if (folded.Equals("false", StringComparison.OrdinalIgnoreCase)) return new HelmBoolean(false);
        if (folded.Equals("null", StringComparison.OrdinalIgnoreCase)) return HelmNull.Instance;
        if (text is "0") return new HelmInteger(0);
        var isInteger = text.Length > 0 && text[0] != '0'
            && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);
        return isInteger ? new HelmInteger(long.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)) : new HelmText(text);
    }
}
