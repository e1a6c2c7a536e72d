using System.Text;
using OdooSky.GitOps.Overlay.Helm.Yaml;

namespace OdooSky.GitOps.Overlay.Helm;

/// <summary>Scalars, with and without a tag.</summary>
internal sealed partial class ValueReader
{
    private HelmValue DecodeScalar(int index)
    {
        var scalar = Resolve(index, out var text);
        switch (scalar.Kind)
        {
            case ScalarKind.Text:
                textLength += text.Length;
                return new HelmText(text);
            case ScalarKind.Null:
                return HelmNull.Instance;
            case ScalarKind.True or ScalarKind.False:
                return new HelmBoolean(scalar.Kind is ScalarKind.True);
            default:
                return Number(index, scalar.Number);
        }
    }

    private HelmValue Number(int index, double value)
    {
        if (double.IsFinite(value)) return new HelmNumber(value);
        hasFlaws = true;
        return new HelmFlaw(FailureKind.HelmFails, "not-a-number", "JSON has no infinity and no NaN; quote the text.", document.Entry(index).ContentStart);
    }

    /// <summary>What a scalar means; its text is decoded only where it is the value.</summary>
    private Scalar Resolve(int index, out string text)
    {
        ref readonly var entry = ref document.Entry(index);
        var tag = document.PropertiesOf(index).Tag;
        text = "";
        if (tag is null && entry.Style is YamlStyle.Plain && entry.Verbatim)
        {
            var raw = entry.Raw(document.Text.Span);
            var plain = ScalarTyping.Resolve(raw);
            if (plain.Kind is ScalarKind.Text) text = Encoding.UTF8.GetString(raw);
            return plain;
        }

        text = ScalarText.Decode(document.Text.Span, entry);
        if (tag is not null) return ResolveTagged(index, tag, ref text);
        return entry.Style is YamlStyle.Plain ? ScalarTyping.Resolve(Encoding.UTF8.GetBytes(text)) : Scalar.Text;
    }

    private Scalar ResolveTagged(int index, string tag, ref string text)
    {
        if (Tags.IsBinary(tag))
        {
            var decoded = Tags.DecodeBinary(text);
            if (decoded is null) Fail(index, "binary", "The text is not base64, which its tag says it is.");
            text = decoded ?? "";
            return Scalar.Text;
        }

        if (!Tags.TryResolve(tag, Encoding.UTF8.GetBytes(text), out var scalar)) Fail(index, "tag-mismatch", "The text is not what its tag says.");
        return scalar;
    }
}
