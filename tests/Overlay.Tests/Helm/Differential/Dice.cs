namespace OdooSky.GitOps.Overlay.Tests.Helm.Differential;

/// <summary>Numbers that look random and are the same in every run (xorshift64*).</summary>
internal sealed class Dice(ulong seed)
{
    private ulong state = (seed * 2685821657736338717UL) + 88172645463325252UL;

    public int Below(int limit)
    {
        state ^= state >> 12;
        state ^= state << 25;
        state ^= state >> 27;
        return (int)((state * 2685821657736338717UL >> 33) % (ulong)limit);
    }

    public bool OneIn(int chances) => Below(chances) == 0;

    public T Pick<T>(IReadOnlyList<T> from) => from[Below(from.Count)];

    public string PickFrom(string characters)
    {
        var runes = characters.EnumerateRunes().ToArray();
        return runes[Below(runes.Length)].ToString();
    }
}
