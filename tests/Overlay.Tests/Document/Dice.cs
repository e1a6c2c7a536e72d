namespace OdooSky.GitOps.Overlay.Tests.Document;

/// <summary>Numbers that look random and are the same for the same seed on every machine (SplitMix64).</summary>
internal sealed class Dice(int seed)
{
    private ulong state = (ulong)seed;

    /// <summary>A number from 0 up to, but not, the limit.</summary>
    public int Next(int limit) => (int)(Draw() % (ulong)limit);

    public int Next(int least, int limit) => least + Next(limit - least);

    public double NextDouble() => (Draw() >> 11) * (1.0 / (1UL << 53));

    public void Shuffle<T>(T[] items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = Next(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    private ulong Draw()
    {
        state += 0x9E3779B97F4A7C15;
        var mixed = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}
