using System.Globalization;

namespace OdooSky.GitOps.Bench;

/// <summary>What to measure.</summary>
/// <param name="Compare">With the way people do it today, instead of with git and with other sizes.</param>
/// <param name="Instances">The sizes of the fleets.</param>
/// <param name="Quick">Fewer rounds.</param>
/// <param name="Publish">Writes what was measured into docs/.</param>
internal sealed record Arguments(bool Compare, IReadOnlyList<int> Instances, bool Quick, bool Publish)
{
    /// <summary>The one part to measure; null: all.</summary>
    public string? Only { get; init; }

    private const int Most = 50_000;

    /// <summary>The script of the way people do it.</summary>
    public string Script => Path.Combine(AppContext.BaseDirectory, "by-hand");

    /// <summary>Reads the command line; null when it makes no sense.</summary>
    public static Arguments? Read(string[] arguments)
    {
        var compare = arguments is ["compare", ..];
        var read = new Arguments(compare, compare ? [1_000] : [1_000, 10_000, 50_000], Quick: false, Publish: false);
        for (var i = compare ? 1 : 0; i < arguments.Length; i++)
        {
            if (arguments[i] == "--quick") read = read with { Quick = true };
            else if (arguments[i] == "--publish") read = read with { Publish = true };
            else if (arguments[i] == "--only" && ++i < arguments.Length && arguments[i] is "fleet" or "cluster" or "hash" or "page" or "serve" or "history" or "database") read = read with { Only = arguments[i] };
            else if (arguments[i] == "--instances" && ++i < arguments.Length && Sizes(arguments[i]) is { } sizes) read = read with { Instances = sizes };
            else return null;
        }

        return read is { Only: not null, Publish: true } ? null : read;
    }

    private static int[]? Sizes(string text)
    {
        var sizes = text.Split(',').Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : 0).ToArray();
        return sizes.All(size => size is > 0 and <= Most) ? sizes : null;
    }
}
