using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Helm;

namespace OdooSky.GitOps.Overlay.Desired;

/// <summary>Reads <c>unset</c>: paths of keys that meet neither <c>values</c> nor each other.</summary>
internal sealed class UnsetReader(StrictFile file)
{
    public ImmutableArray<ValuePath> Read(StrictMap root, HelmMap values)
    {
        var paths = ImmutableArray.CreateBuilder<ValuePath>();
        foreach (var item in root.Items("unset"))
        {
            if (item.Text() is not { } text) continue;
            if (ValuePath.TryParse(text) is not { } path)
                file.Error(
                    DesiredCodes.InvalidPath,
                    item.Place,
                    $"{TextRules.Quote(text)} is no path of keys.",
                    "Join keys by dots, put a key with a dot in double quotes, and unset a list as a whole.");
            else if (Admit(path, item.Place, values, paths))
                paths.Add(path);
        }

        return paths.ToImmutable();
    }

    private bool Admit(ValuePath path, Place place, HelmMap values, ImmutableArray<ValuePath>.Builder earlier)
    {
        if (ValuesReader.IsReserved(path.Keys[0]))
        {
            file.Error(
                DesiredCodes.ReservedUnset,
                place,
                $"{path} can't be unset: {path.Keys[0]} is managed by the other fields of this file.",
                "Change addons, code or cloneFromCode, or take the path out.");
            return false;
        }

        if (Meets(values, path))
            file.Error(
                DesiredCodes.UnsetOverlap,
                place,
                $"{path} is unset and also set by values.",
                "Keep it in values or in unset, not in both.");
        else if (earlier.FirstOrDefault(other => other.Covers(path) || path.Covers(other)) is { } other)
            file.Error(DesiredCodes.UnsetOverlap, place, $"{path} is unset twice: {other} stands in unset too.", "Keep one of the two.");
        else
            return true;
        return false;
    }

    private static bool Meets(HelmMap values, ValuePath path)
    {
        var map = values;
        foreach (var key in path.Keys)
        {
            if (map.Find(key) is not { } value) return false;
            if (value is not HelmMap inner) return true;
            map = inner;
        }

        return true;
    }
}
