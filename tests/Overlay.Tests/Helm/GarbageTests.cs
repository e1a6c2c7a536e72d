using System.Text;
using OdooSky.GitOps.Overlay.Helm;
using OdooSky.GitOps.Overlay.Helm.Yaml;
using Xunit;

namespace OdooSky.GitOps.Overlay.Tests.Helm;

/// <summary>Rented arrays are given back: reading again and again leaves only what was asked for.</summary>
public sealed class GarbageTests
{
    private static readonly byte[] Text = Encoding.UTF8.GetBytes("addons:\n" + string.Concat(Enumerable.Repeat("- {name: \"a\\tb\", version: 17.0}\n", 40)));

    [Fact]
    public void The_quick_way_leaves_the_hash_alone() => Assert.InRange(Allocated(() => DirectJson.TryHash(Text, "addons"u8)), 0, 64);

    [Fact]
    public void A_text_that_is_not_read_leaves_nothing()
    {
        var table = default(YamlTable);
        Assert.InRange(Allocated(() => YamlReader.Read("a: [b, c"u8, YamlLimits.Values, out table)), 0, 1);
        Assert.InRange(Allocated(() => YamlReader.Read("a: [b, c\u0001"u8, YamlLimits.Values, out table)), 0, 2);
    }

    [Fact]
    public void Written_values_leave_their_bytes()
    {
        var value = new HelmList([new HelmText("a"), new HelmNumber(1)]);
        Assert.InRange(Allocated(() => GoJson.Write(value)), 0, 48);
    }

    [Fact]
    public void A_document_leaves_its_table_and_a_text_its_string()
    {
        var node = YamlDocument.Read("a: \"b\\tc\"\n"u8.ToArray(), YamlLimits.Values).Value!.Root!.Value.Find("a")!.Value;
        Assert.InRange(Allocated(() => _ = node.Text), 0, 48);
        Assert.InRange(Allocated(() => YamlDocument.Read(Text, YamlLimits.Values)), 0, 9_000);
        Assert.InRange(Allocated(() => new DocumentSplitter(Text).Split()), 0, 1_600);
    }

    private static long Allocated(Action read)
    {
        for (var i = 0; i < 3; i++) read();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10; i++) read();
        return (GC.GetAllocatedBytesForCurrentThread() - before) / 10;
    }
}
