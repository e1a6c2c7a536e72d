using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Helm.Yaml;

namespace OdooSky.GitOps.Overlay.Helm;

/// <summary>Turns nodes into values as goyaml v2 decodes them and sigs.k8s.io/yaml makes JSON of them.</summary>
internal sealed partial class ValueReader(YamlDocument document)
{
    /// <summary>Deeper values than this are refused wherever they come from, so that nothing that walks them can overflow.</summary>
    private const int DeepestValue = 1_000;

    /// <summary>Text that aliases may multiply to; Helm would go on until memory ends.</summary>
    private const long LargestText = 64 << 20;

    private readonly AliasBudget budget = new();
    private readonly Dictionary<int, Anchored> anchored = [];
    private readonly HashSet<int> open = [];
    private HelmFlaw? failure;
    private bool hasFlaws;
    private int depth;
    private int height;
    private long textLength;

    /// <summary>What an anchor stands for, kept so that following an alias costs nothing however often it is done.</summary>
    private sealed record Anchored(HelmValue Value, MapBuilder? Map, long Nodes, int Height, long TextLength);

    /// <summary>Reads the value of a node.</summary>
    /// <param name="index">The node's entry; 0 is the root.</param>
    /// <returns>The value, or why Helm has none.</returns>
    public HelmReading<HelmValue> Read(int index)
    {
        // goyaml counts the document itself.
        budget.TryCount(1);
        var value = Decode(index);
        if (failure is null && hasFlaws) failure = HelmFlaw.FindIn(value);
        return failure is null ? new(value) : new(failure.ToFailure(document));
    }

    private HelmValue Decode(int index)
    {
        ref readonly var entry = ref document.Entry(index);
        if (!budget.TryCount(1)) return Fail(index, "alias-budget", "The document consists nearly only of aliases; Helm takes it for an attack.");
        if (depth > DeepestValue) return Refuse(index, "too-deep", "Aliases nest deeper than this program reads.");
        if (entry.Kind is YamlKind.Alias) return DecodeAlias(index).Value;
        return document.PropertiesOf(index).Anchor is null ? DecodeContent(index).Value : DecodeAnchored(index).Value;
    }

    private (HelmValue Value, MapBuilder? Map) DecodeContent(int index)
    {
        depth++;
        height = 0;
        MapBuilder? map = null;
        var value = document.Entry(index).Kind switch
        {
            YamlKind.Scalar => DecodeScalar(index),
            YamlKind.Sequence => DecodeSequence(index),
            _ => DecodeMapping(index, out map),
        };
        depth--;
        return (value, map);
    }

    private Anchored DecodeAnchored(int index)
    {
        long nodes = budget.Decoded, text = textLength;
        open.Add(index);
        var (value, map) = DecodeContent(index);
        open.Remove(index);
        return anchored[index] = new(value, map, budget.Decoded - nodes + 1, height, textLength - text);
    }

    private Anchored DecodeAlias(int index)
    {
        var target = document.Entry(index).Detail;
        if (open.Contains(target)) return Nothing(Fail(index, "alias-of-itself", "The anchor's value contains its own alias."));
        budget.Depth++;
        if (!anchored.TryGetValue(target, out var known))
        {
            budget.TryCount(1);
            known = DecodeAnchored(target);
        }
        else
        {
            textLength += known.TextLength;
            if (!budget.TryCount(known.Nodes)) known = Nothing(Fail(index, "alias-budget", "The document consists nearly only of aliases; Helm takes it for an attack."));
        }

        budget.Depth--;
        height = known.Height;
        if (depth + height > DeepestValue) Refuse(index, "too-deep", "Aliases nest deeper than this program reads.");
        if (textLength > LargestText) Refuse(index, "aliases-too-large", "Aliases multiply the text beyond what this program reads.");
        return known;
    }

    private static Anchored Nothing(HelmValue value) => new(value, null, 0, 0, 0);

    private HelmList DecodeSequence(int index)
    {
        var items = ImmutableArray.CreateBuilder<HelmValue>();
        int end = document.Entry(index).Next, highest = 0;
        for (var item = index + 1; item < end && failure is null; item = document.Entry(item).Next)
        {
            items.Add(Decode(item));
            highest = Math.Max(highest, height);
        }

        height = highest + 1;
        return new HelmList(items.DrainToImmutable());
    }

    private HelmFlaw Fail(int index, string rule, string message) => Stop(new(FailureKind.HelmFails, rule, message, document.Entry(index).ContentStart));

    private HelmFlaw Refuse(int index, string rule, string message) => Stop(new(FailureKind.Refused, rule, message, document.Entry(index).ContentStart));

    private HelmFlaw Stop(HelmFlaw flaw) => failure ??= flaw;
}
