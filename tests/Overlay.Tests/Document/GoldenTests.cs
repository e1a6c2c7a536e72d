using System.Text;
using OdooSky.GitOps.Overlay.Document;
using Xunit;

namespace OdooSky.GitOps.Overlay.Tests.Document;

/// <summary>
/// Each folder is one shape: before.yaml and wish.yaml give after.yaml (missing when nothing is written) and problems.txt
/// (missing when there are none).
/// </summary>
public sealed class GoldenTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Document", "Golden");

    public static TheoryData<string> Cases => [.. Directory.GetDirectories(Folder).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_shape_is_edited_as_written_and_a_second_edit_does_nothing(string name)
    {
        var result = Edit(Read(name, "before.yaml")!, name, out _);

        var expected = Read(name, "after.yaml");
        Assert.Equal(Lines(Read(name, "problems.txt")), result.Problems.Select(problem => problem.ToString()));
        Assert.Equal(expected is null ? null : Text(expected), result.Text is { } text ? Text(text.ToArray()) : null);
        if (expected is null) return;
        var again = Edit(expected, name, out var current);
        Assert.Empty(again.Steps);
        Assert.True(again.Text!.Value.Equals(current));
    }

    [Fact]
    public void There_are_at_least_150_shapes() => Assert.True(Cases.Count >= 150);

    private static EditResult Edit(byte[] before, string name, out ReadOnlyMemory<byte> current)
    {
        current = before;
        var reading = OverlayDocument.Read("instances/acme/values.yaml", before, WishFile.Acme);
        if (reading.Document is null) return new(null, [], reading.Problems);
        current = reading.Document.Text;
        var result = OverlayEditor.Edit(reading.Document, WishFile.Parse(Text(Read(name, "wish.yaml")!)));
        return result with { Problems = [.. reading.Problems, .. result.Problems] };
    }

    private static byte[]? Read(string name, string file) =>
        Path.Combine(Folder, name, file) is var path && File.Exists(path) ? File.ReadAllBytes(path) : null;

    private static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);

    private static string[] Lines(byte[]? file) => file is null ? [] : Text(file).TrimEnd('\n').Split('\n');
}
