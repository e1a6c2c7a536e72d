using System.Globalization;

namespace OdooSky.GitOps.Overlay.Helm;

/// <summary>One argument: <c>a.b[0]=x,c=y</c>. Source: Helm's pkg/strvals.</summary>
internal sealed partial class SetParser
{
    /// <summary>Helm's MaxNestedNameLevel.</summary>
    private const int DeepestName = 30;

    private readonly SetReader reader;
    private readonly string kind;
    private readonly string keyStops;
    private readonly bool endsQuietly;

    /// <summary>A parser for one argument.</summary>
    /// <param name="text">What stands behind <c>--set</c>.</param>
    /// <param name="kind"><c>--set</c> or one of its kin.</param>
    /// <param name="version">Helm 4 takes the end of the text inside an index for the end of the argument, and drops what was begun.</param>
    public SetParser(string text, string kind, HelmVersion version)
    {
        endsQuietly = version.Major == 4;
        var isLiteral = kind is "--set-literal";
        reader = new(text, !isLiteral);
        this.kind = kind;
        keyStops = isLiteral ? "=[." : "=[,.";
    }

    /// <summary>Applies all of the argument's parts.</summary>
    /// <returns>Why Helm fails, or null.</returns>
    public SetError? Apply(SetMap target)
    {
        var error = ReadKey(target, 0, out var isOver);
        while (!isOver && error is null) error = ReadKey(target, 0, out isOver);
        return error;
    }

    private SetError? ReadKey(SetMap target, int level, out bool isOver)
    {
        isOver = false;
        var key = reader.Until(keyStops, out var stop);
        switch (stop)
        {
            case '\0':
                isOver = true;
                return key.Length == 0 ? null : SetError.Fails($"key '{key}' has no value.");
            case '=':
                return ReadValue(value => Assign(target, key, value), out isOver);
            case '[':
                return ReadListUnder(target, key, level, out isOver);
            case ',':
                return SetError.Fails($"key '{key}' has no value (cannot end with ,).");
            default:
                return ReadMapUnder(target, key, level + 1, out isOver);
        }
    }

    private static SetError? Assign(SetMap target, string key, object value)
    {
        target.Set(key, value);
        return null;
    }

    private SetError? ReadMapUnder(SetMap target, string key, int level, out bool isOver)
    {
        isOver = false;
        if (level > DeepestName) return SetError.Fails("the name has too many levels.");
        var found = target.Find(key);
        if (found is not null and not SetMap) return SetError.Fails($"'{key}' is not a map.");
        var inner = (SetMap?)found ?? new SetMap();
        var error = ReadKey(inner, level, out isOver);
        if (error is not null) return error;
        if (!isOver && inner.IsEmpty) return SetError.Fails($"key map '{key}' has no value.");
        if (!inner.IsEmpty) target.Set(key, inner);
        return null;
    }

    private SetError? ReadListUnder(SetMap target, string key, int level, out bool isOver)
    {
        isOver = false;
        if (ReadIndex(out var index) is { } fault) return fault;
        var found = target.Find(key);
        if (found is not null and not SetList) return SetError.Fails($"'{key}' is not a list.");
        var list = (SetList?)found ?? new SetList();
        var error = ReadItem(list, index, level, out isOver);
        if (error is null) target.Set(key, list);
        return error;
    }

    private SetError? ReadItem(SetList list, int index, int level, out bool isOver)
    {
        isOver = false;
        if (index < 0) return SetError.Fails("an index is negative.");
        var between = reader.Until("[.=", out var stop);
        if (between.Length > 0) return SetError.Fails("there is text between an index and what follows it.");
        switch (stop)
        {
            case '\0':
                isOver = true;
                return null;
            case '=':
                return ReadValue(value => SetItem(list, index, value), out _);
            case '[':
                return ReadListInList(list, index, level, out isOver);
            default:
                return ReadMapInList(list, index, level, out isOver);
        }
    }

    /// <summary>Where the text ends too early, Helm keeps what it changed in place and forgets the item it made.</summary>
    private SetError? ReadMapInList(SetList list, int index, int level, out bool isOver)
    {
        var found = list.Find(index);
        var inner = found as SetMap ?? new SetMap();
        if (found is not null and not SetMap) list.TrySet(index, inner);
        var error = ReadKey(inner, level, out isOver);
        return error is null && !isOver ? SetItem(list, index, inner) : error;
    }

    private SetError? ReadListInList(SetList list, int index, int level, out bool isOver)
    {
        isOver = false;
        if (ReadIndex(out var next) is { } fault) return fault;
        var found = list.Find(index);
        if (found is not null and not HelmNull and not SetList) return SetError.Fails("an item is not a list.");
        var inner = found as SetList ?? new SetList();
        var error = ReadItem(inner, next, level, out isOver);
        return error is null && !isOver ? SetItem(list, index, inner) : error;
    }

    private static SetError? SetItem(SetList list, int index, object value) =>
        list.TrySet(index, value) ? null : SetError.Fails("an index is larger than Helm allows.");

    private SetError? ReadIndex(out int index)
    {
        var text = reader.Until("]", out var stop);
        index = 0;
        if (stop != ']' && endsQuietly) return new(FailureKind.Refused, "set-open-bracket", "an index has no ']'; Helm 4 drops what stands from there on.");
        var isIndex = stop == ']' && int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out index);
        return isIndex ? null : SetError.Fails("an index is not a number, or has no ']'.");
    }
}
