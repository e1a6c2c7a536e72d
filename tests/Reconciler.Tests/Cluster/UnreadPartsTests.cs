using System.Collections.Immutable;
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
public sealed class UnreadPartsTests
{
    // As the API server writes strings: \" and not \u0022.
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly ImmutableArray<byte[]> Parts = ["\"managedFields\":[{"u8.ToArray(), "\"spec\":{\""u8.ToArray(), "\"applied\":\""u8.ToArray()];

    public static TheoryData<string> Scenarios => [.. Rollout.Recording.Names];

    [Theory]
    [InlineData("""{"managedFields":[{"manager":"a","f":{"x":[1,{}]}}],"name":"n"}""", """{"managedFields":[],"name":"n"}""")]
    [InlineData("""{"managedFields":[{"manager":"]}","f":{"k:{\"p\":\"\\\"}":{}}}],"b":1}""", """{"managedFields":[],"b":1}""")]
    [InlineData("""[{"managedFields":[{"manager":1}]},{"managedFields":[{"manager":2}]}]""", """[{"managedFields":[]},{"managedFields":[]}]""")]
    [InlineData("""{"message":"\"managedFields\":[{\"manager\":1}]"}""", """{"message":"\"managedFields\":[{\"manager\":1}]"}""")]
    [InlineData("""{"managedFields":[],"a":{"managedFields":null}}""", """{"managedFields":[],"a":{"managedFields":null}}""")]
    [InlineData("""{"managedFields": [ {"manager":1} ]}""", """{"managedFields": [ {"manager":1} ]}""")]
    [InlineData("""{"spec":{"a":{"spec":{"b":[]}}},"spec":{},"x":{"spec":{"c":1}}}""", """{"spec":{},"spec":{},"x":{"spec":{}}}""")]
    [InlineData("""{"f:spec":{"a":1},"specs":{"a":1}}""", """{"f:spec":{"a":1},"specs":{"a":1}}""")]
    [InlineData("""{"applied":"{\"spec\":{\"a\":\"\\\"\"}}\n","spec":{"b":"}"},"c":1}""", """{"applied":"","spec":{},"c":1}""")]
    [InlineData("""{"applied":"","spec":{"b":1}}""", """{"applied":"","spec":{}}""")]
    [InlineData("""{"managedFields":[{"m":"\\"}],"applied":"\\","n":"\\"}""", """{"managedFields":[],"applied":"","n":"\\"}""")]
    [InlineData("""{"a":1,"managedFie""", """{"a":1,"managedFie""")]
    [InlineData("""{"managedFields":[{"manager":{"a":1}}""", """{"managedFields":[""")]
    [InlineData("", "")]
    public void What_stands_in_these_parts_is_left_out_and_nothing_else(string text, string left)
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

    /// <summary>Whoever adds a field to what is read, and forgets that it stands in a part that is left out, sees it here.</summary>
    [Theory]
    [MemberData(nameof(Scenarios))]
    public void Of_real_objects_nothing_is_left_out_that_is_read(string scenario)
    {
        foreach (var told in Rollout.Recording.Read(scenario).Events.Where(read => read.Kind != "Action"))
        {
            var text = told.Object.ToJsonString(Plain);
            var (whole, slim, _) = Read(told.Kind, text);
            Assert.Equal(whole, slim);
        }
    }

    [Theory]
    [InlineData("Application")]
    [InlineData("Deployment")]
    [InlineData("ReplicaSet")]
    [InlineData("Pod")]
    public void Of_an_object_as_an_API_server_writes_it_a_third_or_more_is_left_out_and_nothing_that_is_read(string kind)
    {
        var text = Recording.Of($"get-{kind.ToLowerInvariant()}-200").Json().ToJsonString(Plain);

        var (whole, slim, parts) = Read(kind, text);

        Assert.Equal(whole, slim);
        Assert.InRange(Cut(text, _ => text.Length, parts).Length, 500, text.Length * 2 / 3);
    }

    private static (string Whole, string Slim, ImmutableArray<byte[]> Parts) Read(string kind, string text) => kind switch
    {
        "Application" => Both(Resources.Applications, text),
        "Deployment" => Both(Resources.Deployments, text),
        "ReplicaSet" => Both(Resources.ReplicaSets, text),
        _ => Both(Resources.Pods, text),
    };

    private static (string Whole, string Slim, ImmutableArray<byte[]> Parts) Both<TServed, TState>(Resource<TServed, TState> resource, string text)
        where TServed : class
    {
        string Page(string item) => $$"""{"metadata":{"resourceVersion":"7"},"items":[{{item}}]}""";
        string State(string page) => JsonSerializer.Serialize(resource.State(JsonSerializer.Deserialize(page, resource.Page)!.Items![0]));
        return (State(Page(text)), State(Cut(Page(text), _ => 1000, resource.Unread)), resource.Unread);
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
    private static string Cut(string text, Func<int, int> size) => Cut(text, size, Parts);

    private static string Cut(string text, Func<int, int> size, ImmutableArray<byte[]> parts)
    {
        var unread = new UnreadParts(parts);
        var bytes = Encoding.UTF8.GetBytes(text);
        List<byte> kept = [];
        byte[] left = [];
        for (var (at, piece) = (0, 0); ; piece++)
        {
            var next = Math.Min(size(piece), bytes.Length - at);
            byte[] buffer = [.. left, .. bytes[at..(at + next)]];
            at += next;
            var (stays, again) = unread.Cut(buffer, next == 0);
            kept.AddRange(buffer[..stays]);
            left = buffer[^again..];
            if (next == 0) return Encoding.UTF8.GetString([.. kept]);
        }
    }
}
