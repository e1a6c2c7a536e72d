using OdooSky.GitOps.Overlay.Helm;
using OdooSky.GitOps.Overlay.Helm.Yaml;

namespace OdooSky.GitOps.Overlay.Desired;

/// <summary>Looks at every node of a strict file for what is refused wherever it stands. The reader's limits bound the recursion.</summary>
internal sealed class StrictStructure(StrictFile file)
{
    private bool shorthand;

    /// <summary>Reports what is refused; false when nothing of the file is safe to read.</summary>
    public bool Check(YamlNode root)
    {
        Visit(root);
        return !shorthand;
    }

    private void Visit(YamlNode node)
    {
        if (node.Kind == YamlKind.Alias) Refuse(node, $"The alias *{node.Anchor} is refused.", "Write the value itself.");
        else if (node.Anchor is not null) Refuse(node, $"The anchor &{node.Anchor} is refused.", "Write the value where it is needed.");
        else if (node.Tag is not null) Refuse(node, "A tag is refused.", "Leave the tag out, and put a text in double quotes.");
        if (node.Kind == YamlKind.Mapping) VisitPairs(node);
        if (node.Kind != YamlKind.Sequence) return;
        foreach (var item in node.Items) Visit(item);
    }

    private void VisitPairs(YamlNode map)
    {
        var seen = new Dictionary<string, YamlNode>(StringComparer.Ordinal);
        foreach (var pair in map.Pairs)
        {
            VisitKey(pair.Key, seen);
            Visit(pair.Value);
        }
    }

    private void VisitKey(YamlNode key, Dictionary<string, YamlNode> seen)
    {
        if (key.Kind != YamlKind.Scalar)
        {
            Visit(key);
            Complain(file.Codes.KeyNotText, key, "A key is a list, a map or an alias.", "Write a text.");
            return;
        }

        var text = key.Text;
        if (key.Anchor is not null || key.Tag is not null) Visit(key);
        if (key.Style == YamlStyle.Plain && text == "<<") Refuse(
            key,
            "The merge key << is refused.",
            "Write the keys where they are needed.");
        else if (key.Style == YamlStyle.Plain && key.Tag is null && !YamlText.IsPlain(text) && key.ToValue().Value is not HelmText)
            Complain(file.Codes.KeyNotText, key, $"The key {TextRules.Quote(key.Text)} is no text to YAML.", $"Write \"{key.Text}\":");
        if (seen.TryAdd(text, key)) return;
        Complain(
            file.Codes.DuplicateKey,
            key,
            $"The key {TextRules.Quote(key.Text)} stands twice in one map; it stood before in line {seen[text].Line}.",
            "Keep one of the two.");
    }

    private void Refuse(YamlNode node, string message, string remedy)
    {
        shorthand = true;
        Complain(file.Codes.Shorthand, node, message, remedy);
    }

    private void Complain(string code, YamlNode node, string message, string remedy) => file.Error(code, file.PlaceOf(node), message, remedy);
}
