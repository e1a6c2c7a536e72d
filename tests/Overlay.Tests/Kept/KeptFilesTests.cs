using System.Collections;
using System.Reflection;
using System.Text;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Helm;
using OdooSky.GitOps.Overlay.Kept;
using OdooSky.GitOps.Overlay.Tests.Desired;
using Xunit;

namespace OdooSky.GitOps.Overlay.Tests.Kept;

/// <summary>An instance file that was kept is the file that was read, to the last place of the last problem.</summary>
public sealed class KeptFilesTests
{
    private const string Full =
        """
        apiVersion: odoosky.io/v1
        kind: Instance
        code: acme
        state: suspended
        target: prod
        labels: {tier: gold, "a b": "é 日本 😀"}
        odoo: "17.0"
        cloneFromCode: old
        addons:
          - code: sale
            source: odoo-builtin
          - code: web
            source: oca
            image: registry.example/web
            version: "17.0.1"
          - code: left_open
        values:
          image: {tag: "17.0-x", pull: true, never: false, none: null}
          list: [[1, -0.0, 1e21, 5e-324], {a: yes, b: {}}, [], 9007199254740993]
        unset: ["a.\"b.c\"", resources.pg]
        requestedBy: jane@example.com
        reason: "For: sales"
        ticket: OPS-1

        """;

    public static TheoryData<string> Texts =>
    [
        Full,
        Wishes.Head,
        string.Empty,
        "\t",
        "code: [",
        Wishes.Head + "addons:\n- {code: web, nonsense: 1}\n- {code: web}\n- 7\n",
        Wishes.Head.Replace("acme", "other", StringComparison.Ordinal),
        Wishes.Head + "values: {addons: []}\nunset: [\"\", 7]\nlabels: {a: 1}\nstate: gone\n",
        Wishes.Head + "\0",
    ];

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_kept_file_is_the_file_that_was_read(string text)
    {
        var file = Wishes.File(text);

        Assert.Equal(Told(file), Told(Again(file)));
    }

    [Fact]
    public void Every_beginning_of_a_file_comes_back_as_it_was_read()
    {
        for (var length = 0; length <= Full.Length; length++)
        {
            if (length < Full.Length && char.IsLowSurrogate(Full[length])) continue;
            var file = Wishes.File(Full[..length]);
            Assert.Equal(Told(file), Told(Again(file)));
        }
    }

    [Fact]
    public void Nothing_of_a_wish_is_left_out()
    {
        var told = Told(Again(Wishes.File(Full)));

        foreach (var property in typeof(InstanceWish).GetProperties()) Assert.Contains($"{property.Name}=", told, StringComparison.Ordinal);
        foreach (var word in (string[])["left_open", "suspended", "é 日本 😀", "9007199254740992", "5E-324", "-0", "b.c", "OPS-1", "Line=16"])
            Assert.Contains(word, told, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_text_that_is_no_Unicode_is_not_kept_as_another_one()
    {
        using var stream = new MemoryStream();
        using var writer = new KeptWriter(stream);

        Assert.Throws<EncoderFallbackException>(() => writer.Text("a\ud800"));
    }

    private static InstanceFile Again(InstanceFile file)
    {
        using var stream = new MemoryStream();
        using (var writer = new KeptWriter(stream)) KeptFiles.Write(file, writer);
        stream.Position = 0;
        using var reader = new KeptReader(stream);
        return KeptFiles.Read(reader);
    }

    // Every public property of every object, down to texts and numbers.
    private static string Told(object? thing)
    {
        switch (thing)
        {
            case null:
                return "null";
            case string or Enum or bool or int or long:
                return $"{thing}";
            case double number:
                return number.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
            case IEnumerable many:
                return $"[{string.Join(", ", many.Cast<object?>().Select(Told))}]";
            case ValuePath path:
                return Told(path.Keys);
        }

        var properties = thing.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.GetIndexParameters().Length == 0);
        return $"{thing.GetType().Name}({string.Join(", ", properties.Select(property => $"{property.Name}={(property.Name == nameof(HelmValue.KindName) ? "" : Told(property.GetValue(thing)))}"))})";
    }
}
