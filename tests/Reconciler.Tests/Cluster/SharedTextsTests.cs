using System.Text;
using System.Text.Json;
using OdooSky.GitOps.Reconciler.Cluster;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Cluster;

/// <summary>Texts of a cluster are read as they are, and equal ones are one string.</summary>
public sealed class SharedTextsTests
{
    // Other letters than ASCII's as they are, as an API server writes them.
    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions Options = new() { Converters = { new SharedTexts() } };

    [Fact]
    public void Equal_texts_and_keys_are_one_string()
    {
        var texts = Read<string[]>("""["Deployment has minimum availability.","Deployment has minimum availability."]""")!;
        var map = Read<Dictionary<string, string>>("""{"Deployment has minimum availability.":"b"}""")!;

        Assert.Same(texts[0], texts[1]);
        Assert.Same(texts[0], map.Keys.Single());
    }

    [Fact]
    public void Whatever_stands_there_is_read_as_it_is()
    {
        string[] texts =
        [
            "", "a", "ab", "abcdefg", "abcdefgh", "abcdefghi", "ü", "üüüüüüüüüüü", "a\"b", "\n", "\u0000", "\uFFFD", new('x', 256), new('x', 257), new('y', 100_000),
            .. Enumerable.Range(0, 30_000).Select(i => $"i{i:00000}-odoo-{i * 7919:x}"), .. Enumerable.Range(0, 300).Select(length => new string('z', length)),
        ];

        for (var round = 0; round < 2; round++) Assert.Equal(texts, Read<string[]>(JsonSerializer.Serialize(texts, Plain)));
    }

    [Theory]
    [InlineData("[123]")]
    [InlineData("[true]")]
    [InlineData("[{}]")]
    public void What_is_no_text_is_refused_even_if_a_text_like_it_is_known(string json)
    {
        Read<string[]>("""["123","true"]""");

        Assert.Throws<JsonException>(() => Read<string[]>(json));
    }

    [Fact]
    public void Null_stays_null() => Assert.Null(Assert.Single(Read<string?[]>("[null]")!));

    [Fact]
    public void Many_threads_may_read_at_once() => Parallel.For(0, 8, thread =>
    {
        var texts = Enumerable.Range(0, 20_000).Select(i => $"{(i + thread) % 9000:x8}").ToArray();
        Assert.Equal(texts, Read<string[]>(JsonSerializer.Serialize(texts)));
    });

    private static T? Read<T>(string json) => JsonSerializer.Deserialize<T>(Encoding.UTF8.GetBytes(json), Options);
}
