using System.Diagnostics;

namespace OdooSky.GitOps.Bench;

/// <summary>Plain git, as a shell script would start it: what the program is compared with.</summary>
internal static class RawGit
{
    // The same settings as the program's own calls have, so that neither side waits for the disk or for git's upkeep.
    private static readonly string[] Always = ["-c", "core.fsync=none", "-c", "gc.auto=0", "-c", "maintenance.auto=false"];

    /// <summary>Runs git to its end; its output is read and dropped but for the first line.</summary>
    public static async Task<string> RunAsync(string? folder, Func<Stream, Task>? input, params string[] arguments)
    {
        using var process = Start(folder, input is not null, arguments);
        var words = process.StandardError.ReadToEndAsync();
        var output = DrainAsync(process.StandardOutput);
        if (input is not null)
        {
            await input(process.StandardInput.BaseStream);
            process.StandardInput.Close();
        }

        var first = await output;
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? first : throw new InvalidOperationException($"git {string.Join(' ', arguments)}: {await words}");
    }

    public static Task<string> RunAsync(string? folder, params string[] arguments) => RunAsync(folder, null, arguments);

    /// <summary>Runs git and keeps all of its lines.</summary>
    public static async Task<string[]> LinesAsync(string folder, params string[] arguments)
    {
        using var process = Start(folder, hasInput: false, arguments);
        var words = process.StandardError.ReadToEndAsync();
        var lines = (await process.StandardOutput.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? lines : throw new InvalidOperationException($"git {string.Join(' ', arguments)}: {await words}");
    }

    /// <summary>Runs git with some bytes as its input.</summary>
    public static Task<string> FeedAsync(string folder, byte[] input, params string[] arguments) =>
        RunAsync(folder, stream => stream.WriteAsync(input).AsTask(), arguments);

    private static async Task<string> DrainAsync(StreamReader output)
    {
        var first = await output.ReadLineAsync() ?? string.Empty;
        await output.BaseStream.CopyToAsync(Stream.Null);
        return first;
    }

    private static Process Start(string? folder, bool hasInput, string[] arguments)
    {
        var start = new ProcessStartInfo("git") { UseShellExecute = false, RedirectStandardInput = hasInput, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in Always) start.ArgumentList.Add(argument);
        if (folder is not null) start.ArgumentList.Add("--git-dir=" + folder);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        start.Environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
        start.Environment["GIT_CONFIG_NOSYSTEM"] = "1";
        return Process.Start(start)!;
    }
}
