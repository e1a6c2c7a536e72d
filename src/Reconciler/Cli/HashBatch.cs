using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Helm;

namespace OdooSky.GitOps.Reconciler.Cli;

/// <summary>
/// <c>odoosky hash --batch</c>: one JSON object a line in, one a line out, in order. A question has <c>values</c> (texts),
/// <c>valuesBase64</c> (used where <c>values</c> has null), <c>chartValues</c>, <c>args</c> and <c>helm</c>; an answer has
/// <c>json</c> and <c>hash</c>, or <c>error</c> (Helm fails, or the line is no question), or <c>refused</c> (no certain answer).
/// A question may also have a <c>name</c> and what an answer has, so that recorded answers can be asked again.
/// </summary>
internal static class HashBatch
{
    private const string NoQuestion = "no-question: ";

    private static readonly string[] Asked = ["values", "valuesBase64", "chartValues", "args", "helm"];
    private static readonly string[] Passed = ["name", "json", "hash", "error", "refused", "alsoHelm"];
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Answers until the input ends.</summary>
    /// <param name="surroundings">Where it reads and prints.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Ok, or Error when a line was no question.</returns>
    public static async Task<ExitCode> RunAsync(Surroundings surroundings, CancellationToken cancellationToken)
    {
        // Bytes as they are: what is no UTF-8 must not become another text, which would have another hash.
        using var input = new StreamReader(surroundings.Input, Encoding.Latin1, detectEncodingFromByteOrderMarks: false);
        var exit = ExitCode.Ok;
        while (await input.ReadLineAsync(cancellationToken) is { } line)
        {
            if (string.IsNullOrWhiteSpace(line)) continue;
            var answer = AnswerLine(Encoding.Latin1.GetBytes(line));
            if (answer["error"]?.GetValue<string>().StartsWith(NoQuestion, StringComparison.Ordinal) == true) exit = ExitCode.Error;
            surroundings.Terminal.PrintJsonLine(answer);
        }

        return exit;
    }

    private static JsonObject AnswerLine(byte[] line)
    {
        try
        {
            var text = Utf8.GetString(line).TrimStart('\uFEFF');
            return JsonNode.Parse(text, null, Strict) is JsonObject question ? Answer(question) : Invalid("a question is a JSON object");
        }
        catch (FormatException failure)
        {
            return Invalid(failure.Message);
        }
        catch (DecoderFallbackException)
        {
            return Invalid("the line is not UTF-8");
        }
        catch (InvalidOperationException)
        {
            return Invalid("a text holds half a surrogate pair");
        }
        catch (JsonException)
        {
            return Invalid("the line is not JSON, or has a key twice");
        }
    }

    private static JsonObject Answer(JsonObject question)
    {
        if (question.Select(pair => pair.Key).FirstOrDefault(key => !Asked.Contains(key) && !Passed.Contains(key)) is { } unknown)
            return Invalid($"a question has no key {unknown}; it has {string.Join(", ", Asked)}" + (NearestWord.Of(unknown, Asked) is { } near ? $". Did you mean {near}?" : string.Empty));
        HelmVersion? version = null;
        if (question["helm"] is { } wanted)
        {
            version = HelmVersion.TryParse(Text(wanted, "helm"));
            if (version is null) return new JsonObject { ["refused"] = $"unsupported-version: Helm {wanted} is not one that this program answers for." };
        }

        var reading = HelmValues.ReadAddons(new HelmInput
        {
            Files = Files(question),
            ChartValues = question["chartValues"] is { } chart ? Encoding.UTF8.GetBytes(Text(chart, "chartValues")) : null,
            Arguments = [.. List(question, "args").Select(argument => Text(argument, "an argument"))],
            Version = version,
        });
        if (reading.Failure is { } failure)
            return new JsonObject { [failure.Kind == FailureKind.HelmFails ? "error" : "refused"] = $"{failure.Rule}: {failure.Message}" };
        var addons = reading.Value!;
        return new JsonObject { ["json"] = Encoding.UTF8.GetString(GoJson.Write(addons)), ["hash"] = AddonsHash.Of(addons) };
    }

    private static ImmutableArray<ReadOnlyMemory<byte>> Files(JsonObject question)
    {
        var texts = List(question, "values");
        var coded = List(question, "valuesBase64");
        var files = ImmutableArray.CreateBuilder<ReadOnlyMemory<byte>>();
        for (var i = 0; i < Math.Max(texts.Count, coded.Count); i++)
        {
            var text = i < texts.Count && texts[i] is { } written ? Text(written, $"values {i}") : null;
            var bytes = i < coded.Count && coded[i] is { } base64 ? Text(base64, $"valuesBase64 {i}") : null;
            if (text is null && bytes is null) throw new FormatException($"file {i} has neither values nor valuesBase64");
            files.Add(text is not null ? Encoding.UTF8.GetBytes(text) : Decode(bytes!, i));
        }

        return files.ToImmutable();
    }

    private static byte[] Decode(string base64, int file)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var count) ? bytes[..count] : throw new FormatException($"valuesBase64 {file} is not base64");
    }

    // What is no list must not be taken for an empty one: that would be a hash of something else.
    private static JsonArray List(JsonObject question, string key) =>
        question[key] is null ? [] : question[key] as JsonArray ?? throw new FormatException($"{key} is no list");

    private static string Text(JsonNode? node, string what) =>
        node is JsonValue value && value.TryGetValue<string>(out var text) ? text : throw new FormatException($"{what} is no text");

    private static JsonObject Invalid(string why) => new() { ["error"] = NoQuestion + why };
}
