namespace OdooSky.GitOps.Reconciler.Tests.Crashes;

/// <summary>A place in a pass where the process and all its git children are killed with SIGKILL.</summary>
/// <param name="Start">What the pass starts from.</param>
/// <param name="When">The kind of place.</param>
/// <param name="Call">Which call of git, from 1 on; 0 for a system call of the program's own.</param>
/// <param name="SystemCall">The system call that is killed before it takes effect; empty beside git calls.</param>
/// <param name="Count">Which one of the same kind in one process.</param>
/// <param name="Path">Of a system call of the program's own: what it works on.</param>
internal sealed record CrashPoint(CrashStart Start, CrashWhen When, int Call, string SystemCall, int Count, string Path)
{
    public override string ToString() => When switch
    {
        CrashWhen.BeforeGit => $"{Start}: before git call {Call}",
        CrashWhen.AfterGit => $"{Start}: after git call {Call}",
        CrashWhen.InsideGit => $"{Start}: in git call {Call}, at {SystemCall} {Count}",
        _ => $"{Start}: at {SystemCall} of {Path}",
    };
}

/// <summary>What a pass finds when it starts.</summary>
internal enum CrashStart
{
    /// <summary>An up-to-date clone, and proposals.</summary>
    Warm,

    /// <summary>Neither: another machine.</summary>
    Cold,
}

/// <summary>Kinds of places.</summary>
internal enum CrashWhen
{
    BeforeGit,
    AfterGit,
    InsideGit,
    InProgram,
}
