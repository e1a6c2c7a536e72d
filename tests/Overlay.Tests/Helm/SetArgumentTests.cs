using System.Text;
using OdooSky.GitOps.Overlay.Helm;
using Xunit;

namespace OdooSky.GitOps.Overlay.Tests.Helm;

/// <summary>
/// <c>--set</c> and its kin over the values <c>{b: {c: 1, d: [1, {e: 2}]}, l: [1, 2], p: null, s: x}</c>, as Helm 4 applies them.
/// Where an argument is wrong, the words are those that a person reads.
/// </summary>
public sealed class SetArgumentTests
{
    private const string Values = "b: {c: 1, d: [1, {e: 2}]}\nl: [1, 2]\np: ~\ns: x\n";

    private static readonly (string Arguments, string Outcome)[] Set =
    [
        ("a=1", "+\"a\":1"), ("a=01", "+\"a\":\"01\""), ("a=0", "+\"a\":0"), ("a=-1", "+\"a\":-1"), ("a=+1", "+\"a\":1"),
        ("a=1.0", "+\"a\":\"1.0\""), ("a=", "+\"a\":\"\""), ("a= 1", "+\"a\":\" 1\""),
        ("a=9223372036854775807", "+\"a\":9223372036854775807"), ("a=9223372036854775808", "+\"a\":\"9223372036854775808\""),
        ("a=-0", "+\"a\":0"), ("a=-01", "+\"a\":-1"), ("a=00", "+\"a\":\"00\""),
        ("a=true", "+\"a\":true"), ("a=TrUe", "+\"a\":true"), ("a=False", "+\"a\":false"), ("a=FAL\u017Fe", "+\"a\":false"),
        ("a=NULL", "+\"a\":null"), ("a=yes", "+\"a\":\"yes\""), ("a=nul", "+\"a\":\"nul\""),
        ("a=1,aa=2", "+\"a\":1,\"aa\":2"), ("a=1,", "+\"a\":1"), ("a=b=c", "+\"a\":\"b=c\""), ("a=b.c[0]", "+\"a\":\"b.c[0]\""),
        ("a=b\\,c,aa=d", "+\"a\":\"b,c\",\"aa\":\"d\""), ("a=\\\\x", "+\"a\":\"\\\\x\""),
        ("a\\.b=1", "+\"a.b\":1"), ("a\\=b=1", "+\"a=b\":1"), ("a\\[b=1", "+\"a[b\":1"), ("a=x\\", "+\"a\":\"x\""), ("a=\\", "+\"a\":\"\""),
        ("a=x\\y", "+\"a\":\"xy\""),
        ("a={}", "+\"a\":[\"\"]"), ("a={1,b,true,null}", "+\"a\":[1,\"b\",true,null]"), ("a={1},aa=2", "+\"a\":[1],\"aa\":2"),
        ("a={1}x=2", "+\"a\":[1],\"x\":2"), ("a={\\},b}", "+\"a\":[\"}\",\"b\"]"), ("a={a,}", "+\"a\":[\"a\",\"\"]"),
        ("a={1", "set --set a={1: a list must end with '}'."), ("a={1,", "set --set a={1,: a list must end with '}'."),
        ("a.x=1", "+\"a\":{\"x\":1}"), ("a.x.y=1,a.x.z=2", "+\"a\":{\"x\":{\"y\":1,\"z\":2}}"), ("a[0]=1", "+\"a\":[1]"),
        ("a[2]=1", "+\"a\":[null,null,1]"), ("a[0].x=1,a[1]=2,a[0].y=3", "+\"a\":[{\"x\":1,\"y\":3},2]"),
        ("a[0][1]=1", "+\"a\":[[null,1]]"), ("a[0][0].x=1,a[0][0].y=2", "+\"a\":[[{\"x\":1,\"y\":2}]]"), ("a[0]={1,2}", "+\"a\":[[1,2]]"),
        ("a[0]=1,a[0]=2", "+\"a\":[2]"), ("a[1][0]=1", "+\"a\":[null,[1]]"),
        ("a", "set --set a: key 'a' has no value."), ("a,b=1", "set --set a,b=1: key 'a' has no value (cannot end with ,)."), ("=1", "+"),
        ("", "+"), (".a=1", "+"), ("a.=1", "set --set a.=1: key map 'a' has no value."),
        ("a.=1,aa=2", "set --set a.=1,aa=2: key map 'a' has no value."),
        ("a.", "+"), ("a.b", "set --set a.b: key 'b' has no value."), ("s.x=1", "set --set s.x=1: 's' is not a map."),
        ("l.x=1", "set --set l.x=1: 'l' is not a map."), ("s[0]=1", "set --set s[0]=1: 's' is not a list."),
        ("b[0]=1", "set --set b[0]=1: 'b' is not a list."),
        ("a[x]=1", "set --set a[x]=1: an index is not a number, or has no ']'."),
        ("a[1=1", "set-open-bracket --set a[1=1: an index has no ']'; Helm 4 drops what stands from there on."),
        ("a[]=1", "set --set a[]=1: an index is not a number, or has no ']'."),
        ("a[-1]=1", "set --set a[-1]=1: an index is negative."),
        ("a[0]b=1", "set --set a[0]b=1: there is text between an index and what follows it."),
        ("a[65537]=1", "set --set a[65537]=1: an index is larger than Helm allows."),
        ("a[0][x]=1", "set --set a[0][x]=1: an index is not a number, or has no ']'."),
        ("a[0][-1]=1", "set --set a[0][-1]=1: an index is negative."),
        ("a[0][65537]=1", "set --set a[0][65537]=1: an index is larger than Helm allows."),
        ("l[0][0]=1", "set --set l[0][0]=1: an item is not a list."),
        ("a[0]", "+\"a\":[]"), ("a[+1]=1", "+\"a\":[null,1]"),
    ];

    private static readonly (string Arguments, string Outcome)[] Over =
    [
        ("b.c=2", "{\"b\":{\"c\":2,\"d\":[1,{\"e\":2}]},\"l\":[1,2],\"p\":null,\"s\":\"x\"}"),
        ("b.d[1].e=3", "{\"b\":{\"c\":1,\"d\":[1,{\"e\":3}]},\"l\":[1,2],\"p\":null,\"s\":\"x\"}"),
        ("b.d[1].f=3", "{\"b\":{\"c\":1,\"d\":[1,{\"e\":2,\"f\":3}]},\"l\":[1,2],\"p\":null,\"s\":\"x\"}"),
        ("b.d[0].f=3", "{\"b\":{\"c\":1,\"d\":[{\"f\":3},{\"e\":2}]},\"l\":[1,2],\"p\":null,\"s\":\"x\"}"),
        ("l[0]=9", "{\"b\":{\"c\":1,\"d\":[1,{\"e\":2}]},\"l\":[9,2],\"p\":null,\"s\":\"x\"}"),
        ("l[3]=9", "{\"b\":{\"c\":1,\"d\":[1,{\"e\":2}]},\"l\":[1,2,null,9],\"p\":null,\"s\":\"x\"}"),
        ("l=null", "{\"b\":{\"c\":1,\"d\":[1,{\"e\":2}]},\"l\":null,\"p\":null,\"s\":\"x\"}"),
        ("b=1", "{\"b\":1,\"l\":[1,2],\"p\":null,\"s\":\"x\"}"),
    ];

    private static readonly (string Arguments, string Outcome)[] Kinds =
    [
        ("--set-string|a=1", "+\"a\":\"1\""), ("--set-string|a=true", "+\"a\":\"true\""),
        ("--set-string|a={1,null}", "+\"a\":[\"1\",\"null\"]"), ("--set-string=a=1", "+\"a\":\"1\""), ("--set=a=1", "+\"a\":1"),
        ("--set-literal|a=1,b=2\\", "+\"a\":\"1,b=2\\\\\""), ("--set-literal|a=", "+\"a\":\"\""),
        ("--set-literal|a.x={1}", "+\"a\":{\"x\":\"{1}\"}"), ("--set-literal|a,b=1", "+\"a,b\":\"1\""),
        ("--set-literal|a[1]=x", "+\"a\":[null,\"x\"]"),
        ("--set-json|a=1.0", "+\"a\":1"), ("--set-json|a=[1,{\"b\":null,\"a\":\"x\"}]", "+\"a\":[1,{\"a\":\"x\",\"b\":null}]"),
        ("--set-json|a= true ,aa=false", "+\"a\":true,\"aa\":false"), ("--set-json|a=,aa=1", "+\"a\":null,\"aa\":1"),
        ("--set-json|a=", "+\"a\":null"),
        ("--set-json|a= ", "+\"a\":null"), ("--set-json|a={\"é\":1},aa=2", "+\"a\":{\"é\":1},\"aa\":2"),
        ("--set-json|a={},a.x=1", "+\"a\":{\"x\":1}"), ("--set-json|a=[1],a[1]=2", "+\"a\":[1,2]"),
        ("--set-json|a=\"x\\n\"", "+\"a\":\"x\\n\""),
        ("--set-json|a={\"b\":1,\"b\":2}", "+\"a\":{\"b\":2}"), ("--set-json|a=[]", "+\"a\":[]"),
        ("--set-json|a={\"b\":[true,false]}", "+\"a\":{\"b\":[true,false]}"),
        ("--set-json|a=x", "set --set-json a=x: the text is not JSON."), ("--set-json|a=[1", "set --set-json a=[1: the text is not JSON."),
        ("--set-json|a=[1e999]", "set --set-json a=[1e999]: a number is too large."),
        ("--set-json|a={\"b\":1e999}", "set --set-json a={\"b\":1e999}: a number is too large."),
        ("--set-json|a=-1e999", "set --set-json a=-1e999: a number is too large."),
        ("--set-json|a=\"\\ud800\"", "set-json-text --set-json a=\"\\ud800\": a text holds half a surrogate pair, which Go replaces."),
        ("--set-json|{\"a\":1}", "+\"a\":1"), ("--set-json|  {\"a\":{\"x\":1}} ", "+\"a\":{\"x\":1}"),
        ("--set-json|{\"a\":1}x", "set --set-json {\"a\":1}x: the text is not one JSON object."),
        ("--set-json|{\"a\":1", "set --set-json {\"a\":1: the text is not JSON."),
        ("--set|a=1|--set-json|a=2", "+\"a\":1"), ("--set-string|a=1|--set|a=2", "+\"a\":\"1\""),
        ("--set-literal|a=1|--set-string|a=2|--set|a=3|--set-json|a=4", "+\"a\":\"1\""), ("--set|a=1|--set|a=2", "+\"a\":2"),
        ("--set", "argument --set needs a value."), ("--set|a=1|--set-json", "argument --set-json needs a value."),
        ("--set-file|a=b", "set-file --set-file names a file, which is not read here."),
        ("--set-file=a=b", "set-file --set-file names a file, which is not read here."),
        ("-f|x", "argument The argument -f is not one of --set-json, --set, --set-string, --set-literal."),
        ("--set|a=\uFFFD", "argument-text --set holds characters that are not certain (U+FFFD)."),
    ];

    [Fact]
    public void One_argument_sets_what_its_path_names() => Shown.Holds(Set, text => Apply(["--set", text]));

    [Fact]
    public void Arguments_change_the_values_of_files_in_place() => Shown.Holds(Over, text => Shown.Json(Read(["--set", text], "4.2.3")));

    [Fact]
    public void Each_kind_has_its_own_reading_and_rank() => Shown.Holds(Kinds, text => Apply(text.Split('|')));

    [Fact]
    public void Names_have_thirty_levels_and_indexes_end_at_65536()
    {
        Assert.StartsWith("{\"a\":{\"a\":", Shown.Json(Read(["--set", string.Join('.', Enumerable.Repeat("a", 31)) + "=1"], "4.2.3")), StringComparison.Ordinal);
        Assert.EndsWith("the name has too many levels.", Apply(["--set", string.Join('.', Enumerable.Repeat("a", 32)) + "=1"]), StringComparison.Ordinal);
        Assert.Equal(65_537, ((HelmList)Read(["--set", "a[65536]=1"], "4.2.3").Value!.Find("a")!).Items.Length);
    }

    [Fact]
    public void A_JSON_object_alone_is_refused_for_Helm_3_and_deep_JSON_for_all()
    {
        var failure = Read(["--set-json", "{\"a\":1}"], "3.17.3").Failure!;
        Assert.Equal((FailureKind.Refused, "set-json-object", -2, 0), (failure.Kind, failure.Rule, failure.File, failure.Line));
        Assert.EndsWith(": Helm 3 reads a JSON object here only from some version on.", failure.Message, StringComparison.Ordinal);
        string Deep(int depth) => Apply(["--set-json", "a=" + new string('[', depth) + new string(']', depth)]);
        Assert.StartsWith("+\"a\":[[", Deep(1_000), StringComparison.Ordinal);
        Assert.StartsWith("too-deep", Deep(1_001), StringComparison.Ordinal);
        Assert.EndsWith("the JSON is nested deeper than this program reads.", Deep(1_001), StringComparison.Ordinal);
        Assert.EndsWith("the text is not JSON.", Apply(["--set-json", "a=" + new string('[', 999)]), StringComparison.Ordinal);
    }

    [Fact]
    public void What_Helm_fails_on_is_told_from_what_is_refused()
    {
        Assert.Equal(FailureKind.HelmFails, Read(["--set", "a"], "4.2.3").Failure!.Kind);
        Assert.Equal(FailureKind.HelmFails, Read(["--set"], "4.2.3").Failure!.Kind);
        Assert.Equal(FailureKind.Refused, Read(["--other"], "4.2.3").Failure!.Kind);
        Assert.Equal(FailureKind.Refused, Read(["--set-file", "a=b"], "4.2.3").Failure!.Kind);
        Assert.Equal(FailureKind.Refused, Read(["--set", "a=\uFFFD"], "4.2.3").Failure!.Kind);
    }

    private static HelmReading<HelmMap> Read(string[] arguments, string version) =>
        HelmValues.Read(new HelmInput { Files = [Encoding.UTF8.GetBytes(Values)], Arguments = [.. arguments], Version = HelmVersion.TryParse(version) });

    /// <summary>What is there besides the values of the file, or the rule and the words.</summary>
    private static string Apply(string[] arguments)
    {
        var reading = Read(arguments, "4.2.3");
        if (reading.Failure is { } failure) return failure.Rule + " " + failure.Message;
        var rest = new[] { "b", "l", "p", "s" }.Aggregate(reading.Value!, (map, key) => map.Without(key));
        return "+" + Shown.Json(new HelmReading<HelmMap>(rest))[1..^1];
    }
}
