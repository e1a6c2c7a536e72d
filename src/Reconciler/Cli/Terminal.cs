using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OdooSky.GitOps.Reconciler.Settings;
using Spectre.Console;

namespace OdooSky.GitOps.Reconciler.Cli;

/// <summary>How a verb prints what it found.</summary>
internal enum OutputFormat
{
    Text,
    Json,
    Yaml,
    Html,
}

/// <summary>Data goes to stdout, messages go to stderr; colours only where a person looks.</summary>
internal sealed class Terminal
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions OneLine = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private const int Narrowest = 40;

    private readonly TextWriter raw;
    private readonly TextWriter output;
    private readonly TextWriter messages;

    /// <summary>A terminal on two writers.</summary>
    /// <param name="output">Where data goes.</param>
    /// <param name="messages">Where messages go.</param>
    /// <param name="colours">Whether each of the two may be coloured.</param>
    public Terminal(TextWriter output, TextWriter messages, (bool Output, bool Messages) colours)
    {
        raw = output;
        this.output = HidingWriter.Around(output, Secrets);
        this.messages = HidingWriter.Around(messages, Secrets);
        Data = Make(this.output, colours.Output, moves: false);
        Talk = Make(this.messages, colours.Messages, moves: colours.Messages);
    }

    /// <summary>What is never written, whatever a text holds.</summary>
    public Secrets Secrets { get; } = new();

    /// <summary>Where data goes, for whoever writes it as text.</summary>
    public TextWriter Output => output;

    /// <summary>Tables and coloured text for stdout.</summary>
    public IAnsiConsole Data { get; }

    /// <summary>Tables and coloured text for stderr.</summary>
    public IAnsiConsole Talk { get; }

    /// <summary>Whether a person may be reading the messages as they come; a log of JSON lines is for programs.</summary>
    public bool IsWatched { get; private init; }

    /// <summary>Columns of the terminal that shows data; null: none does, and lines are as long as they are, so that programs can cut them.</summary>
    public int? Width { get; init; }

    /// <summary>Columns of the terminal that shows messages; null: none does.</summary>
    public int? MessageWidth { get; init; }

    /// <summary>Whether errors are written as JSON.</summary>
    public OutputFormat Format { get; set; } = OutputFormat.Text;

    /// <summary>Whether programs read what is printed, so that messages are JSON too.</summary>
    public bool IsForPrograms => Format is OutputFormat.Json or OutputFormat.Yaml;

    /// <summary>The process's own terminal.</summary>
    /// <param name="environment">The environment variables.</param>
    /// <param name="noColour">Whether colours are switched off by a flag.</param>
    /// <returns>A terminal on stdout and stderr.</returns>
    public static Terminal OfProcess(IReadOnlyDictionary<string, string> environment, bool noColour)
    {
        var plain = noColour || !string.IsNullOrEmpty(environment.GetValueOrDefault("NO_COLOR"))
            || string.Equals(environment.GetValueOrDefault("TERM"), "dumb", StringComparison.Ordinal);
        var data = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false)) { AutoFlush = true };
        var talk = new StreamWriter(Console.OpenStandardError(), new UTF8Encoding(false)) { AutoFlush = true };
        return new Terminal(data, talk, (!plain && !Console.IsOutputRedirected, !plain && !Console.IsErrorRedirected)) 
        {
            IsWatched = !Console.IsErrorRedirected,
            Width = Console.IsOutputRedirected ? null : Columns(),
            MessageWidth = Console.IsErrorRedirected ? null : Columns(),
        };
    }

    /// <summary>Writes a line of data for people: broken at blanks where a terminal is too narrow.</summary>
    /// <param name="line">The line, or a document of several, which is written as it is.</param>
    /// <param name="colour">Its colour, where colours are shown; null: none.</param>
    public void Print(string line, string? colour = null)
    {
        foreach (var part in LineWrap.At(Visible(line), Width)) PrintExactly(part, colour);
    }

    /// <summary>Writes a line of data that may be copied: a file's text is not broken.</summary>
    /// <param name="line">The line.</param>
    /// <param name="colour">Its colour, where colours are shown; null: none.</param>
    public void PrintExactly(string line, string? colour = null) => Write((Data, output), Visible(line), colour);

    /// <summary>Writes bytes of data as they are.</summary>
    /// <param name="bytes">The bytes.</param>
    public void PrintBytes(ReadOnlyMemory<byte> bytes)
    {
        output.Flush();
        if (raw is StreamWriter stream) stream.BaseStream.Write(bytes.Span);
        else output.Write(Encoding.UTF8.GetString(bytes.Span));
    }

    /// <summary>Writes data as JSON or YAML.</summary>
    /// <param name="data">The data.</param>
    public void PrintData(JsonNode data) =>
        output.Write(Format == OutputFormat.Yaml ? YamlText.Of(data) : data.ToJsonString(Indented) + "\n");

    /// <summary>Writes a line of data as compact JSON.</summary>
    /// <param name="data">The data.</param>
    public void PrintJsonLine(JsonNode data) => output.Write(data.ToJsonString(OneLine) + "\n");

    /// <summary>Writes a message: broken at blanks where a terminal is too narrow.</summary>
    /// <param name="line">The line.</param>
    /// <param name="colour">Its colour, where colours are shown; null: none.</param>
    public void Say(string line, string? colour = null)
    {
        foreach (var part in LineWrap.At(Visible(line), MessageWidth)) Write((Talk, messages), part, colour);
    }

    /// <summary>Writes a message as compact JSON.</summary>
    /// <param name="message">The message.</param>
    public void SayJsonLine(JsonNode message) => messages.Write(message.ToJsonString(OneLine) + "\n");

    /// <summary>Writes an error: as a sentence, or as JSON where data is JSON too.</summary>
    /// <param name="code">A stable code.</param>
    /// <param name="message">What happened and what to do.</param>
    public void Fail(string code, string message)
    {
        if (IsForPrograms)
            SayJsonLine(new JsonObject { ["error"] = new JsonObject { ["code"] = code, ["message"] = message } });
        else if (Talk.Profile.Capabilities.Ansi) Talk.MarkupLineInterpolated($"[red]odoosky: {code}:[/] {message}");
        else Say($"odoosky: {code}: {message}");
    }

    // Lines come broken already: the console must not break what is left whole, such as an address.
    private static void Write((IAnsiConsole Console, TextWriter Plain) to, string line, string? colour)
    {
        if (colour is null || !to.Console.Profile.Capabilities.Ansi)
        {
            to.Plain.Write(line + "\n");
            return;
        }

        var width = to.Console.Profile.Width;
        if (line.Length > width) to.Console.Profile.Width = line.Length;
        to.Console.MarkupLine($"[{colour}]{Markup.Escape(line)}[/]");
        if (line.Length > width) to.Console.Profile.Width = width;
    }

    // File names and rows may hold what moves a terminal's cursor or turns the reading direction.
    private static string Visible(string line) => line.Any(IsInvisible) ? string.Concat(line.Select(c => IsInvisible(c) ? '\uFFFD' : c)) : line;

    private static bool IsInvisible(char c) =>
        (char.IsControl(c) && c is not ('\n' or '\t')) || c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');

    // A terminal that does not say how wide it is says 0; one that is narrower than this is no place for tables.
    private static int? Columns()
    {
        try
        {
            return Console.WindowWidth is >= Narrowest and var columns ? columns : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    // Data is lines alone; a message may be a line that moves, where a person looks.
    private static IAnsiConsole Make(TextWriter writer, bool colour, bool moves)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = colour ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = colour ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = moves ? InteractionSupport.Yes : InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        if (!colour) console.Profile.Width = 200;
        return console;
    }
}
