using System.Globalization;

namespace OdooSky.GitOps.Bench;

/// <summary>What to measure.</summary>
internal sealed record Arguments(IReadOnlyList<int> Instances, bool Quick)
{
    private const int Most = 50_000;

    /// <summary>Reads the command line; null when it makes no sense.</summary>
    public static Arguments? Read(string[] arguments)
    {
        var read = new Arguments([1_000, 10_000], Quick: false);
        for (var i = 0; i < arguments.Length; i++)
        {
            if (arguments[i] == "--quick") read = read with { Quick = true };
            else if (arguments[i] == "--instances" && ++i < arguments.Length && Sizes(arguments[i]) is { } sizes) read = read with { Instances = sizes };
            else return null;
        }

        return read;
    }

    private static int[]? Sizes(string text)
    {
        var sizes = text.Split(',').Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : 0).ToArray();
        return sizes.All(size => size is > 0 and <= Most) ? sizes : null;
    }
}
