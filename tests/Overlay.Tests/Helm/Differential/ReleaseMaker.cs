using System.Text;

namespace OdooSky.GitOps.Overlay.Tests.Helm.Differential;

/// <summary>What one render gets: files, chart defaults, arguments.</summary>
internal sealed record Release(IReadOnlyList<byte[]> Files, byte[]? Chart, IReadOnlyList<string> Arguments);

/// <summary>Releases whose files touch the same few keys, with nulls, maps, lists and scalars against each other.</summary>
internal sealed class ReleaseMaker(Dice dice)
{
    private static readonly string[] Leaves =
        ["1", "17.0", "yes", "x", "null", "~", "''", "[]", "{}", "[1, null]", "9007199254740993", "\"<a>\"", "&q {a: 1}", "'it''s'", "1e3"];

    private static readonly string[] Paths = ["addons.a", "addons.b.c", "addons[0]", "addons[1].name", "addons", "other", "addons.a[2]", "addons.b\\.c"];

    private static readonly string[] SetValues =
        ["1", "0", "01", "x", "null", "true", "FALSE", "1.5", "", "{a,1}", "{}", "9007199254740993", "a\\,b", "<&>", "-5", "99999999999999999999"];

    private readonly StringBuilder text = new();

    public Release Make() => new(
        [.. Enumerable.Range(0, dice.Below(4)).Select(_ => File())],
        dice.OneIn(4) ? null : File(),
        dice.OneIn(3) ? [.. Enumerable.Range(0, 1 + dice.Below(3)).SelectMany(_ => Argument())] : []);

    private byte[] File()
    {
        text.Clear();
        if (dice.OneIn(20)) text.Append('\uFEFF');
        if (dice.OneIn(8)) text.Append(dice.Pick(["---\n", "--- # c\n", "# c\n", "---\n---\n", "%YAML 1.1\n---\n"]));
        Addons();
        for (var i = dice.OneIn(4) ? 1 + dice.Below(2) : 0; i > 0; i--)
        {
            text.Append(dice.Pick(["---\n", "---\n", "--- # c\n", "...\n", "---  \n", "--- x\n", "----\n", "...\n---\n"]));
            if (!dice.OneIn(4)) Addons();
            else text.Append(dice.Pick(["# only\n", "~\n", "[1]\n", "b: [\n", ""]));
        }

        if (dice.OneIn(3)) text.Append("note: ").Append(dice.Pick(["|\n  text\n", ">\n  a\n  b\n", "|+\n  text\n\n", "'a\n---\n  b'\n", "\"x\n  y\"\n"]));
        if (dice.OneIn(3) && text.Length > 0) text.Length--;
        if (dice.OneIn(6)) text.Replace("\n", "\r\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private void Addons()
    {
        switch (dice.Below(8))
        {
            case 0: text.Append("addons: ").Append(dice.Pick(Leaves)).Append('\n'); break;
            case 1: text.Append("addons:\n- {name: a, version: ").Append(dice.Pick(Leaves)).Append("}\n- name: b\n  note: |\n    text\n"); break;
            case 2: text.Append("other: 1\n"); break;
            default:
                text.Append("addons:\n");
                Map(2, 0);
                break;
        }
    }

    private void Map(int indent, int depth)
    {
        for (var i = 1 + dice.Below(4); i > 0; i--)
        {
            text.Append(' ', indent).Append(dice.PickFrom("abcdé")).Append(':');
            if (depth < 3 && dice.OneIn(2))
            {
                text.Append('\n');
                Map(indent + 2, depth + 1);
            }
            else text.Append(' ').Append(dice.Pick(Leaves)).Append('\n');
        }
    }

    private string[] Argument()
    {
        var path = dice.Pick(Paths);
        return dice.Below(6) switch
        {
            0 => ["--set-string", path + "=" + dice.Pick(SetValues)],
            1 => ["--set-json", path + "=" + dice.Pick(["1", "null", "[1,{\"a\":null}]", "{\"b\":1.0,\"a\":\"<\"}", "\"x\"", "{", "1 ,other=2"])],
            2 => ["--set-literal", path + "=" + dice.Pick(["a,b=c", "1", "", "{x}"])],
            _ => ["--set", path + "=" + dice.Pick(SetValues) + (dice.OneIn(4) ? "," + dice.Pick(Paths) + "=" + dice.Pick(SetValues) : "")],
        };
    }
}
