using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Helm;
using OdooSky.GitOps.Overlay.Helm.Yaml;

namespace OdooSky.GitOps.Overlay.Document;

/// <summary>Reads one values file, and says what prevents it.</summary>
internal sealed class OverlayReader(string path, InstanceCode code)
{
    private readonly ProblemList problems = new(path, code);

    public OverlayReading Read(ReadOnlyMemory<byte> text)
    {
        var tree = YamlDocument.Read(text, YamlLimits.Strict);
        var document = tree.Value is null ? Unreadable(tree.Failure!) : Read(tree.Value);
        return new(problems.HasErrors ? null : document, problems.ToImmutable());
    }

    private OverlayDocument? Read(YamlDocument tree)
    {
        problems.Tree = tree;
        RefuseRest(tree);
        var root = tree.Root;
        if (root is { } node && !IsMapOrNull(node)) return NotAMap(node);
        var values = ReadValues(root);
        if (values is null || problems.HasErrors) return null;
        RefuseTwice(root, ManagedKeys.Addons, ManagedKeys.Instance);
        RefuseTwice(root?.Find(ManagedKeys.Instance), ManagedKeys.Code, ManagedKeys.CloneFrom);
        CheckCode(root, values);
        return new(path, code, tree) { Values = values, Rows = new RowReader(problems).Read(root, values.Find(ManagedKeys.Addons)) };
    }

    private OverlayDocument? Unreadable(HelmFailure failure)
    {
        var message = failure.Kind == FailureKind.HelmFails ? "Helm can't read this file: " : "What Helm reads here is not certain: ";
        problems.Add(DocumentProblems.Unreadable, failure, message + failure.Message, "Correct the file by hand.");
        return null;
    }

    private OverlayDocument? NotAMap(YamlNode node)
    {
        problems.Add(
            DocumentProblems.NotAMap,
            node.Start,
            "A values file must be a map of keys, and this one is not.",
            "Write keys such as addons: at the top level.");
        return null;
    }

    private static bool IsMapOrNull(YamlNode node) => node.Kind == YamlKind.Mapping || node.ToValue().Value is HelmNull;

    private void RefuseRest(YamlDocument tree)
    {
        if (tree.HasSeveralDocuments || tree.RestStart < tree.Text.Length)
            problems.Add(
                DocumentProblems.SeveralDocuments,
                tree.RestStart,
                WordsOn(tree),
                tree.HasSeveralDocuments ? "Keep one document without --- or ... behind it." : "Indent all top-level keys alike.");
    }

    private static string WordsOn(YamlDocument tree) =>
        !tree.HasSeveralDocuments ? "Helm ignores everything from here on, because the top level ends above."
        : tree.RestStart < tree.Text.Length && tree.Text.Span[tree.RestStart] == (byte)'-' ? "The file holds more than one YAML document; Helm 3 reads the first, Helm 4 all."
        : "The file ends its document with '...', behind which Helm reads nothing.";

    private HelmMap? ReadValues(YamlNode? root)
    {
        var reading = root?.ToValue();
        if (reading?.Failure is { } failure) Unreadable(failure);
        return reading is null || reading.Value is HelmNull ? HelmMap.Empty : reading.Value as HelmMap;
    }

    private void RefuseTwice(YamlNode? map, params ReadOnlySpan<string> keys)
    {
        if (map is not { } node) return;
        foreach (var key in keys)
            if (KeyName.FindAll(node, key) is [_, var second, ..])
                problems.Add(
                    DocumentProblems.DuplicateKey, second.Key.Start, $"The key {key} stands here a second time.", "Keep one of them.");
    }

    private void CheckCode(YamlNode? root, HelmMap values)
    {
        var written = (values.Find(ManagedKeys.Instance) as HelmMap)?.Find(ManagedKeys.Code);
        var place = root?.Find(ManagedKeys.Instance);
        if (written is HelmText text && string.Equals(text.Value, code.Text, StringComparison.Ordinal)) return;
        if (written is null or HelmNull)
            problems.Warn(
                DocumentProblems.NoCode,
                place?.Start ?? 0,
                "The overlay has no instance.code.",
                $"Write code: \"{code}\" under instance:; it is never added to an overlay that is there already.");
        else
            RefuseCode(written, (place?.Find(ManagedKeys.Code) ?? place)?.Start ?? 0);
    }

    private void RefuseCode(HelmValue written, int offset)
    {
        if (written is HelmText other)
            problems.Add(
                DocumentProblems.OtherCode,
                offset,
                $"instance.code is {ScalarWriter.Quoted(other.Value)}, and the folder says \"{code}\".",
                "Move the file to the folder of its code, or correct the code by hand: it names the database.");
        else
            problems.Add(
                DocumentProblems.OtherCode,
                offset,
                $"instance.code is {Kinds.Of(written)} and must be the text \"{code}\".",
                $"Write code: \"{code}\", in double quotes.");
    }
}
