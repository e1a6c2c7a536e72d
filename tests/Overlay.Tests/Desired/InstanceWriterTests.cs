using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Helm;
using Xunit;

namespace OdooSky.GitOps.Overlay.Tests.Desired;

public sealed class InstanceWriterTests
{
    private static readonly string[] Texts =
    [
        "", " ", "plain", "yes", "No", "on", "Y", "null", "~", "true", "17.0", "1e3", "012", "0x1F", "1_000", "1:30", "2026-01-01", ".inf", "-", "- a", "a: b", "a #b", "#a", "&a", "*a", "!a", "|", ">", "%a", "@a", "`a",
        "{a}", "[a]", "a,b", "'", "\"", "\\", "a\\nb", "line\nbreak", "tab\tx", " lead", "trail ", "é", "日本", "\U0001F600", "\u2028", "\u00A0", "?", "? a", ":", "a:", "=", "<<", "25921e05", "x.y/z@1", "---", "...",
    ];

    [Fact]
    public void A_written_instance_is_plain_and_reads_back()
    {
        var acme = new DesiredInstance
        {
            Code = InstanceCode.TryParse("acme")!,
            Place = new Place("desired/instances/acme.yaml", 3, 7),
            State = InstanceState.Suspended,
            Target = "prod",
            Labels = DesiredInstanceLabels("tier", "gold"),
            Series = "17.0",
            CloneFrom = InstanceCode.TryParse("old"),
            Addons = [new("sale", "odoo-builtin", "", ""), new("web", "oca", "registry.example/web", "17.0.1")],
            Values = HelmMap.From([
                new("image", HelmMap.From([new("tag", new HelmText("17.0-x"))])),
                new("list", new HelmList([new HelmList([new HelmNumber(1), HelmNull.Instance]), HelmMap.From([new("a", new HelmBoolean(true)), new("b", HelmMap.Empty)]), new HelmList([])])),
            ]),
            Unset = [ValuePath.TryParse("a.\"b.c\"")!],
            Request = new Request("jane@example.com", "For: sales", ""),
            Revision = "blob-acme",
        };

        var text = InstanceFile.Write(acme);

        Assert.Equal(
            """
            apiVersion: odoosky.io/v1
            kind: Instance
            code: acme
            state: suspended
            target: prod
            labels:
              tier: gold
            odoo: "17.0"
            cloneFromCode: old
            addons:
              - code: sale
                source: odoo-builtin
              - code: web
                source: oca
                image: registry.example/web
                version: "17.0.1"
            values:
              image:
                tag: "17.0-x"
              list:
                - - 1
                  - null
                - a: true
                  b: {}
                - []
            unset:
              - "a.\"b.c\""
            requestedBy: jane@example.com
            reason: "For: sales"

            """,
            text);
        var read = Assert.Single(Wishes.State(text).Instances);
        Assert.Equal(acme with { Labels = read.Labels, Addons = read.Addons, Unset = read.Unset, CatalogRequests = read.CatalogRequests, Content = read.Content }, read);
        Assert.Equal(acme.Labels, read.Labels);
        Assert.Equal(acme.Addons, read.Addons);
        Assert.Equal(acme.Unset, read.Unset);
    }

    [Fact]
    public void Every_text_and_number_reads_back_as_itself()
    {
        var values = HelmMap.From(
        [
            .. Texts.Select((text, at) => new HelmEntry($"t{at}", new HelmText(text))),
            .. Texts.Select(text => new HelmEntry("k" + text, new HelmText("v"))),
            .. new[] { 0, -0.0, 1, -17.5, 1e21, 1e-7, 9007199254740992, double.MaxValue, double.Epsilon, 0.1 }.Select((number, at) => new HelmEntry($"n{at}", new HelmNumber(number))),
        ]);
        var acme = new DesiredInstance { Code = InstanceCode.TryParse("acme")!, Place = new Place("x"), Values = values };

        var state = Wishes.State(InstanceFile.Write(acme));

        Assert.Empty(state.Problems);
        Assert.Equal(values, state.Instances[0].Values);
    }

    [Fact]
    public void A_written_file_is_the_same_when_it_is_written_again()
    {
        var first = InstanceFile.Write(Wishes.State(Wishes.Head + "values: {b: [1, {c: [x]}], a: \"on\"}\nunset: [z]\n").Instances[0]);

        Assert.Equal(first, InstanceFile.Write(Wishes.State(first).Instances[0]));
    }

    private static System.Collections.Immutable.ImmutableSortedDictionary<string, string> DesiredInstanceLabels(string name, string value) =>
        new DesiredInstance { Code = InstanceCode.TryParse("a")!, Place = new Place("x") }.Labels.Add(name, value);
}
