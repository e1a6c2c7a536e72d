using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Helm;

namespace OdooSky.GitOps.Overlay.Kept;

/// <summary>
/// Instance files as they were read, for the next process: reading one is parsing YAML with all its checks, reading it back is not.
/// What comes back is what was read, problems and places too.
/// </summary>
public static class KeptFiles
{
    private enum Kind
    {
        Null,
        False,
        True,
        Number,
        Integer,
        Text,
        List,
        Map,
    }

    /// <summary>Writes a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="to">Where to.</param>
    /// <exception cref="NotSupportedException">A value of it is none that values files have.</exception>
    public static void Write(InstanceFile file, KeptWriter to)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(to);
        to.Text(file.Path);
        to.Text(file.BlobId);
        to.Many(file.Claims, to.Text);
        to.Many(file.Problems, problem => Write(problem, to));
        to.Flag(file.Wish is not null);
        if (file.Wish is { } wish) Write(wish, to);
    }

    /// <summary>Reads a file.</summary>
    /// <param name="from">Where from.</param>
    /// <returns>The file.</returns>
    /// <exception cref="FormatException">It is no file that was written here.</exception>
    public static InstanceFile Read(KeptReader from)
    {
        ArgumentNullException.ThrowIfNull(from);
        var (path, blob) = (from.Text(), from.Text());
        var claims = from.Many(from.Text);
        var problems = from.Many(() => ReadProblem(from));
        return InstanceFile.Kept(path, blob, claims, from.Flag() ? ReadWish(from) : null, problems);
    }

    private static void Write(InstanceWish wish, KeptWriter to)
    {
        to.Text(wish.Code.Text);
        Write(wish.Place, to);
        to.Number((int)wish.State);
        to.Text(wish.Target);
        to.Many(wish.Labels, label => Write(label, to));
        to.Text(wish.Series);
        to.Text(wish.CloneFrom?.Text);
        to.Many(wish.Addons, row => Write(row, to));
        Write(wish.Values, to);
        to.Many(wish.Unset, path => to.Many(path.Keys, to.Text));
        to.Text(wish.Request.RequestedBy);
        to.Text(wish.Request.Reason);
        to.Text(wish.Request.Ticket);
    }

    private static InstanceWish ReadWish(KeptReader from) => new()
    {
        Code = Code(from.Text()),
        Place = ReadPlace(from),
        State = (InstanceState)from.Number(),
        Target = from.TextOrNull(),
        Labels = from.Many(() => KeyValuePair.Create(from.Text(), from.Text())).ToImmutableSortedDictionary(StringComparer.Ordinal),
        Series = from.TextOrNull(),
        CloneFrom = from.TextOrNull() is { } other ? Code(other) : null,
        Addons = from.Many(() => ReadRow(from)),
        Values = (HelmMap)ReadValue(from),
        Unset = from.Many(() => new ValuePath(from.Many(from.Text))),
        Request = new Request(from.Text(), from.Text(), from.Text()),
    };

    private static void Write(KeyValuePair<string, string> label, KeptWriter to)
    {
        to.Text(label.Key);
        to.Text(label.Value);
    }

    private static void Write(AddonWish row, KeptWriter to)
    {
        to.Text(row.Code);
        to.Text(row.Source);
        to.Text(row.Image);
        to.Text(row.Version);
        Write(row.Place, to);
        to.Flag(row.Sound);
    }

    private static AddonWish ReadRow(KeptReader from) =>
        new(from.Text(), from.TextOrNull(), from.TextOrNull(), from.TextOrNull()) { Place = ReadPlace(from), Sound = from.Flag() };

    private static void Write(Place place, KeptWriter to)
    {
        to.Text(place.Source);
        to.Number(place.Line);
        to.Number(place.Column);
        to.Text(place.Key);
    }

    private static Place ReadPlace(KeptReader from) => new(from.Text(), from.Number(), from.Number(), from.TextOrNull());

    private static void Write(Problem problem, KeptWriter to)
    {
        to.Text(problem.Code);
        to.Number((int)problem.Severity);
        to.Text(problem.Message);
        to.Text(problem.Remedy);
        Write(problem.Place, to);
        to.Text(problem.Instance);
    }

    private static Problem ReadProblem(KeptReader from) =>
        new(from.Text(), (Severity)from.Number(), from.Text(), from.Text(), ReadPlace(from), from.TextOrNull());

    private static void Write(HelmValue value, KeptWriter to)
    {
        var kind = KindOf(value);
        to.Number((int)kind);
        switch (value)
        {
            case HelmNumber number:
                to.Bits(BitConverter.DoubleToInt64Bits(number.Value));
                break;
            case HelmInteger integer:
                to.Bits(integer.Value);
                break;
            case HelmText text:
                to.Text(text.Value);
                break;
            case HelmList list:
                to.Many(list.Items, item => Write(item, to));
                break;
            case HelmMap map:
                to.Many(map.Entries, entry => Write(entry, to));
                break;
        }
    }

    private static void Write(HelmEntry entry, KeptWriter to)
    {
        to.Text(entry.Key);
        Write(entry.Value, to);
    }

    private static HelmValue ReadValue(KeptReader from) => (Kind)from.Number() switch
    {
        Kind.Null => HelmNull.Instance,
        Kind.False => new HelmBoolean(false),
        Kind.True => new HelmBoolean(true),
        Kind.Number => new HelmNumber(BitConverter.Int64BitsToDouble(from.Bits())),
        Kind.Integer => new HelmInteger(from.Bits()),
        Kind.Text => new HelmText(from.Text()),
        Kind.List => new HelmList(from.Many(() => ReadValue(from))),
        Kind.Map => HelmMap.From(from.Many(() => new HelmEntry(from.Text(), ReadValue(from)))),
        _ => throw new FormatException("There is no such kind of value."),
    };

    private static Kind KindOf(HelmValue value) => value switch
    {
        HelmNull => Kind.Null,
        HelmBoolean { Value: false } => Kind.False,
        HelmBoolean => Kind.True,
        HelmNumber => Kind.Number,
        HelmInteger => Kind.Integer,
        HelmText => Kind.Text,
        HelmList => Kind.List,
        HelmMap => Kind.Map,
        _ => throw new NotSupportedException($"A {value.KindName} can't be kept."),
    };

    private static InstanceCode Code(string text) => InstanceCode.TryParse(text) ?? throw new FormatException("A code is none.");
}
