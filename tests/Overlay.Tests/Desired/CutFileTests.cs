using System.Text;
using OdooSky.GitOps.Overlay.Desired;
using Xunit;

namespace OdooSky.GitOps.Overlay.Tests.Desired;

public sealed class CutFileTests
{
    private const string Whole =
        """
        apiVersion: odoosky.io/v1
        kind: Instance
        code: acme
        state: present
        labels: {ring: canary}
        odoo: "17.0"
        addons:
          - code: sale_management
            source: odoo-builtin
          - code: web_responsive
          - code: ks_dashboard
            source: vendor
            image: registry.example/addons/ks_dashboard
            version: "17.0.3"
        values:
          image: {tag: "17.0-20261101"}
          greeting: |
            one
            two
        unset: [resources.odoo.limits.cpu]
        requestedBy: jane@example.com
        reason: Dashboard for the sales team

        """;

    private const string Catalogue = Wishes.CatalogHead +
        """
        addons:
          web_responsive:
            source: oca
            image: registry.example/web
            series:
              "17.0": "17.0.1"

        """;

    // A text cut at a line's end is a text that a person could have written: no reader can tell. Git's object id can.
    [Fact]
    public void An_instance_cut_within_a_line_never_goes_unnoticed()
    {
        var bytes = Encoding.UTF8.GetBytes(Whole);
        var catalog = Wishes.Catalog(Catalogue);
        var silent = new List<int>();
        for (var length = 0; length < bytes.Length; length++)
        {
            var state = DesiredState.Combine([InstanceFile.Read("desired/instances/acme.yaml", bytes.AsMemory(0, length), "b")], catalog, new DesiredRules());
            if (state.Problems.IsEmpty) silent.Add(length);
        }

        // After these lines: code, state, labels, odoo, then sale, web, ks complete, image and the greeting's lines, unset, requestedBy.
        Assert.All(silent, length => Assert.Equal((byte)'\n', bytes[length - 1]));
        Assert.Equal([3, 4, 5, 6, 9, 10, 14, 16, 17, 18, 19, 20, 21], silent.Select(length => bytes.AsSpan(0, length).Count((byte)'\n')));
    }

    [Fact]
    public void A_catalogue_cut_within_a_line_never_goes_unnoticed()
    {
        var bytes = Encoding.UTF8.GetBytes(Catalogue);
        var file = Wishes.File(Whole);
        for (var length = 0; length < bytes.Length; length++)
        {
            var catalog = CatalogFile.Read("desired/addons.yaml", bytes.AsMemory(0, length), "b");
            var state = DesiredState.Combine([file], catalog, new DesiredRules());

            Assert.False(state.Problems.IsEmpty, $"cut at byte {length}");
        }
    }

    [Fact]
    public void A_list_that_lost_its_end_is_an_error_in_flow_style()
    {
        const string text = Wishes.Head + "unset: [a, b, c]\n";
        for (var length = Wishes.Head.Length + "unset: ".Length + 1; length < text.Length - 1; length++)
            Assert.Equal("OSG0101", Wishes.File(text[..length]).Problems[0].Code);
    }

    [Fact]
    public void No_byte_put_anywhere_makes_the_reader_fail_or_plan_another_instance()
    {
        var bytes = Encoding.UTF8.GetBytes(Whole);
        foreach (var put in "\0\t\n \"#%&*-:<>?[]{|}~,!@`\\\u0080\u00FF"u8.ToArray())
            for (var at = 0; at < bytes.Length; at++)
            {
                var broken = (byte[])bytes.Clone();
                broken[at] = put;
                var state = DesiredState.Combine([InstanceFile.Read("desired/instances/acme.yaml", broken, "b")], null, new DesiredRules());

                Assert.All(state.Instances, instance => Assert.Equal("acme", instance.Code.Text));
                Assert.All(state.Problems, problem => Assert.True(problem.Instance is null or "acme" || state.Broken.Contains("acme")));
            }
    }
}
