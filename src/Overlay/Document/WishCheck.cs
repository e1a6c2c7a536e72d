using OdooSky.GitOps.Overlay.Helm;

namespace OdooSky.GitOps.Overlay.Document;

/// <summary>Refuses wishes that contradict themselves or the file.</summary>
internal sealed class WishCheck(ProblemList problems)
{
    private const string KeyRemedy =
        "Leave it out: the tool writes instance.code and instance.cloneFromCode itself, and rows belong in the instance's own list.";

    public void Check(OverlayWish wish, OverlayDocument? current)
    {
        foreach (var key in new[] { ManagedKeys.Addons, ManagedKeys.Instance })
            if (wish.Values.Find(key) is not null || wish.Unset.Any(path => path.Keys[0] == key))
                problems.Add(DocumentProblems.Wish, $"The desired state names {key} among its further values.", KeyRemedy);
        foreach (var path in wish.Unset)
            if (Holds(wish.Values, path.Keys.AsSpan()))
                problems.Add(DocumentProblems.Wish, $"The desired state both sets and unsets {path}.", "Keep one of the two.");
        if (current is not null) CheckInstance(wish, current);
    }

    private void CheckInstance(OverlayWish wish, OverlayDocument current)
    {
        if (wish.Code != current.Code)
            problems.Add(
                DocumentProblems.OtherCode,
                $"The desired instance is {wish.Code}, and the overlay is {current.Code}'s.",
                "Edit each overlay with its own instance.");
        if (wish.CloneFrom is not { } source) return;
        var written = (current.Values.Find(ManagedKeys.Instance) as HelmMap)?.Find(ManagedKeys.CloneFrom);
        var place = (current.Tree.Root?.Find(ManagedKeys.Instance))?.Start ?? 0;
        if (written is null or HelmNull)
            problems.Warn(
                DocumentProblems.LateCloneSource,
                place,
                $"cloneFromCode {source} is desired, and the overlay is there already without one.",
                "Remove it from the desired instance: a clone source works only for a new instance.");
        else if (written is not HelmText text || text.Value != source.Text)
            problems.Add(
                DocumentProblems.OtherCloneSource,
                place,
                $"instance.cloneFromCode is not \"{source}\", as desired.",
                "Correct the desired instance: the clone source of an overlay never changes.");
    }

    private static bool Holds(HelmMap values, ReadOnlySpan<string> keys) => values.Find(keys[0]) switch
    {
        null => false,
        HelmMap inside when keys.Length > 1 => Holds(inside, keys[1..]),
        _ => keys.Length == 1,
    };
}
