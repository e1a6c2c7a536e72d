using System.Runtime.InteropServices;

namespace OdooSky.GitOps.Reconciler.Cli;

/// <summary>
/// What a service is told by signals: the first SIGTERM or Ctrl-C ends it in order, a second ends it at once, SIGHUP reads the
/// settings again.
/// </summary>
internal sealed class Signals : IDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly CancellationTokenSource hurry = new();
    private readonly List<PosixSignalRegistration> registrations = [];
    private TaskCompletionSource reload = New();
    private int signalled;

    /// <summary>Listens to the process's signals.</summary>
    /// <param name="interrupted">Another way to end it in order, such as a test's.</param>
    public Signals(CancellationToken interrupted)
    {
        registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Take(signal, terminated: true)));
        registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Take(signal, terminated: false)));
        registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal =>
        {
            signal.Cancel = true;
            Volatile.Read(ref reload).TrySetResult();
        }));
        interrupted.Register(() => stop.Cancel());
    }

    /// <summary>End in order.</summary>
    public CancellationToken Stop => stop.Token;

    /// <summary>End at once.</summary>
    public CancellationToken Hurry => hurry.Token;

    /// <summary>Whether the first signal was SIGTERM, which is how a supervisor asks: no fault, no interruption.</summary>
    public bool WasTerminated { get; private set; }

    /// <summary>Waits for the next SIGHUP.</summary>
    /// <returns>A task.</returns>
    public async Task HangupAsync()
    {
        await Volatile.Read(ref reload).Task;
        Volatile.Write(ref reload, New());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var registration in registrations) registration.Dispose();
        stop.Dispose();
        hurry.Dispose();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Take(PosixSignalContext signal, bool terminated)
    {
        signal.Cancel = true;
        if (signalled++ > 0) hurry.Cancel();
        else WasTerminated = terminated;
        stop.Cancel();
    }
}
