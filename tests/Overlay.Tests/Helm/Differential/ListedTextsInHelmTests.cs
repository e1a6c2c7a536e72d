using System.Text;
using System.Text.Json;
using Xunit;

namespace OdooSky.GitOps.Overlay.Tests.Helm.Differential;

/// <summary>What the listed texts read as is what real Helm answers, not only what this program does.</summary>
public sealed class ListedTextsInHelmTests
{
    /// <summary>Refused here, whatever Helm makes of it.</summary>
    private static readonly string[] Refusals = ["colliding-keys", "byte-order-mark", "character-behind-the-end", "too-deep"];

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void The_listed_readings_are_those_of_real_Helm(int major)
    {
        var rows = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Vectors", "texts.jsonl")).Select(Row)
            .Where(row => !Refusals.Any(rule => row.Read.StartsWith(rule, StringComparison.Ordinal))).ToArray();
        var answers = (major == 3 ? RealHelm.Three : RealHelm.Four).Read(rows.Select(row => Encoding.UTF8.GetBytes(row.Text)).ToArray());
        for (var i = 0; i < rows.Length; i++)
        {
            var answer = answers[i] is "null" ? "{}" : answers[i];
            var isSame = rows[i].Read.StartsWith('{') ? answer == rows[i].Read : answer is null;
            Assert.True(isSame, $"{rows[i].Text}\nlisted {rows[i].Read}\nHelm   {answer ?? "fails"}");
        }
    }

    private static (string Text, string Read) Row(string line)
    {
        using var document = JsonDocument.Parse(line);
        return (document.RootElement.GetProperty("text").GetString()!, document.RootElement.GetProperty("read").GetString()!);
    }
}
