using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using OdooSky.GitOps.Reconciler.Cluster;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Cluster;

/// <summary>Bytes that nobody reads are left out, and no other byte.</summary>
public sealed class ManagedFieldsTests
{
    // As the API server writes strings: \" and not \u0022.
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Theory]
    [InlineData("""{"managedFields":[{"manager":"a","f":{"x":[1,{}]}}],"name":"n"}""", """{"managedFields":[],"name":"n"}""")]
    [InlineData("""{"managedFields":[{"manager":"]}","f":{"k:{\"p\":\"\\\"}":{}}}],"b":1}""", """{"managedFields":[],"b":1}""")]
    [InlineData("""[{"managedFields":[{"manager":1}]},{"managedFields":[{"manager":2}]}]""", """[{"managedFields":[]},{"managedFields":[]}]""")]
    [InlineData("""{"message":"\"managedFields\":[{\"manager\":1}]"}""", """{"message":"\"managedFields\":[{\"manager\":1}]"}""")]
    [InlineData("""{"managedFields":[],"a":{"managedFields":null}}""", """{"managedFields":[],"a":{"managedFields":null}}""")]
    [InlineData("""{"managedFields": [ {"manager":1} ]}""", """{"managedFields": [ {"manager":1} ]}""")]
    [InlineData("""{"a":1,"managedFie""", """{"a":1,"managedFie""")]
    [InlineData("""{"managedFields":[{"manager":{"a":1}}""", """{"managedFields":[""")]
    [InlineData("", "")]
    public void What_stands_in_managedFields_is_left_out_and_nothing_else(string text, string left)
    {
        for (var size = 1; size <= Math.Max(1, text.Length); size++) Assert.Equal(left, Cut(text, _ => size));
    }

    [Fact]
    public void Whatever_stands_there_and_wherever_the_stream_is_cut_the_rest_is_the_same()
    {
        var word = Gen.Elements("a", "f:x", "k:{\"p\":1}", "]", "[", "}", "{", "\\", "\"", "\\\"", "managedFields\":[{\"m", "é", "\n", new string('{', 70), new string('\\', 65));
        var fields = word.ArrayOf().Select(Entries);
        var objects = from name in word from managed in fields from more in word select (Name: name, Managed: managed, More: more);
        var cases = from all in objects.ArrayOf() from sizes in Gen.Choose(1, 200).ArrayOf(64) select (all, sizes);

        Prop.ForAll(cases.ToArbitrary(), one =>
        {
            var whole = List(one.all.Select(o => Object(o.Name, (JsonArray)o.Managed.DeepClone(), o.More))).ToJsonString(Plain);
            var slim = List(one.all.Select(o => Object(o.Name, [], o.More))).ToJsonString(Plain);
            Assert.Equal(slim, Cut(whole, i => one.sizes[i % 64]));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(400));
    }

    private static JsonArray Entries(string[] words)
    {
        var entries = new JsonArray(new JsonObject { ["manager"] = string.Concat(words) });
        foreach (var word in words) entries.Add(new JsonObject { [word] = new JsonArray(word, new JsonObject { [word] = 1 }) });
        return entries;
    }

    private static JsonObject Object(string name, JsonArray managed, string more) =>
        new() { ["metadata"] = new JsonObject { ["name"] = name, ["managedFields"] = managed, ["labels"] = new JsonObject { [more] = more } }, ["spec"] = more };

    private static JsonObject List(IEnumerable<JsonNode> items) => new() { ["items"] = new JsonArray([.. items]), ["metadata"] = new JsonObject { ["resourceVersion"] = "7" } };

    // As the stream does it: what is left over comes again in front of the next piece.
    private static string Cut(string text, Func<int, int> size)
    {
        var fields = new ManagedFields();
        var bytes = Encoding.UTF8.GetBytes(text);
        List<byte> kept = [];
        byte[] left = [];
        for (var (at, piece) = (0, 0); ; piece++)
        {
            var next = Math.Min(size(piece), bytes.Length - at);
            byte[] buffer = [.. left, .. bytes[at..(at + next)]];
            at += next;
            var (stays, again) = fields.Cut(buffer, next == 0);
            kept.AddRange(buffer[..stays]);
            left = buffer[^again..];
            if (next == 0) return Encoding.UTF8.GetString([.. kept]);
        }
    }
}
