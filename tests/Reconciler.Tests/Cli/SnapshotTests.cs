using System.Text;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Cli;

/// <summary>
/// What verbs print, as people see it: on a terminal of 80 and of 200 columns, with colours, and in a pipe. Each verb has a file in
/// <c>Snapshots/</c>; ODOOSKY_SNAPSHOTS=write writes them anew, for you to look at.
/// </summary>
public sealed class SnapshotTests(SnapshotFleet fleet) : IClassFixture<SnapshotFleet>
{
    private const char Escape = '\u001b';

    private static readonly bool Writes = Environment.GetEnvironmentVariable("ODOOSKY_SNAPSHOTS") == "write";

    private static readonly (string Name, int? Width, bool Colours)[] Places =
        [("80 columns", 80, false), ("200 columns", 200, false), ("no terminal", null, false), ("80 columns, colours", 80, true)];

    [Theory]
    [InlineData("plan")]
    [InlineData("plan --diff")]
    [InlineData("pr list")]
    [InlineData("verify")]
    [InlineData("verify acme --evidence")]
    [InlineData("drift")]
    [InlineData("history acme")]
    [InlineData("state")]
    [InlineData("state acme")]
    [InlineData("blame acme")]
    [InlineData("explain globex")]
    [InlineData("explain umbrella")]
    [InlineData("suspend")]
    [InlineData("validate")]
    [InlineData("doctor")]
    [InlineData("config view --show-origin")]
    [InlineData("help exit-codes")]
    [InlineData("history nobody")]
    public async Task A_verb_prints_what_its_snapshot_shows(string command)
    {
        var shown = new StringBuilder();
        var before = string.Empty;
        foreach (var (name, width, colours) in Places)
        {
            var text = await fleet.PrintAsync(command.Split(' '), width, colours);
            if (!colours) Assert.DoesNotContain(Escape, text);
            if (width is { } most && !colours) Assert.All(text.Split('\n'), line => Assert.True(line.Length <= most || IsOneWord(line), $"{line.Length} columns: {line}"));
            shown.Append($"──── odoosky {command}    ({name})\n").Append(text == before ? "as before\n" : text.Replace(Escape, '␛'));
            before = text;
        }

        await CompareAsync(command, shown.ToString());
    }

    private static bool IsOneWord(string line) => !line.Trim().Contains(' ', StringComparison.Ordinal);

    private static async Task CompareAsync(string command, string shown)
    {
        var file = Path.Combine(ExampleRepo.Sources, "tests", "Reconciler.Tests", "Cli", "Snapshots", command.Replace(" --", "-", StringComparison.Ordinal).Replace(' ', '-') + ".txt");
        if (Writes) await File.WriteAllTextAsync(file, shown);
        Assert.Equal(await File.ReadAllTextAsync(file), shown);
    }
}
