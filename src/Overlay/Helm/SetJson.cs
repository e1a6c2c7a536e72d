using System.Collections.Immutable;
using System.Text.Json;

namespace OdooSky.GitOps.Overlay.Helm;

/// <summary>A JSON value at the start of a text, as Go's encoding/json decodes it.</summary>
internal static class SetJson
{
    private const int Deepest = 1_000;

    public static SetError? TryParse(ReadOnlySpan<byte> text, out HelmValue value, out int length)
    {
        value = HelmNull.Instance;
        length = 0;
        var reader = new Utf8JsonReader(text, isFinalBlock: true, new JsonReaderState(new() { MaxDepth = Deepest, AllowMultipleValues = true }));
        try
        {
            if (!reader.Read()) return SetError.Fails("the JSON value is missing.");
            value = Convert(ref reader);
            length = (int)reader.BytesConsumed;
            return HasNoFlaw(value) ? null : SetError.Fails("a number is too large.");
        }
        catch (JsonException)
        {
            return reader.CurrentDepth >= Deepest - 1
                ? new(FailureKind.Refused, "too-deep", "the JSON is nested deeper than this program reads.")
                : SetError.Fails("the text is not JSON.");
        }
        catch (InvalidOperationException)
        {
            return new(FailureKind.Refused, "set-json-text", "a text holds half a surrogate pair, which Go replaces.");
        }
    }

    private static HelmValue Convert(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => new HelmText(reader.GetString()!),
        JsonTokenType.Number => new HelmNumber(reader.GetDouble()),
        JsonTokenType.True or JsonTokenType.False => new HelmBoolean(reader.GetBoolean()),
        JsonTokenType.StartArray => ConvertList(ref reader),
        JsonTokenType.StartObject => ConvertMap(ref reader),
        _ => HelmNull.Instance,
    };

    private static HelmList ConvertList(ref Utf8JsonReader reader)
    {
        var items = ImmutableArray.CreateBuilder<HelmValue>();
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray) items.Add(Convert(ref reader));
        return new HelmList(items.DrainToImmutable());
    }

    private static HelmMap ConvertMap(ref Utf8JsonReader reader)
    {
        var entries = new List<HelmEntry>();
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndObject)
        {
            var key = reader.GetString()!;
            reader.Read();
            entries.Add(new(key, Convert(ref reader)));
        }

        return HelmMap.From(entries);
    }

    private static bool HasNoFlaw(HelmValue value) => value switch
    {
        HelmNumber number => double.IsFinite(number.Value),
        HelmList list => list.Items.All(HasNoFlaw),
        HelmMap map => map.Entries.All(entry => HasNoFlaw(entry.Value)),
        _ => true,
    };
}
