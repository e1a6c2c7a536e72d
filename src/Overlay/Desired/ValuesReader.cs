using System.Text.RegularExpressions;
using OdooSky.GitOps.Overlay.Helm;

namespace OdooSky.GitOps.Overlay.Desired;

/// <summary>Reads <c>values</c>: anything but what the tool itself manages, templates, unseen characters and secrets.</summary>
internal sealed partial class ValuesReader(StrictFile file)
{
    public static bool IsReserved(string key) => key is "addons" or "instance";

    public HelmMap Read(StrictMap root)
    {
        if (root.Find("values") is not { } node) return HelmMap.Empty;
        foreach (var entry in node.Entries())
        {
            if (IsReserved(entry.Key))
                file.Error(
                    DesiredCodes.ReservedValues,
                    entry.Place,
                    $"values.{entry.Key} is not managed here.",
                    entry.Key == "addons" ? "Use the list addons of this file." : "Use code and cloneFromCode of this file.");
            CheckMountPath(entry);
            Check(entry);
        }

        return node.IsMap && file.Sound && node.Value() is HelmMap map ? map : HelmMap.Empty;
    }

    // The path goes into an argument of odoo, where a comma begins another one, and into an environment variable.
    private void CheckMountPath(StrictEntry entry)
    {
        if (entry.Key != "addonsMountPath" || (entry.Value.Value() is HelmText text && PlainPath().IsMatch(text.Value))) return;
        file.Error(
            DesiredCodes.MountPath,
            entry.Place,
            "values.addonsMountPath is no absolute path of letters, digits, ., _ and -.",
            "Write one such as /mnt/extra-addons; no part of it begins with a dot.");
    }

    [GeneratedRegex(@"^(/[A-Za-z0-9_-][A-Za-z0-9_.-]*)+\z")]
    private static partial Regex PlainPath();

    private void Check(StrictEntry entry)
    {
        CheckText(entry.Key, entry.Place, $"A key in {entry.Value.Name}");
        if (SecretNames.IsSecret(entry.Key) && CarriesText(entry.Value))
            file.Error(
                DesiredCodes.SecretValue,
                entry.Place,
                $"{entry.Value.Name} is named like a secret, and the overlay lies in Git for all to read.",
                "Put it into a Secret in the cluster, and name that Secret here, as in existingSecret: <name>.");
        Check(entry.Value);
    }

    private void Check(StrictNode node)
    {
        if (node.IsMap)
            foreach (var entry in node.Entries()) Check(entry);
        else if (node.IsList)
            foreach (var item in node.Items()) Check(item);
        else if (node.Value() is HelmText text) CheckText(text.Value, node.Place, node.Name);
    }

    // A boolean or null can't carry a secret: automountServiceAccountToken: false is none.
    private static bool CarriesText(StrictNode node) =>
        node.IsList ? node.Items().Any(CarriesText) : !node.IsMap && node.Value() is HelmText or HelmNumber;

    private void CheckText(string text, Place place, string name)
    {
        if (text.Contains("{{", StringComparison.Ordinal))
            file.Error(
                DesiredCodes.TemplateText,
                place,
                $"{name} holds {{{{, which a chart's template could execute.",
                "Write a text without {{.");
        if (TextRules.FirstControl(text, lines: true) is { } control)
            file.Error(
                DesiredCodes.ControlCharacter,
                place,
                $"{name} holds the character {TextRules.Name(control)}, which can't be seen.",
                "Remove the character.");
    }
}
