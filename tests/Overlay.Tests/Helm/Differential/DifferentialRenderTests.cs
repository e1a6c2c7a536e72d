using System.Text;
using System.Text.Json;
using OdooSky.GitOps.Overlay.Helm;
using Xunit;

namespace OdooSky.GitOps.Overlay.Tests.Helm.Differential;

/// <summary>Whole renders: several files, chart defaults, arguments, in both versions of Helm.</summary>
public sealed class DifferentialRenderTests
{
    private const string Template = """
        kind: ConfigMap
        apiVersion: v1
        metadata: {name: answers}
        # = {{ .Values.addons | toJson | b64enc }} {{ .Values | toJson | b64enc }} {{ .Values.addons | toJson | sha256sum | trunc 16 }}
        """;

    [Theory]
    [InlineData(3, "3.17.3", 11)]
    [InlineData(4, "4.2.3", 12)]
    public void Releases_render_as_real_Helm_renders_them_or_are_refused(int major, string version, int seed)
    {
        var helm = major == 3 ? RealHelm.Three : RealHelm.Four;
        foreach (var start in FuzzSeeds.IsLong ? FuzzSeeds.Of(seed, 1) : [(ulong)seed])
        {
            var maker = new ReleaseMaker(new Dice(start));
            var releases = Enumerable.Range(0, 180).Select(_ => maker.Make()).ToArray();
            var outcomes = CompareAll(helm, releases, version);
            var differences = outcomes.OfType<string>().Where(outcome => outcome is not Refusal).ToArray();
            Assert.True(differences.Length == 0, $"{differences.Length} differences\n" + string.Join("\n", differences.OrderBy(each => each.Length).Take(8)));
            Assert.True(outcomes.Count(outcome => outcome is Refusal) * 20 <= releases.Length, "too many were refused");
        }
    }

    internal const string Refusal = "refused";

    /// <summary>Renders and compares, two at a time: null where both agree, <see cref="Refusal"/>, or the difference.</summary>
    internal static string?[] CompareAll(RealHelm helm, IReadOnlyList<Release> releases, string version)
    {
        var outcomes = new string?[releases.Count];
        Parallel.For(0, releases.Count, new ParallelOptions { MaxDegreeOfParallelism = 2 }, i => outcomes[i] = Compare(helm, releases[i], HelmVersion.TryParse(version)));
        return outcomes;
    }

    private static string? Compare(RealHelm helm, Release release, HelmVersion? version)
    {
        var reading = HelmValues.Read(new HelmInput
        {
            Files = [.. release.Files.Select(file => new ReadOnlyMemory<byte>(file))],
            ChartValues = release.Chart is null ? null : new ReadOnlyMemory<byte>(release.Chart),
            Arguments = [.. release.Arguments],
            Version = version,
        });
        if (reading.Failure is { Kind: FailureKind.Refused }) return Refusal;
        var theirs = Render(helm, release, out var errors);
        var ours = reading.Value is null ? null : Encoding.UTF8.GetString(GoJson.Write(reading.Value)) + " " + AddonsHash.Of(reading.Value.Find("addons"));
        if (string.Equals(ours, theirs, StringComparison.Ordinal)) return null;
        var input = release.Files.Append(release.Chart ?? []).Select(Encoding.UTF8.GetString).Concat(release.Arguments);
        return $"{JsonSerializer.Serialize(input)}\n   Helm {theirs ?? errors}\n   here {ours ?? reading.Failure!.Rule + ": " + reading.Failure.Message}";
    }

    private static string? Render(RealHelm helm, Release release, out string errors)
    {
        using var folder = new ScratchFolder();
        folder.WriteChart(Template);
        if (release.Chart is not null) folder.Write("chart/values.yaml", release.Chart);
        var arguments = new List<string> { "template", "x", "chart" };
        for (var i = 0; i < release.Files.Count; i++)
        {
            folder.Write($"values{i}.yaml", release.Files[i]);
            arguments.AddRange(["-f", $"values{i}.yaml"]);
        }

        (var output, errors, var code) = helm.Run(folder, [.. arguments, .. release.Arguments]);
        if (code != 0) return null;
        var answer = output.Split('\n').Single(line => line.StartsWith("# = ", StringComparison.Ordinal)).Split(' ');
        return Encoding.UTF8.GetString(Convert.FromBase64String(answer[3])) + " " + answer[4];
    }
}
