using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OdooSky.GitOps.Overlay.Helm;

namespace OdooSky.GitOps.Reconciler.Cli;

/// <summary>
/// <c>odoosky hash --batch</c>: one JSON object a line in, one a line out, in order. A question has <c>values</c> (texts),
/// <c>valuesBase64</c> (used where <c>values</c> has null), <c>chartValues</c>, <c>args</c> and <c>helm</c>; an answer has
/// <c>json</c> and <c>hash</c>, or <c>error</c> (Helm fails, or <c>question:</c> and what is wrong with the line), or <c>refused</c> (no certain answer).
/// </summary>
internal static class HashBatch
{
    private static readonly ImmutableArray<string> Lists = ["values", "valuesBase64", "args"];
    private static readonly ImmutableArray<string> Fields = [.. Lists, "chartValues", "helm"];

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
            if (answer["error"]?.GetValue<string>().StartsWith("question: ", StringComparison.Ordinal) == true) exit = ExitCode.Error;
            surroundings.Terminal.PrintJsonLine(answer);
        }

        return exit;
    }

    private static JsonObject Answer(string line)
    {
        try
        {
            return JsonNode.Parse(line) is JsonObject question ? Answer(question) : Invalid("a question is a JSON object");
        }
        catch (Exception failure) when (failure is JsonException or FormatException or InvalidOperationException or ArgumentException)
        {
            return Invalid(failure.Message);
        }
    }

    private static JsonObject Answer(JsonObject question)
    {
        if (question.Select(field => field.Key).FirstOrDefault(key => !Fields.Contains(key, StringComparer.Ordinal)) is { } unknown)
            return Invalid($"unknown key {unknown}; known are {string.Join(", ", Fields)}");
        if (Lists.FirstOrDefault(key => question[key] is not (null or JsonArray)) is { } wrong) return Invalid($"{wrong} is a list");
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
            Arguments = [.. (question["args"] as JsonArray ?? []).Select(argument => argument?.GetValue<string>() ?? string.Empty)],
            Version = version,
        });
        if (reading.Failure is { } failure)
            return new JsonObject { [failure.Kind == FailureKind.HelmFails ? "error" : "refused"] = $"{failure.Rule}: {failure.Message}" };
        var addons = reading.Value!.Find("addons") ?? HelmNull.Instance;
        return new JsonObject { ["json"] = Encoding.UTF8.GetString(GoJson.Write(addons)), ["hash"] = AddonsHash.Of(addons) };
    }

    private static ImmutableArray<ReadOnlyMemory<byte>> Files(JsonObject question)
    {
        var texts = question["values"] as JsonArray ?? [];
        var coded = question["valuesBase64"] as JsonArray ?? [];
        var files = ImmutableArray.CreateBuilder<ReadOnlyMemory<byte>>();
        for (var i = 0; i < Math.Max(texts.Count, coded.Count); i++)
        {
            var text = i < texts.Count ? texts[i]?.GetValue<string>() : null;
            files.Add(text is not null ? Encoding.UTF8.GetBytes(text) : Convert.FromBase64String((i < coded.Count ? coded[i]?.GetValue<string>() : null) ?? throw new FormatException($"values[{i}] is null, and valuesBase64 has no text for it")));
        }

        return files.ToImmutable();
    }

    private static JsonObject Invalid(string why) => new() { ["error"] = $"question: {why}" };
}
