using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace OdooSky.GitOps.Reconciler.Git;

/// <summary>The one place that starts git: no shell, an argument list, an environment of its own, a limit on wall-clock time.</summary>
internal sealed class GitProgram(TimeProvider time, GitLimits limits)
{
    private const string Executable = "git";

    public GitLimits Limits => limits;

    /// <summary>Runs git to its end and collects what it writes.</summary>
    public Task<GitAnswer> RunAsync(GitCall call, CancellationToken cancellation) =>
        TalkAsync(call, process => SendAndCollectAsync(process, call.Input, cancellation), (exit, output, words) => new GitAnswer(exit, output, words), cancellation);

    /// <summary>Runs git while <paramref name="talk"/> writes to it and reads from it.</summary>
    public Task<T> TalkAsync<T>(GitCall call, Func<GitProcess, Task<T>> talk, CancellationToken cancellation) =>
        TalkAsync(call, talk, (_, said, _) => said, cancellation);

    /// <summary>Starts git for a longer talk: the caller watches each exchange and disposes the process.</summary>
    public GitProcess Start(GitCall call)
    {
        var start = new ProcessStartInfo(Executable)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetPathRoot(Path.GetTempPath()),
        };
        foreach (var argument in call.Folder is null ? call.Arguments : call.Arguments.Insert(0, "--git-dir=" + call.Folder))
        {
            start.ArgumentList.Add(argument);
        }

        GitEnvironment.Fill(start.Environment, call, limits);
        return Start(start, call);
    }

    /// <summary>Ends <paramref name="process"/> when the call's time is up or the caller gives up, until disposed.</summary>
    public GitWatch Watch(GitProcess process, GitCall call, CancellationToken cancellation) =>
        new(process, new CancellationTokenSource(LimitOf(call), time), cancellation);

    /// <summary>What to throw after an exchange went wrong and <see cref="GitProcess.EndAsync"/> was awaited.</summary>
    public GitFailure FailureOf(GitCall call, GitWatch watch, GitProcess process, int exitCode)
    {
        watch.ThrowIfCancelled();
        if (watch.TimedOut)
        {
            var seconds = LimitOf(call).TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture);
            return new GitFailure(GitFailureKind.Timeout, $"git could not {call.Purpose} within {seconds} s.");
        }

        return FailureOf(call, new GitAnswer(exitCode, default, GitWords.Redact(process.Words, call.Secrets)));
    }

    /// <summary>What to throw when an answer turns out to be none.</summary>
    public static GitFailure FailureOf(GitCall call, GitAnswer answer) => new(
        GitWords.KindOf(call, answer.Words, answer.ExitCode),
        $"git could not {call.Purpose}: {GitWords.InOneLine(answer.Words, answer.ExitCode)}");

    private Task<TResult> TalkAsync<T, TResult>(
        GitCall call, Func<GitProcess, Task<T>> talk, Func<int, T, string, TResult> result, CancellationToken cancellation) =>
        GitCount.AroundAsync(call, time, () => TalkOnceAsync(call, talk, result, cancellation));

    private async Task<TResult> TalkOnceAsync<T, TResult>(
        GitCall call, Func<GitProcess, Task<T>> talk, Func<int, T, string, TResult> result, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        await using var process = Start(call);
        using var watch = Watch(process, call, cancellation);
        var said = default(T);
        var broken = false;
        try
        {
            said = await talk(process);
        }
        catch (IOException)
        {
            broken = true;
        }

        var exitCode = await process.EndAsync();
        if (broken || watch.TimedOut || cancellation.IsCancellationRequested || !call.Answers.Contains(exitCode))
        {
            throw FailureOf(call, watch, process, exitCode);
        }

        return result(exitCode, said!, GitWords.Redact(process.Words, call.Secrets));
    }

    private GitProcess Start(ProcessStartInfo start, GitCall call)
    {
        try
        {
            var process = Process.Start(start) ?? throw new GitFailure(GitFailureKind.Other, "git did not start.");
            return new GitProcess(process, time);
        }
        catch (Win32Exception e)
        {
            throw new GitFailure($"git could not {call.Purpose}, because it can't be started: {e.Message}. Is git installed and on the PATH?", e);
        }
    }

    private TimeSpan LimitOf(GitCall call) => call.Limit ?? (call.Remote is null ? limits.Local : limits.Remote);

    private static async Task<ReadOnlyMemory<byte>> SendAndCollectAsync(GitProcess process, ReadOnlyMemory<byte> input, CancellationToken cancellation)
    {
        var collecting = CollectAsync(process.Output, cancellation);
        try
        {
            await process.Input.WriteAsync(input, cancellation);
            process.Input.Close();
        }
        catch (IOException)
        {
            // git answered without reading all of its input; the exit code decides.
        }

        return await collecting;
    }

    private static async Task<ReadOnlyMemory<byte>> CollectAsync(Stream output, CancellationToken cancellation)
    {
        using var collected = new MemoryStream();
        await output.CopyToAsync(collected, cancellation);
        return collected.GetBuffer().AsMemory(0, (int)collected.Length);
    }
}
