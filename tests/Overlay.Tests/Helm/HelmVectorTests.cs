using System.Text;
using System.Text.Json;
using OdooSky.GitOps.Overlay.Helm;
using Xunit;

namespace OdooSky.GitOps.Overlay.Tests.Helm;

/// <summary>Cases that real Helm answered: each line's JSON and hash, or its error, for each version that gave it.</summary>
public sealed class HelmVectorTests
{
    private static readonly HashSet<string> KnownRules = new(StringComparer.Ordinal)
    {
        "utf-16", "byte-order-mark", "too-deep", "colliding-keys", "character-behind-the-end", "last-line-4096", "large-chart-number",
    };

    [Theory]
    [InlineData("helm-values.jsonl", 246)]
    [InlineData("helm-set.jsonl", 29)]
    public void Every_vector_reads_as_real_Helm_read_it_or_is_refused_by_a_rule(string file, int lines)
    {
        var wrong = new List<string>();
        int count = 0, answers = 0, refused = 0;
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Vectors", file)))
        {
            count++;
            using var document = JsonDocument.Parse(line);
            foreach (var alike in VersionsOf(document.RootElement).Where(IsSupported).GroupBy(ReadingOf))
            {
                answers += alike.Count();
                var outcome = Judge(document.RootElement, alike.First());
                if (outcome is Refusal) refused += alike.Count();
                else if (outcome is not null) wrong.Add($"{document.RootElement.GetProperty("name").GetString()} as {alike.First()}: {outcome}");
            }
        }

        Assert.Empty(wrong);
        Assert.Equal(lines, count);
        Assert.True(refused * 20 <= answers, $"{refused} of {answers} refused");
    }

    private const string Refusal = "refused";

    private static string? Judge(JsonElement vector, string version)
    {
        var reading = HelmValues.Read(InputOf(vector, HelmVersion.TryParse(version)));
        if (reading.Failure is { Kind: FailureKind.Refused } refusal)
            return KnownRules.Contains(refusal.Rule) ? Refusal : $"refused by the unexpected rule {refusal.Rule}";
        if (!vector.TryGetProperty("hash", out var hash))
            return reading.Failure is null ? "Helm fails, but there is a reading" : null;
        if (reading.Failure is { } failure) return $"{failure.Rule} {failure.Line}:{failure.Column}, but Helm reads it";
        var addons = reading.Value!.Find("addons");
        var json = Encoding.UTF8.GetString(GoJson.Write(addons ?? HelmNull.Instance));
        if (!string.Equals(json, vector.GetProperty("json").GetString(), StringComparison.Ordinal)) return json;
        return string.Equals(AddonsHash.Of(addons), hash.GetString(), StringComparison.Ordinal) ? null : "the hash differs";
    }

    private static HelmInput InputOf(JsonElement vector, HelmVersion? version) => new()
    {
        Files = [.. vector.GetProperty("values").EnumerateArray().Select((file, i) => BytesOf(vector, file, i))],
        ChartValues = vector.TryGetProperty("chartValues", out var chart) ? Encoding.UTF8.GetBytes(chart.GetString()!) : null,
        Arguments = vector.TryGetProperty("args", out var arguments) ? [.. arguments.EnumerateArray().Select(each => each.GetString()!)] : [],
        Version = version,
    };

    private static ReadOnlyMemory<byte> BytesOf(JsonElement vector, JsonElement file, int index) => file.ValueKind is JsonValueKind.Null
        ? vector.GetProperty("valuesBase64")[index].GetBytesFromBase64()
        : Encoding.UTF8.GetBytes(file.GetString()!);

    private static IEnumerable<string> VersionsOf(JsonElement vector)
    {
        yield return vector.TryGetProperty("helm", out var helm) ? helm.GetString()! : "4.2.3";
        if (!vector.TryGetProperty("alsoHelm", out var others)) yield break;
        foreach (var other in others.EnumerateArray()) yield return other.GetString()!;
    }

    /// <summary>Versions that differ in none of these are read by the same code; one of them is enough.</summary>
    private static (bool, NullRule, bool) ReadingOf(string text)
    {
        var version = HelmVersion.TryParse(text)!;
        return (version.SplitsDocuments, version.NullRule, version.KeepsChartDigits);
    }

    /// <summary>Before 3.15 Go wrote JSON differently.</summary>
    private static bool IsSupported(string version) => version is not ("3.9.4" or "3.11.1");
}
