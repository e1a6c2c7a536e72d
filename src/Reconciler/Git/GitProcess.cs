using System.Diagnostics;
using System.Text;

namespace OdooSky.GitOps.Reconciler.Git;

/// <summary>A running git: its pipes, the end of what it says, and its end. Made by <see cref="GitProgram"/> alone.</summary>
internal sealed class GitProcess : IAsyncDisposable
{
    private const int KeptWords = 16 * 1024;

    // A connection that ssh keeps open for later holds our pipe long after git has ended.
    private static readonly TimeSpan WordsAfterEnd = TimeSpan.FromSeconds(2);

    private readonly Process _process;
    private readonly TimeProvider _time;
    private readonly Task _listening;
    private readonly StringBuilder _words = new();
    private bool _heardOut;

    public GitProcess(Process process, TimeProvider time)
    {
        _process = process;
        _time = time;
        _listening = ListenAsync();
    }

    public int Id => _process.Id;

    public Stream Input => _process.StandardInput.BaseStream;

    public Stream Output => _process.StandardOutput.BaseStream;

    /// <summary>The end of what git wrote to its error stream so far.</summary>
    public string Words
    {
        get
        {
            lock (_words)
            {
                return _words.ToString();
            }
        }
    }

    /// <summary>Ends git and everything it started.</summary>
    public void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself in the meantime.
        }
    }

    /// <summary>Closes git's input and waits for its exit code. Only a watch (see <see cref="GitProgram.Watch"/>) shortens the wait.</summary>
    public async Task<int> EndAsync()
    {
        Input.Close();
        await _process.WaitForExitAsync(CancellationToken.None);
        await HearOutAsync();
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        Input.Close();
        if (!_heardOut) await HearOutAsync();
        _process.Dispose();
    }

    // All that git started holds its error stream too: when that has ended, so have they.
    private async Task HearOutAsync()
    {
        _heardOut = true;
        await Task.WhenAny(_listening, Task.Delay(WordsAfterEnd, _time, CancellationToken.None));
    }

    private async Task ListenAsync()
    {
        var buffer = new char[4096];
        while (await _process.StandardError.ReadAsync(buffer, CancellationToken.None) is > 0 and var count)
        {
            lock (_words)
            {
                _words.Append(buffer, 0, count);
                if (_words.Length > KeptWords)
                {
                    _words.Remove(0, _words.Length - KeptWords);
                }
            }
        }
    }
}
