using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OdooSky.GitOps.Overlay.Helm;

namespace OdooSky.GitOps.Reconciler.Cli;

/// <summary>
/// <c>odoosky hash --batch</c>: one JSON object a line in, one a line out, in order. A question has <c>values</c> (texts),
/// <c>valuesBase64</c> (used where <c>values</c> has null), <c>chartValues</c>, <c>args</c> and <c>helm</c>; an answer has
/// <c>json</c> and <c>hash</c>, or <c>error</c> (Helm fails, or the line is no question), or <c>refused</c> (no certain answer).
/// </summary>
internal static class HashBatch
{
    private const string NoQuestion = "no-question: ";

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>Answers until the input ends.</summary>
    /// <param name="surroundings">Where it reads and prints.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Ok, or Error when a line was no question.</returns>
    public static async Task<ExitCode> RunAsync(Surroundings surroundings, CancellationToken cancellationToken)
    {
        using var input = new StreamReader(surroundings.Input, new UTF8Encoding(false));
        var exit = ExitCode.Ok;
        while (await input.ReadLineAsync(cancellationToken) is { } line)
        {
            if (string.IsNullOrWhiteSpace(line)) continue;
            var answer = Answer(line);
            if (answer["error"]?.GetValue<string>().StartsWith(NoQuestion, StringComparison.Ordinal) == true) exit = ExitCode.Error;
            surroundings.Terminal.PrintJsonLine(answer);
        }

        return exit;
    }

    private static JsonObject Answer(string line)
    {
        try
        {
            return JsonNode.Parse(line, null, Strict) is JsonObject question ? Answer(question) : Invalid("a question is a JSON object");
        }
        catch (Exception failure) when (failure is JsonException or FormatException or InvalidOperationException)
        {
            return Invalid(failure.Message);
        }
    }

    private static JsonObject Answer(JsonObject question)
    {
        HelmVersion? version = null;
        if (question["helm"] is { } wanted)
        {
            version = HelmVersion.TryParse(wanted.GetValue<string>());
            if (version is null) return new JsonObject { ["refused"] = $"unsupported-version: Helm {wanted} is not one that this program answers for." };
        }

        var reading = HelmValues.Read(new HelmInput
        {
            Files = Files(question),
            ChartValues = question["chartValues"]?.GetValue<string>() is { } chart ? Encoding.UTF8.GetBytes(chart) : null,
            Arguments = [.. List(question, "args").Select(argument => argument?.GetValue<string>() ?? string.Empty)],
            Version = version,
        });
        if (reading.Failure is { } failure)
            return new JsonObject { [failure.Kind == FailureKind.HelmFails ? "error" : "refused"] = $"{failure.Rule}: {failure.Message}" };
        var addons = reading.Value!.Find("addons") ?? HelmNull.Instance;
        return new JsonObject { ["json"] = Encoding.UTF8.GetString(GoJson.Write(addons)), ["hash"] = AddonsHash.Of(addons) };
    }

    private static ImmutableArray<ReadOnlyMemory<byte>> Files(JsonObject question)
    {
        var texts = List(question, "values");
        var coded = List(question, "valuesBase64");
        var files = ImmutableArray.CreateBuilder<ReadOnlyMemory<byte>>();
        for (var i = 0; i < Math.Max(texts.Count, coded.Count); i++)
        {
            var text = i < texts.Count ? texts[i]?.GetValue<string>() : null;
            var bytes = i < coded.Count ? coded[i]?.GetValue<string>() : null;
            if (text is null && bytes is null) throw new FormatException($"file {i} has neither values nor valuesBase64");
            files.Add(text is not null ? Encoding.UTF8.GetBytes(text) : Convert.FromBase64String(bytes!));
        }

        return files.ToImmutable();
    }

    // What is no list must not be taken for an empty one: that would be a hash of something else.
    private static JsonArray List(JsonObject question, string key) =>
        question[key] is null ? [] : question[key] as JsonArray ?? throw new FormatException($"{key} is no list");

    private static JsonObject Invalid(string why) => new() { ["error"] = NoQuestion + why };
}
