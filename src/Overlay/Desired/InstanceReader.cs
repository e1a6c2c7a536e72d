using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Helm;

namespace OdooSky.GitOps.Overlay.Desired;

/// <summary>Reads an instance's file from its root down.</summary>
internal sealed class InstanceReader(StrictFile file, string? name)
{
    /// <summary>The codes that the file speaks of: by its name, and by the key in it when that differs.</summary>
    public ImmutableArray<string> Claims { get; private set; } = name is null ? [] : [name];

    public InstanceWish? Read()
    {
        if (file.RootOf(DesiredShapes.Instance, "Instance") is not { } root) return null;
        var code = ReadCode(root);
        var values = new ValuesReader(file).Read(root);
        var wish = new InstanceWish
        {
            // A file without a valid code is never planned; the rest is read for its problems.
            Code = code ?? Placeholder,
            Place = root.Find("code")?.Place ?? root.Place,
            State = root.Find("state")?.Word<InstanceState>() ?? InstanceState.Present,
            Target = ReadTarget(root),
            Labels = ReadLabels(root),
            Series = ReadSeries(root),
            CloneFrom = ReadCloneFrom(root, code),
            Addons = new AddonRowReader(file).Read(root),
            Values = values,
            Unset = new UnsetReader(file).Read(root, values),
            Request = RequestFields.Read(root),
        };
        CompareSeries(root, wish);
        return code is null ? null : wish;
    }

    private static InstanceCode Placeholder { get; } = InstanceCode.TryParse("placeholder")!;

    private InstanceCode? ReadCode(StrictMap root)
    {
        var named = InstanceCode.TryParse(name);
        if (name is not null && named is null)
            file.Error(
                DesiredCodes.InvalidCode,
                new Place(file.Path),
                $"The file's name {TextRules.Quote(name)} is no instance code.",
                CodeRemedy);
        if (root.Find("code") is not { } node || node.Text() is not { } text) return null;
        if (!string.Equals(text, name, StringComparison.Ordinal)) Claims = Claims.Add(text);
        if (InstanceCode.TryParse(text) is not { } code)
        {
            file.Error(DesiredCodes.InvalidCode, node.Place, $"code is {TextRules.Quote(text)}, which is no instance code.", CodeRemedy);
            return null;
        }

        if (code == named || named is null) return code;
        file.Error(
            DesiredCodes.FileNameMismatch,
            node.Place,
            $"code is {code}, but the file is named {name}.yaml.",
            $"Rename the file to {code}.yaml, or write code: {name}.");
        return code;
    }

    private const string CodeRemedy = "Use a lower-case DNS label that starts with a letter and has at most 40 characters: a-z, 0-9 and -.";

    private static string? ReadTarget(StrictMap root)
    {
        if (root.Find("target") is not { } node || node.Text() is not { } text) return null;
        if (TextRules.IsSource(text)) return text;
        node.Wrong("a target's name: a-z, 0-9 and -, with a letter first");
        return null;
    }

    private ImmutableSortedDictionary<string, string> ReadLabels(StrictMap root)
    {
        var labels = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var entry in root.Entries("labels"))
        {
            if (!TextRules.IsLabel(entry.Key)) Refuse(entry.Place, $"The label's name {TextRules.Quote(entry.Key)}");
            if (entry.Value.Text() is not { } text) continue;
            if (!TextRules.IsLabel(text)) Refuse(entry.Value.Place, $"{entry.Value.Name}, {TextRules.Quote(text)},");
            labels[entry.Key] = text;
        }

        return labels.ToImmutable();

        void Refuse(Place place, string what) =>
            file.Error(
                DesiredCodes.InvalidLabel,
                place,
                $"{what} is no label.",
                "Use 1 to 63 letters, digits, -, _ and ., with a letter or digit first and last, without \"..\".");
    }

    private static string? ReadSeries(StrictMap root)
    {
        if (root.Find("odoo") is not { } node || node.Text() is not { } text) return null;
        if (OdooSeries.IsSeries(text)) return text;
        node.Wrong("an Odoo series such as \"17.0\"");
        return null;
    }

    private InstanceCode? ReadCloneFrom(StrictMap root, InstanceCode? code)
    {
        if (root.Find("cloneFromCode") is not { } node || node.Text() is not { } text) return null;
        var from = InstanceCode.TryParse(text);
        if (from is null)
            file.Error(
                DesiredCodes.InvalidCode,
                node.Place,
                $"cloneFromCode is {TextRules.Quote(text)}, which is no instance code.",
                CodeRemedy);
        else if (from == code)
            file.Error(
                DesiredCodes.CloneOfItself,
                node.Place,
                $"{code} can't be cloned from itself.",
                "Name another instance, or leave cloneFromCode out.");
        return from == code ? null : from;
    }

    private void CompareSeries(StrictMap root, InstanceWish wish)
    {
        if (wish.Values.Find("image") is not HelmMap image || image.Find("tag") is not { } tag) return;
        var place = root.Find("values")!.Place;
        if (tag is HelmNumber)
            file.Warn(
                DesiredCodes.NumericTag,
                place,
                "values.image.tag is a number: 17.0 would render as 17.",
                "Put the tag in double quotes.");
        else if (tag is HelmText text && wish.Series is { } series && OdooSeries.OfTag(text.Value) is { } tagged && tagged != series)
            file.Warn(
                DesiredCodes.SeriesMismatch,
                place,
                $"values.image.tag is of series {tagged}, but odoo is {series}.",
                "Correct whichever is wrong: odoo chooses the addons' versions.");
    }
}
