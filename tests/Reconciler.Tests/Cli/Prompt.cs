using System.Collections.Immutable;
using System.Text;
using OdooSky.GitOps.Reconciler.Cli;
using OdooSky.GitOps.Reconciler.Tests.Passes;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Cli;

/// <summary>A folder in which a person stands, with an environment and an input.</summary>
internal sealed class Prompt : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("odoosky-prompt-");

    /// <summary>Where the person stands; the temporary folder unless it is set.</summary>
    public string? Standing { get; set; }

    public Dictionary<string, string> Environment { get; } = new(StringComparer.Ordinal);

    public string Folder => folder.FullName;

    public bool Colours { get; set; }

    /// <summary>Columns of the terminal; null: there is none.</summary>
    public int? Width { get; set; }

    public void Write(string path, string text)
    {
        var file = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    public Task<Ran> RunAsync(params string[] arguments) => TypeAsync(string.Empty, arguments);

    public Task<Ran> TypeAsync(string input, params string[] arguments) => TypeBytesAsync(Encoding.UTF8.GetBytes(input), arguments);

    public async Task<Ran> TypeBytesAsync(byte[] input, params string[] arguments)
    {
        using StringWriter output = new(), messages = new();
        using var typed = new MemoryStream(input);
        var surroundings = new Surroundings(
            new Terminal(output, messages, (Colours, Colours)) { Width = Width, MessageWidth = Width },
            Environment.ToImmutableSortedDictionary(StringComparer.Ordinal),
            Standing ?? Folder,
            typed,
            TimeProvider.System);
        var exit = await CommandLine.RunAsync(arguments, surroundings, TestContext.Current.CancellationToken);
        return new Ran(exit, output.ToString(), messages.ToString());
    }

    public void Dispose() => folder.Delete(recursive: true);
}
