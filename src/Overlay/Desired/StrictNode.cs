using System.Globalization;
using OdooSky.GitOps.Overlay.Helm;
using OdooSky.GitOps.Overlay.Helm.Yaml;

namespace OdooSky.GitOps.Overlay.Desired;

/// <summary>One value in a strict file. Each reading reports its own problem and then gives null.</summary>
public sealed class StrictNode
{
    private readonly YamlNode node;

    private readonly StrictNode? parent;
    private readonly string key;
    private HelmReading<HelmValue>? reading;

    internal StrictNode(StrictFile file, YamlNode node)
    {
        File = file;
        this.node = node;
        key = string.Empty;
    }

    private StrictNode(StrictNode parent, YamlNode node, string key)
    {
        File = parent.File;
        this.parent = parent;
        this.node = node;
        this.key = key;
    }

    /// <summary>The file it stands in.</summary>
    public StrictFile File { get; }

    /// <summary>Its name in messages, such as <c>addons[2].version</c>; empty for the root.</summary>
    public string Name => parent is null || parent.Name.Length == 0 || parent.IsList ? parent?.Name + key : $"{parent.Name}.{key}";

    /// <summary>Where it stands.</summary>
    public Place Place => File.PlaceOf(node);

    /// <summary>Whether it is YAML's null: <c>~</c>, <c>null</c>, or nothing behind the colon.</summary>
    public bool IsNull => node.Kind == YamlKind.Scalar && Reading.Value is HelmNull;

    /// <summary>Whether it is a map.</summary>
    public bool IsMap => node.Kind == YamlKind.Mapping;

    /// <summary>Whether it is a list.</summary>
    public bool IsList => node.Kind == YamlKind.Sequence;

    // What is text beyond doubt needs no typing; most scalars are.
    private HelmReading<HelmValue> Reading => reading ??= IsText() ? new(new HelmText(node.Text)) : node.ToValue();

    /// <summary>Reads a text on one line.</summary>
    /// <returns>The text, which may be empty; null when it is none, or holds what no text may hold.</returns>
    public string? Text() => Read<HelmText>("text") is { } text ? Clean(text.Value, lines: false) : null;

    /// <summary>Reads a text that may stand on several lines, and gives it on one.</summary>
    /// <returns>The text; null when it is none, or holds what no text may hold.</returns>
    public string? Sentence() => Read<HelmText>("text") is { } text && Clean(text.Value, lines: true) is { } clean ? TextRules.OneLine(clean) : null;

    /// <summary>A text without reporting anything, for a second look at a field that was or will be read.</summary>
    /// <returns>The text, or null when it is none.</returns>
    public string? Peek() => node.Kind == YamlKind.Scalar && Reading.Value is HelmText text ? text.Value : null;

    /// <summary>Reads a boolean.</summary>
    /// <returns>The boolean, or null when it is none.</returns>
    public bool? Boolean() => Read<HelmBoolean>("true or false")?.Value;

    /// <summary>Reads a whole number.</summary>
    /// <param name="least">The smallest one allowed.</param>
    /// <param name="most">The largest one allowed.</param>
    /// <returns>The number, or null when it is none or out of bounds.</returns>
    public long? Whole(long least, long most)
    {
        if (Read<HelmNumber>("a whole number") is not { } number) return null;
        if (number.Value == Math.Floor(number.Value) && number.Value >= least && number.Value <= most) return (long)number.Value;
        Wrong(string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}"));
        return null;
    }

    /// <summary>Reads a scalar as it is written, whatever its type.</summary>
    /// <returns>The text, or null when it is empty, a list or a map.</returns>
    public string? Literal()
    {
        if (node.Kind == YamlKind.Scalar && !IsNull) return Clean(node.Text, lines: false);
        WrongType("text");
        return null;
    }

    /// <summary>Reads a duration such as <c>30s</c> or <c>1h30m</c>.</summary>
    /// <returns>The duration, or null when it is none.</returns>
    public TimeSpan? Span() => Parse(Duration.TryParse, "a duration such as 30s, 5m or 1h30m");

    /// <summary>Reads a percentage such as <c>5%</c>.</summary>
    /// <returns>The percentage, or null when it is none.</returns>
    public Percent? Part() => Parse(Percent.TryParse, "a percentage from 0% to 100%");

    /// <summary>Reads one of the words of an enumeration, in kebab case.</summary>
    /// <typeparam name="T">The enumeration.</typeparam>
    /// <returns>The member, or null when it is none.</returns>
    public T? Word<T>()
        where T : struct, Enum
    {
        if (Text() is not { } text) return null;
        var member = EnumWords.TryParse<T>(text);
        if (member is null) Wrong("one of " + TextRules.List(EnumWords.Of<T>()), NearestWord.Remedy(text, EnumWords.Of<T>()));
        return member;
    }

    /// <summary>Reads a map of a known shape.</summary>
    /// <param name="shape">Its keys.</param>
    /// <returns>The map, or null when it is none.</returns>
    public StrictMap? Map(StrictShape shape) => Demand(YamlKind.Mapping, "a map") ? StrictMap.Read(this, shape) : null;

    /// <summary>Reads a map with free keys.</summary>
    /// <returns>Its entries in the order of the file; none when it is no map.</returns>
    public IReadOnlyList<StrictEntry> Entries()
    {
        if (!Demand(YamlKind.Mapping, "a map")) return [];
        return [.. node.Pairs.Where(pair => pair.Key.Kind == YamlKind.Scalar).Select(Entry)];
    }

    /// <summary>Reads a list.</summary>
    /// <returns>Its items in the order of the file; none when it is no list.</returns>
    public IReadOnlyList<StrictNode> Items()
    {
        if (!Demand(YamlKind.Sequence, "a list")) return [];
        return [.. node.Items.Select((item, at) => new StrictNode(this, item, string.Create(CultureInfo.InvariantCulture, $"[{at}]")))];
    }

    /// <summary>Reads any value as Helm types it.</summary>
    /// <returns>The value, or null when Helm could not read it.</returns>
    public HelmValue? Value()
    {
        if (Reading.Failure is { } failure) File.Error(
            File.Codes.WrongValue,
            Place,
            failure.Message,
            "Put it in double quotes if it is meant as text.");
        return Reading.Value;
    }

    /// <summary>Reports that the value is of the right type and yet not allowed.</summary>
    /// <param name="wanted">What is allowed, as it follows the word <c>Write</c>.</param>
    public void Wrong(string wanted) => Wrong(wanted, $"Write {wanted}.");

    private void Wrong(string wanted, string remedy) =>
        File.Error(File.Codes.WrongValue, Place, $"{Name} is {TextRules.Quote(node.Text)}, not {wanted}.", remedy);

    private T? Parse<T>(Func<string, T?> parse, string wanted)
        where T : struct
    {
        if (node.Kind == YamlKind.Scalar && !IsNull && parse(node.Text) is { } parsed) return parsed;
        if (node.Kind == YamlKind.Scalar && !IsNull) Wrong(wanted);
        else WrongType(wanted);
        return null;
    }

    private T? Read<T>(string wanted)
        where T : HelmValue
    {
        if (node.Kind == YamlKind.Scalar)
        {
            var value = Value();
            if (value is null or T) return value as T;
        }

        WrongType(wanted);
        return null;
    }

    private bool Demand(YamlKind kind, string wanted)
    {
        if (node.Kind == kind) return true;
        WrongType(wanted);
        return false;
    }

    private void WrongType(string wanted)
    {
        var name = Name.Length == 0 ? "The file" : Name;
        var remedy = IsNull ? $"Write {wanted}, or leave the key out."
            : wanted == "text" && node.Kind == YamlKind.Scalar ? $"Write \"{node.Text}\"."
            : $"Write {wanted}.";
        File.Error(File.Codes.WrongType, Place, $"{name} is {Kind()}, not {wanted}.", remedy);
    }

    private string Kind() => node.Kind switch
    {
        YamlKind.Mapping => "a map",
        YamlKind.Sequence => "a list",
        _ when IsNull => "empty",
        _ when Reading.Value is HelmText => $"the text {TextRules.Quote(node.Text)}",
        _ => $"the {Reading.Value?.KindName ?? "value"} {node.Text}",
    };

    private string? Clean(string text, bool lines)
    {
        if (text.Contains("{{", StringComparison.Ordinal))
        {
            File.Error(
                File.Codes.TemplateText,
                Place,
                $"{Name} holds {{{{, which a chart's template could execute.",
                "Write a text without {{.");
            return null;
        }

        if (TextRules.FirstControl(text, lines) is not { } control) return text;
        File.Error(
            File.Codes.ControlCharacter,
            Place,
            $"{Name} holds the character {TextRules.Name(control)}, which can't be seen.",
            "Remove the character.");
        return null;
    }

    private bool IsText() => node.Kind == YamlKind.Scalar && (node.Style != YamlStyle.Plain || YamlText.IsPlain(node.Text));

    private StrictEntry Entry(YamlPair pair)
    {
        var text = pair.Key.Text;
        return new StrictEntry(File, pair.Key, text, new StrictNode(this, pair.Value, text));
    }
}
