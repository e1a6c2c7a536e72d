using System.Text;

namespace OdooSky.GitOps.Overlay.Tests.Helm.Differential;

/// <summary>Values files as people, programs and accidents write them.</summary>
internal sealed class TextMaker(Dice dice)
{
    private static readonly string[] Tokens =
    [
        "- ", "-", ": ", ":", "? ", "?", "[", "]", "{", "}", ",", ", ", "a", "b", "1", "'", "\"", "|", ">", "\n", "\n", "\n  ", "\n    ", "\n- ", "\na: ", "#", " # c\n", "&x ", "*x", "!!str ",
        "!x ", "<<", "<<: ", "---\n", "...\n", "--- ", "%YAML 1.1\n", "%TAG ! !x\n", "\t", "\u2028", "\\", " ", "  ", "~", "@", "%", "é", "\r\n", "a: b", "a b", "- - ",
    ];

    private readonly ScalarMaker scalars = new(dice);
    private readonly StringBuilder text = new();
    private int anchors;

    public string Make() => dice.Below(10) switch
    {
        0 => Scalars(),
        1 => Soup(),
        < 5 => Damage(Document()),
        _ => Document(),
    };

    public string Document()
    {
        text.Clear();
        anchors = 0;
        scalars.IsCareful = !dice.OneIn(3);
        if (dice.OneIn(12)) text.Append(dice.Pick(["---\n", "# c\n", "%YAML 1.1\n---\n", "--- # c\n", "\n", "\uFEFF", "%TAG !e! tag:e,1:\n---\n", "--- !!map\n"]));
        var root = dice.OneIn(20) ? 2 : 0;
        Map(root, 0);
        if (dice.OneIn(15)) text.Append(dice.Pick(["...\n", "---\nz: 1\n", "# end", "  ", "...\nx", "\nz: 1", " z: 1\n"]));
        if (dice.OneIn(10)) text.Replace("\n", "\r\n");
        if (dice.OneIn(12) && text.Length > 0 && text[^1] == '\n') text.Length--;
        return text.ToString();
    }

    private string Scalars()
    {
        text.Clear();
        for (var i = 1 + dice.Below(6); i > 0; i--) text.Append(dice.OneIn(3) ? scalars.Plain() : "k" + i).Append(": ").Append(scalars.Plain()).Append('\n');
        return text.ToString();
    }

    private string Soup()
    {
        text.Clear();
        if (dice.OneIn(2)) text.Append("a: ");
        for (var i = 1 + dice.Below(14); i > 0; i--) text.Append(dice.Pick(Tokens));
        return text.ToString();
    }

    private string Damage(string whole)
    {
        var damaged = new StringBuilder(whole);
        for (var i = 1 + dice.Below(3); i > 0; i--)
        {
            var at = dice.Below(damaged.Length + 1);
            if (dice.OneIn(2)) damaged.Insert(at, dice.Pick(Tokens));
            else if (at < damaged.Length) damaged.Remove(at, Math.Min(1 + dice.Below(dice.OneIn(5) ? 12 : 2), damaged.Length - at));
        }

        return damaged.ToString();
    }

    private void Map(int indent, int depth)
    {
        for (var i = 1 + dice.Below(depth == 0 ? 5 : 3); i > 0; i--)
        {
            Pad(indent);
            Pair(indent, depth);
        }
    }

    private void Pair(int indent, int depth)
    {
        if (dice.OneIn(scalars.IsCareful ? 60 : 14) && anchors > 0) text.Append("<<: ").Append(dice.OneIn(3) ? "[*x1, *x" + anchors + "]" : "*x" + (1 + dice.Below(anchors))).Append('\n');
        else if (dice.OneIn(25)) Complex(indent, depth);
        else
        {
            text.Append(scalars.Key()).Append(dice.OneIn(30) ? " :" : ":");
            Value(indent, depth);
        }
    }

    private void Complex(int indent, int depth)
    {
        text.Append("? ").Append(scalars.Any(indent)).Append('\n');
        if (dice.OneIn(4)) return;
        Pad(indent);
        text.Append(':');
        Value(indent, depth);
    }

    private void Value(int indent, int depth)
    {
        text.Append(!scalars.IsCareful && dice.OneIn(20) ? "\t" : " ");
        if (dice.OneIn(8)) text.Append("&x").Append(++anchors).Append(' ');
        switch (dice.Below(depth > 3 ? 6 : 10))
        {
            case < 5: text.Append(scalars.Any(indent)); End(); break;
            case 5: Flow(0); End(); break;
            case 6 when anchors > 0: text.Append("*x").Append(1 + dice.Below(anchors)); End(); break;
            case 7: End(); Map(indent + 1 + dice.Below(4), depth + 1); break;
            default: End(); List(indent + dice.Pick([0, 2, 2, 2, 4, 1]), depth + 1); break;
        }
    }

    private void List(int indent, int depth)
    {
        for (var i = 1 + dice.Below(4); i > 0; i--)
        {
            Pad(indent);
            text.Append('-');
            if (dice.OneIn(3)) Value(indent, depth);
            else if (dice.OneIn(8) && depth < 4) text.Append(" - ").Append(scalars.Plain()).Append('\n');
            else
            {
                text.Append("   "[..(1 + dice.Below(3))]);
                var inner = indent + text.Length - text.ToString().LastIndexOf('-') - indent;
                Pair(indent + inner, depth);
                if (dice.OneIn(2)) Map(indent + inner, depth + 1);
            }
        }
    }

    private void Flow(int depth)
    {
        var isMap = dice.OneIn(2);
        text.Append(isMap ? '{' : '[');
        for (var i = dice.Below(4); i > 0; i--)
        {
            if (isMap || dice.OneIn(5)) text.Append(scalars.Key()).Append(dice.Pick([": ", ": ", ": ", ":", " : ", ", "]));
            if (depth < 3 && dice.OneIn(5)) Flow(depth + 1);
            else text.Append(!scalars.IsCareful && dice.OneIn(3) ? scalars.Any(0) : scalars.Key());
            if (i > 1 || dice.OneIn(8)) text.Append(dice.Pick([", ", ", ", ",", " ,\n ", ", # c\n", scalars.IsCareful ? ", " : ",,"]));
        }

        text.Append(isMap ? '}' : ']');
    }

    private void Pad(int indent)
    {
        if (dice.OneIn(15)) text.Append(dice.Pick(["\n", "# c\n", "   \n", "  # c\n", "#\n\n", scalars.IsCareful ? "" : "\t\n"]));
        text.Append(' ', !scalars.IsCareful && dice.OneIn(60) ? indent + 1 : indent);
    }

    private void End()
    {
        if (dice.OneIn(10)) text.Append(dice.Pick([" # c", " #", "  ", "\t# c", "#c"]));
        text.Append('\n');
    }
}
