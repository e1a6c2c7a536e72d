using Xunit;

namespace OdooSky.GitOps.Overlay.Tests.Desired;

public sealed class StructureTests
{
    [Theory]
    [InlineData("stat: present\n", "4:1 error OSG0105: The key \"stat\" is not known at the root of this file. | Did you mean state?")]
    [InlineData("zzz: 1\n", "4:1 error OSG0105: The key \"zzz\" is not known at the root of this file. | Known here: apiVersion, kind, code, state, target, labels, odoo, cloneFromCode, addons, values, unset, requestedBy, reason, ticket.")]
    [InlineData("addons:\n  - {code: web, verison: \"1\"}\n", "5:17 error OSG0105: The key \"verison\" is not known in addons[0]. | Did you mean version?")]
    [InlineData("target: a\ntarget: b\n", "5:1 error OSG0104: The key \"target\" stands twice in one map; it stood before in line 4. | Keep one of the two.")]
    [InlineData("values:\n  a: {b: 1, b: 2}\n", "5:13 error OSG0104: The key \"b\" stands twice in one map; it stood before in line 5. | Keep one of the two.")]
    [InlineData("odoo: 17.0\n", "4:7 error OSG0106: odoo is the number 17.0, not text. | Write \"17.0\".")]
    [InlineData("labels: {gold: yes}\n", "4:16 error OSG0106: labels.gold is the boolean yes, not text. | Write \"yes\".")]
    [InlineData("state:\n", "4:7 error OSG0106: state is empty, not text. | Write text, or leave the key out.")]
    [InlineData("addons:\n", "4:8 error OSG0106: addons is empty, not a list. | Write a list, or leave the key out.")]
    [InlineData("addons: {web: 1}\n", "4:9 error OSG0106: addons is a map, not a list. | Write a list.")]
    [InlineData("values: [1]\n", "4:9 error OSG0106: values is a list, not a map. | Write a map.")]
    [InlineData("values: text\n", "4:9 error OSG0106: values is the text \"text\", not a map. | Write a map.")]
    [InlineData("addons:\n  - web\n", "5:5 error OSG0106: addons[0] is the text \"web\", not a map. | Write a map.")]
    [InlineData("addons:\n  - {source: oca}\n", "5:5 error OSG0107: The key code is missing in addons[0]. | Write code: with its value.")]
    [InlineData("state: gone\n", "4:8 error OSG0108: state is \"gone\", not one of present, suspended, absent. | Known here: present, suspended, absent.")]
    [InlineData("state: Present\n", "4:8 error OSG0108: state is \"Present\", not one of present, suspended, absent. | Did you mean present?")]
    [InlineData("values: {8080: x}\n", "4:10 error OSG0109: The key \"8080\" is no text to YAML. | Write \"8080\":")]
    [InlineData("values: {[a]: x}\n", "4:10 error OSG0109: A key is a list, a map or an alias. | Write a text.")]
    [InlineData("values: {a: &x 1}\n", "4:16 error OSG0103: The anchor &x is refused. | Write the value where it is needed.")]
    [InlineData("values: {<<: {a: 1}}\n", "4:10 error OSG0103: The merge key << is refused. | Write the keys where they are needed.")]
    [InlineData("values: {a: !!str 1}\n", "4:19 error OSG0103: A tag is refused. | Leave the tag out, and put a text in double quotes.")]
    [InlineData("reason: half", "4:13 warning OSG0111: The last line does not end with a line break: the file may be cut short. | Look whether something is missing, and end the file with a line break.")]
    public void A_structural_fault_is_named_with_its_place_and_remedy(string text, string line)
    {
        var file = Wishes.File(Wishes.Head + text);

        Assert.Equal(line, Wishes.OnlyLine(file.Problems));
        Assert.Equal("acme", file.Problems[0].Instance);
    }

    [Fact]
    public void An_alias_is_refused_where_it_stands()
    {
        var file = Wishes.File(Wishes.Head + "values: {a: &x [1], b: *x}\n");

        Assert.Equal(["OSG0103", "OSG0103"], file.Problems.Select(problem => problem.Code));
        Assert.Equal("The alias *x is refused.", file.Problems[1].Message);
    }

    [Fact]
    public void Nothing_is_read_through_an_alias_and_a_bomb_of_them_is_harmless()
    {
        var bomb = string.Concat(Enumerable.Range(1, 40).Select(n => $"  k{n}: &b{n} [*b{n - 1}, *b{n - 1}, *b{n - 1}]\n"));

        var file = Wishes.File(Wishes.Head + "target: *b40\nvalues:\n  k0: &b0 x\n" + bomb);
        var late = Wishes.File(Wishes.Head + "reason: &r x\ntarget: *r\nstate: *r\n");

        Assert.All(file.Problems, problem => Assert.True(problem.Code is "OSG0101" or "OSG0103"));
        Assert.Equal(["OSG0103", "OSG0103", "OSG0103"], late.Problems.Select(problem => problem.Code));
        Assert.Null(late.Wish);
    }

    [Theory]
    [InlineData("", "1:1 error OSG0106: The file holds nothing. | Restore its content, or delete the file.")]
    [InlineData("# nothing\n", "1:1 error OSG0106: The file holds nothing. | Restore its content, or delete the file.")]
    [InlineData("- a\n", "1:1 error OSG0106: The file is a list, not a map. | Write a map.")]
    public void A_file_without_a_map_stops_its_instance_alone(string text, string line)
    {
        var state = Wishes.State(text);

        Assert.Equal(line, Wishes.OnlyLine(state.Problems));
        Assert.True(state.Usable);
        Assert.Equal(["acme"], state.Broken);
    }

    [Theory]
    [InlineData("kind: Instance\nkind: [\n")]
    [InlineData("a: \"b\n")]
    [InlineData("a:\tb: c\n  - x\n")]
    public void A_file_that_is_no_YAML_stops_the_whole_plan(string text)
    {
        var state = Wishes.State(text);

        Assert.Equal("OSG0101", Assert.Single(state.Problems).Code);
        Assert.True(state.Problems[0].Place.Line > 0);
        Assert.False(state.Usable);
        Assert.Empty(state.Instances);
    }

    [Theory]
    [InlineData("---\ncode: other\n", "4:1")]
    [InlineData("...\ncode: other\n", "4:1")]
    public void Several_documents_stop_the_whole_plan(string second, string place)
    {
        var state = Wishes.State(Wishes.Head + second);

        Assert.Equal(
            place + " error OSG0102: Text follows behind the first YAML document, and Helm's reader would ignore it. | Keep one document in a file.",
            Wishes.OnlyLine(state.Problems));
        Assert.False(state.Usable);
    }

    [Fact]
    public void The_wrong_kind_of_file_says_where_it_belongs()
    {
        var file = Wishes.File("apiVersion: odoosky.io/v2\nkind: AddonCatalog\ncode: acme\n");

        Assert.Equal(
            [
                "1:13 error OSG0110: apiVersion is \"odoosky.io/v2\", but this file must be odoosky.io/v1. | Write apiVersion: odoosky.io/v1, or move the file to where its kind belongs.",
                "2:7 error OSG0110: kind is \"AddonCatalog\", but this file must be Instance. | Write kind: Instance, or move the file to where its kind belongs.",
            ],
            Wishes.Lines(file.Problems));
    }

    [Fact]
    public void All_that_is_wrong_is_said_at_once_in_the_order_of_the_file()
    {
        var file = Wishes.File(
            """
            kind: Instance
            code: acme
            stat: present
            odoo: 17.0
            addons:
              - {code: a b}
              - {source: oca, imgae: x}
            unset: [addons, a..b]
            values: {instance: 1, password: x}

            """);

        Assert.Equal(
            ["1:1 OSG0107", "3:1 OSG0105", "4:7 OSG0106", "6:12 OSG0130", "7:5 OSG0107", "7:19 OSG0105", "8:9 OSG0144", "8:17 OSG0142", "9:10 OSG0140", "9:23 OSG0141"],
            file.Problems.Select(problem => $"{problem.Place.Line}:{problem.Place.Column} {problem.Code}"));
    }

    [Theory]
    [InlineData(70, 1)]
    [InlineData(20_000, 1)]
    public void Deep_nesting_is_a_problem_and_no_crash(int depth, int count) =>
        Assert.Equal(count, Wishes.File(Wishes.Head + "values: {a: " + new string('[', depth) + new string(']', depth) + "}\n").Problems.Length);

    [Fact]
    public void A_file_over_one_mebibyte_is_a_problem()
    {
        var file = Wishes.File(Wishes.Head + "reason: " + new string('x', 1 << 20) + "\n");

        Assert.Equal("OSG0101", Assert.Single(file.Problems).Code);
    }

    [Fact]
    public void A_byte_order_mark_and_CRLF_are_no_problem()
    {
        var file = Wishes.File("\uFEFF" + (Wishes.Head + "odoo: \"17.0\"\n").Replace("\n", "\r\n"));

        Assert.Empty(file.Problems);
        Assert.Equal("17.0", file.Wish!.Series);
    }
}
