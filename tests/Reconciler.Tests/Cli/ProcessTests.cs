using System.Diagnostics;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Cli;

/// <summary>The program itself, started as a shell starts it.</summary>
public sealed class ProcessTests
{
    [Theory]
    [InlineData("NO_COLOR", "1")]
    [InlineData("TERM", "dumb")]
    [InlineData("TERM", "xterm-256color")]
    public void What_is_not_a_terminal_gets_no_escape_codes(string variable, string value)
    {
        var (exit, output, messages) = Run(variable, value, "hash", "-f", "missing.yaml");

        Assert.Equal((1, string.Empty), (exit, output));
        Assert.Equal("odoosky: OSG0001: missing.yaml: there is no such file.\n", messages);
    }

    [Theory]
    [InlineData("NO_COLOR", "1", false)]
    [InlineData("TERM", "dumb", false)]
    [InlineData("TERM", "xterm-256color", true)]
    public void A_terminal_gets_colours_unless_they_are_switched_off(string variable, string value, bool coloured)
    {
        // script(1) gives the program a terminal.
        var command = $"dotnet '{Program}' hash -f missing.yaml";
        var (_, output, _) = Start("script", ["-qec", command, "/dev/null"], variable, value);

        Assert.Contains("OSG0001", output);
        Assert.Equal(coloured, output.Contains("\u001b[91m", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("TERM", "dumb")]
    [InlineData("NO_COLOR", "1")]
    public void A_narrow_terminal_gets_lines_that_fit(string variable, string value)
    {
        var (_, output, _) = Start("script", ["-qec", $"stty cols 60 rows 40; dotnet '{Program}' help exit-codes", "/dev/null"], variable, value);

        var lines = output.Replace("\u001b[?1h\u001b=", string.Empty).ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        Assert.All(lines, line => Assert.InRange(line.Length, 1, 60));
        Assert.Contains("  6  some instances have problems or some branches were", lines);
        Assert.Contains("     refused; the others went on", lines);
        Assert.DoesNotContain('\u001b', string.Concat(lines));
    }

    [Fact]
    public void Data_goes_to_stdout_and_messages_to_stderr()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "addons: []\n");
            var (exit, output, messages) = Run("TERM", "dumb", "hash", "-f", file);

            Assert.Equal((0, "4f53cda18c2baa0c\n", string.Empty), (exit, output, messages));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string Program => Path.Combine(AppContext.BaseDirectory, "odoosky.dll");

    private static (int Exit, string Output, string Messages) Run(string variable, string value, params string[] arguments) =>
        Start("dotnet", [Program, .. arguments], variable, value);

    private static (int Exit, string Output, string Messages) Start(string program, string[] arguments, string variable, string value)
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Remove("NO_COLOR");
        start.Environment["TERM"] = "xterm";
        start.Environment[variable] = value;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var messages = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, messages.GetAwaiter().GetResult());
    }
}
