using System.Text;
using System.Text.Json.Nodes;
using OdooSky.GitOps.Overlay.Helm;
using OdooSky.GitOps.Overlay.Tests.Helm.Differential;
using Xunit;

namespace OdooSky.GitOps.Overlay.Tests.Document;

/// <summary>Edited files, read by the real program.</summary>
public sealed class EditedHashTests
{
    private const int Batch = 5_000;

    [Theory]
    [InlineData(3, 0)]
    [InlineData(4, 100_000)]
    public void The_values_and_the_hash_of_an_edited_file_are_those_of_real_Helm(int major, int firstSeed)
    {
        var helm = major == 3 ? RealHelm.Three : RealHelm.Four;
        for (var start = firstSeed; start < firstSeed + (2 * Batch); start += Batch)
        {
            var files = new byte[Batch][];
            var ours = new HelmMap[Batch];
            Parallel.For(0, Batch, i => (files[i], ours[i]) = Edited(start + i));

            var theirs = helm.Read(files);

            for (var i = 0; i < Batch; i++) AssertSame(theirs[i], ours[i], start + i);
        }
    }

    private static (byte[] Text, HelmMap Values) Edited(int seed)
    {
        var file = new EditedFile(seed);
        return (file.Text, file.After.Values);
    }

    private static void AssertSame(string? theirs, HelmMap ours, int seed)
    {
        Assert.True(theirs is not null, $"seed {seed}: Helm can't read the edited file");
        Assert.True(theirs == Encoding.UTF8.GetString(GoJson.Write(ours)), $"seed {seed}: Helm reads {theirs}");
        var rows = JsonNode.Parse(theirs)!["addons"];
        Assert.Equal(rows is null, ours.Find("addons") is null or HelmNull);
    }
}
