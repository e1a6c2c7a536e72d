using System.Text;
using OdooSky.GitOps.Overlay.Helm;
using Xunit;

namespace OdooSky.GitOps.Overlay.Tests.Helm.Differential;

/// <summary>Texts that nobody wrote, read here and by real Helm.</summary>
public sealed class DifferentialFuzzTests
{
    private const int Batch = 10_000;

    [Theory]
    [InlineData(3, 1)]
    [InlineData(4, 2)]
    public void Texts_read_as_real_Helm_reads_them_or_are_refused(int major, int seed)
    {
        var helm = major == 3 ? RealHelm.Three : RealHelm.Four;
        var differences = new List<string>();
        int read = 0, refused = 0, batches = 0;
        foreach (var start in FuzzSeeds.Of(seed, batches: 2))
        {
            batches++;
            var maker = new TextMaker(new Dice(start));
            var texts = Enumerable.Range(0, Batch).Select(_ => Encoding.UTF8.GetBytes(maker.Make())).ToArray();
            var answers = helm.Read(texts);
            for (var i = 0; i < texts.Length; i++)
            {
                var outcome = Compare(texts[i], answers[i]);
                if (outcome is Refusal) refused++;
                else if (outcome is not null) differences.Add(outcome);
                if (answers[i] is not null) read++;
            }

            if (differences.Count > 0) break;
        }

        Assert.True(differences.Count == 0, $"{differences.Count} differences\n" + string.Join("\n", differences.OrderBy(each => each.Length).Take(12)));
        Assert.True(read > Batch * batches * 35 / 100, $"only {read} texts were valid");
        Assert.True(refused * 50 <= Batch * batches, $"{refused} texts were refused");
    }

    private const string Refusal = "refused";

    private static string? QuickWayDiffers(byte[] text, HelmReading<HelmMap> reading)
    {
        foreach (var key in (reading.Value?.Entries.Select(entry => entry.Key) ?? []).Append("missing"))
        {
            var quick = DirectJson.TryHash(text, Encoding.UTF8.GetBytes(key));
            if (quick is not null && quick != (reading.Value is null ? null : AddonsHash.Of(reading.Value.Find(key)))) return key;
        }

        return null;
    }

    private static string? Compare(byte[] text, string? answer)
    {
        var reading = HelmValues.Read(new HelmInput { Files = [text], Version = HelmVersion.TryParse("3.17.3") });
        if (reading.Failure is { Kind: FailureKind.Refused }) return Refusal;
        if (QuickWayDiffers(text, reading) is { } key) return $"the quick way differs in {key}: {Encoding.UTF8.GetString(text)}";
        var ours = reading.Value is null ? null : Encoding.UTF8.GetString(GoJson.Write(reading.Value));
        var theirs = answer is "null" ? "{}" : answer;
        if (string.Equals(ours, theirs, StringComparison.Ordinal)) return null;
        return $"{System.Text.Json.JsonSerializer.Serialize(Encoding.UTF8.GetString(text))}\n   Helm {theirs ?? "fails"}\n   here {ours ?? reading.Failure!.Rule + " " + reading.Failure.Line}";
    }
}
