using System.Globalization;
using System.Text;

namespace OdooSky.GitOps.Overlay.Tests.Helm.Differential;

/// <summary>Scalars of all styles: words and numbers with traps, quotes, folds, block scalars.</summary>
internal sealed class ScalarMaker(Dice dice)
{
    private static readonly string[] Words =
    [
        "yes", "No", "ON", "off", "y", "N", "true", "False", "null", "~", "Null", ".inf", "-.INF", ".nan", "<<", "=", "0", "-0", "+1", "17.0", "1.10", "08", "010",
        "0o17", "0x1F", "0b101", "0b-101", "1_000", "1__0", "1e3", "25921e05", "1e400", "123e456", "9007199254740993", "18446744073709551615",
        "-9223372036854775808", "1:30", "2001-01-01", "2001-12-14t21:59:43.10-05:00", "0.0000001", "-0.0", "1e21", "5e-324", "name", "odoo-builtin",
        "https://e.x/y?a=b#c", "a:b", "a#b", "it's", "é", "日本", "😀", "\uE000", "a b  c", "-x", "?x", ":x", "x:", "[x", "{{ x }}", "@x", "`x", "%x", "!x", "&x", "*x", "|", ">",
    ];

    private static readonly string[] GoodWords =
        ["name", "odoo-builtin", "https://e.x/y?a=b#c", "a:b", "it's", "é", "日本", "😀", "a b  c", "17.0", "yes", "No", "~", "08", "1e3", "2001-01-01", "0x1F", "1_000"];

    private static readonly string[] Escapes =
        ["\\n", "\\n", "\\t", "\\t", "\\n", "\\r", "\\u2028", "\\v", "\\a", "\\0", "\\\"", "\\\\", "\\x41", "\\u00e9", "\\U0001F600", "\\N", "\\_", "\\L", "\\P", "\\e", "\\ ", "\\/", "\\ud83d", "\\\n", "\\\t", "\\q", "\\x4"];

    private static readonly string[] Headers = ["|", ">", "|-", ">-", "|+", ">+", "|2", ">1-", "|-2", ">+1", "|0", "| # c", ">  ", "|x", "|9"];

    /// <summary>Leaves out what is mostly an error, so that whole files stay valid more often.</summary>
    public bool IsCareful { get; set; }

    public string Plain() => dice.Below(12) switch
    {
        < 3 => Soup("0123456789_.+-eExXoObBfFaA", 1 + dice.Below(9)),
        3 => Soup("0123456789_.+-eExXoObBfFaA:", 1 + dice.Below(9)),
        4 when !IsCareful => dice.Pick(Words) + " " + dice.Pick(Words),
        < 8 => Number(),
        8 when !IsCareful => dice.Pick(Words),
        _ => dice.Pick(GoodWords),
    };

    public string Key() => dice.Below(8) switch
    {
        0 when !IsCareful => Plain(),
        1 => "\"" + dice.PickFrom("abc1y<") + "\"",
        2 => "'" + dice.PickFrom("abc1n") + "'",
        3 when !IsCareful => dice.Pick(["1", "1.0", "0x1", "yes", "on", "true", "~", "<<", "1e6", "010", "1e39", "-0.0", "0.0", "2001-01-01"]),
        _ => dice.PickFrom("abcdefgh") + dice.Below(30).ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>A scalar for a place whose text lies deeper than some indentation.</summary>
    public string Any(int indent) => dice.Below(12) switch
    {
        < 5 => Plain(),
        5 => Folded(indent, "", () => dice.Pick(GoodWords)),
        6 => "'" + Folded(indent, "", () => Plain().Replace("'", "''", StringComparison.Ordinal)) + "'",
        7 or 8 => "\"" + Folded(indent, "", Quoted) + "\"",
        9 => Block(indent),
        10 => IsCareful ? dice.Pick(["!!str ", "!x ", "! "]) + dice.Pick(GoodWords) : Tagged(indent),
        _ => "",
    };

    private string Tagged(int indent) =>
        dice.Pick(["!!str", "!!str", "!x", "!", "!!str", "!!int", "!!float", "!!bool", "!!null", "!!timestamp", "!!binary", "!!merge", "!<tag:yaml.org,2002:int>", "!e!x", "!!"])
        + " " + (dice.OneIn(3) ? "\"" + Plain() + "\"" : dice.OneIn(5) ? Block(indent) : dice.OneIn(4) ? "aGk=" : Plain());

    private string Quoted() => dice.OneIn(3) ? (IsCareful ? Escapes[dice.Below(9)] : dice.Pick(Escapes)) + dice.Pick(Words).Replace("\"", "", StringComparison.Ordinal) : dice.Pick(Words);

    private string Folded(int indent, string text, Func<string> part)
    {
        for (var i = dice.Below(4); i >= 0; i--) text += part() + (i == 0 ? "" : Fold(indent));
        return text;
    }

    private string Fold(int indent)
    {
        var depth = Math.Max(0, indent + (IsCareful ? 1 : 0) + dice.Below(4) - (!IsCareful && dice.OneIn(12) ? 2 : 0));
        var breaks = dice.Pick(["\n", "\n", "\n", "\n\n", "\n \n\n", " \n", "\t\n", "\r\n", "\u2028", "\u0085", "\r"]);
        return breaks + new string(' ', depth) + (dice.OneIn(15) ? "\t" : "") + (!IsCareful && dice.OneIn(30) ? "# c" : "");
    }

    private string Block(int indent)
    {
        var text = new StringBuilder(!IsCareful && dice.OneIn(8) ? dice.Pick(Headers) : dice.Pick(["|", ">", "|-", ">-", "|+", ">+"]));
        var depth = indent + 1 + dice.Below(3);
        for (var i = dice.Below(6); i > 0; i--)
        {
            text.Append(!IsCareful && dice.OneIn(20) ? "\u2028" : dice.OneIn(20) ? "\r\n" : "\n");
            var spaces = dice.Below(6) switch { 0 when !IsCareful => dice.Below(depth + 3), 1 when i < 3 => depth + 1 + dice.Below(2), _ => depth };
            if (!dice.OneIn(5)) text.Append(' ', spaces).Append(dice.OneIn(8) ? "\t" : "").Append(dice.OneIn(6) ? "" : Plain());
        }

        return text.ToString();
    }

    private string Number()
    {
        var digits = Soup("0123456789", 1 + dice.Below(22));
        if (dice.OneIn(2)) digits = digits.Insert(dice.Below(digits.Length + 1), ".");
        if (dice.OneIn(3)) digits += dice.PickFrom("eE") + dice.Pick(["", "+", "-"]) + dice.Below(330).ToString(CultureInfo.InvariantCulture);
        return dice.Pick(["", "", "-", "+"]) + digits;
    }

    private string Soup(string characters, int length)
    {
        var text = new StringBuilder();
        for (var i = 0; i < length; i++) text.Append(dice.PickFrom(characters));
        return text.ToString();
    }
}
