using System.Text;
using System.Text.Json;
using OdooSky.GitOps.Overlay.Helm;
using Xunit;

namespace OdooSky.GitOps.Overlay.Tests.Helm;

/// <summary>
/// The texts of <c>Vectors/texts.jsonl</c>, one for each corner of the reading. A line has what is not the ordinary case:
/// <code>
/// text    the file
/// read    its values as JSON as Helm reads them, or the rule it breaks and where
/// nodes   its nodes and their places
/// lint    the traps in it
/// quick   the top-level keys whose hash the quick way leaves to the whole reading
/// </code>
/// A test beside real Helm holds <c>read</c> to what Helm answers.
/// </summary>
public sealed class ListedTextTests
{
    [Fact]
    public void Every_listed_text_reads_as_listed()
    {
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Vectors", "texts.jsonl")))
        {
            using var document = JsonDocument.Parse(line);
            string Listed(string name) => document.RootElement.TryGetProperty(name, out var value) ? value.GetString()! : "";
            var text = Listed("text");
            Same("read", Listed("read"), Shown.Json(text));
            if (document.RootElement.TryGetProperty("nodes", out var nodes)) Same("nodes", nodes.GetString()!, Shown.Nodes(text));
            Same("lint", Listed("lint"), Lint(text));
            Same("quick", Listed("quick"), LeftByTheQuickWay(text));

            void Same(string what, string listed, string got)
            {
                if (!string.Equals(listed, got, StringComparison.Ordinal)) Assert.Fail($"{what} of {line}\nlisted {listed}\nbut is {got}");
            }
        }
    }

    internal static string Lint(string text) =>
        string.Join("; ", ValuesLint.Look(Encoding.UTF8.GetBytes(text)).Select(each => $"{each.Rule} {each.Line}:{each.Column} {each.Written} -> {each.Reads}"));

    /// <summary>Where the quick way has an answer, it is that of the whole reading.</summary>
    internal static string LeftByTheQuickWay(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        if (HelmValues.Read(new HelmInput { Files = [bytes], Version = HelmVersion.TryParse("3") }).Value is not { } values)
            return DirectJson.TryHash(bytes, "a"u8) is null ? "" : "an answer where there is none";
        var left = new List<string>();
        foreach (var key in values.Entries.Select(entry => entry.Key).Append("missing"))
        {
            var hash = DirectJson.TryHash(bytes, Encoding.UTF8.GetBytes(key));
            if (hash is null) left.Add(key);
            else if (!string.Equals(hash, AddonsHash.Of(values.Find(key)), StringComparison.Ordinal)) left.Add(key + " differs");
        }

        return string.Join(' ', left);
    }
}
