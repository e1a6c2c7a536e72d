namespace OdooSky.GitOps.Reconciler.Git;

/// <summary>Ends a git process when its time is up or when the caller gives up, and says afterwards which of them it was.</summary>
internal sealed class GitWatch : IDisposable
{
    private readonly CancellationTokenSource _limit;
    private readonly CancellationTokenRegistration _onLimit;
    private readonly CancellationTokenRegistration _onCancel;
    private readonly CancellationToken _cancellation;

    public GitWatch(GitProcess process, CancellationTokenSource limit, CancellationToken cancellation)
    {
        _limit = limit;
        _cancellation = cancellation;
        _onLimit = limit.Token.Register(process.Kill);
        _onCancel = cancellation.Register(process.Kill);
    }

    public bool TimedOut => _limit.IsCancellationRequested;

    public void ThrowIfCancelled() => _cancellation.ThrowIfCancellationRequested();

    public void Dispose()
    {
        _onLimit.Dispose();
        _onCancel.Dispose();
        _limit.Dispose();
    }
}
