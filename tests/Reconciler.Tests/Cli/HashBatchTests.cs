using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Cli;

/// <summary>Lines that are no questions, in the program's own words.</summary>
public sealed class HashBatchTests : IDisposable
{
    private readonly Prompt prompt = new();

    public void Dispose() => prompt.Dispose();

    [Theory]
    [InlineData("{", "the line is not JSON, or has a key twice")]
    [InlineData("{\"values\": [], \"values\": []}", "the line is not JSON, or has a key twice")]
    [InlineData("{\"values\": [5]}", "values 0 is no text")]
    [InlineData("{\"values\": \"a: 1\"}", "values is no list")]
    [InlineData("{\"values\": [null], \"valuesBase64\": [\"***\"]}", "valuesBase64 0 is not base64")]
    [InlineData("{\"values\": [\"a: 1\"], \"helm\": 4}", "helm is no text")]
    [InlineData("{\"values\": [\"a: 1\"], \"args\": [1]}", "an argument is no text")]
    [InlineData("{\"values\": [\"a: 1\"], \"args\": [null]}", "an argument is no text")]
    [InlineData("{\"values\": [\"a: 1\"], \"chartValues\": {}}", "chartValues is no text")]
    [InlineData("{\"values\": [\"\\ud800\"]}", "a text holds half a surrogate pair")]
    [InlineData("{\"valuez\": [\"a: 1\"]}", "a question has no key valuez; it has values, valuesBase64, chartValues, args, helm. Did you mean values?")]
    [InlineData("{\"values\": [\"a: 1\"], \"set\": [\"a=1\"]}", "a question has no key set; it has values, valuesBase64, chartValues, args, helm")]
    public async Task A_line_that_is_no_question_says_what_is_wrong(string line, string why)
    {
        var ran = await prompt.TypeAsync(line + "\n", "hash", "--batch");
        Assert.Equal((1, "no-question: " + why), (ran.Exit, JsonNode.Parse(ran.Output)!["error"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_line_that_is_not_UTF_8_is_an_error_and_no_other_text()
    {
        byte[] input = [.. "{\"values\": [\"addons: caf"u8, 0xE9, .. "\"]}\n{\"values\": [\"addons: [1]\"]}\n"u8];
        var ran = await prompt.TypeBytesAsync(input, "hash", "--batch");
        var answers = ran.Output.TrimEnd('\n').Split('\n');
        Assert.Equal((1, 2), (ran.Exit, answers.Length));
        Assert.Equal("no-question: the line is not UTF-8", JsonNode.Parse(answers[0])!["error"]!.GetValue<string>());
        Assert.Equal("080a9ed428559ef6", JsonNode.Parse(answers[1])!["hash"]!.GetValue<string>());
    }

    [Fact]
    public async Task Text_beyond_ASCII_and_a_byte_order_mark_are_read_as_they_are()
    {
        byte[] input = [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes("{\"values\": [\"addons: é😀\"]}\n")];
        var ran = await prompt.TypeBytesAsync(input, "hash", "--batch");
        Assert.Equal("\"é😀\"", JsonNode.Parse(ran.Output)!["json"]!.GetValue<string>());
    }
}
