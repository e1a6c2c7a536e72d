using System.Runtime.InteropServices;

namespace OdooSky.GitOps.Reconciler.Git;

internal enum GitFailureKind
{
    /// <summary>None of the others; git's words say what.</summary>
    Other,

    /// <summary>The remote was not reached, or the connection broke: worth another try later.</summary>
    Transport,

    /// <summary>The remote, or a rule of ours, said no: trying again changes nothing.</summary>
    Refused,

    /// <summary>The wall-clock limit of the call ran out; git and its children were ended.</summary>
    Timeout,

    /// <summary>The cache is damaged: it was cloned afresh once, and the damage is still there.</summary>
    Corrupt,
}

/// <summary>git did not do what it was asked to; the message says what was done to what, in git's own words, without secrets.</summary>
internal sealed class GitFailure : ExternalException
{
    public GitFailure()
    {
    }

    public GitFailure(string message)
        : base(message)
    {
    }

    public GitFailure(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public GitFailure(GitFailureKind kind, string message)
        : base(message) => Kind = kind;

    public GitFailureKind Kind { get; }

    /// <summary>Whether the remote wants a credential, or another one.</summary>
    public bool LacksCredentials => Kind == GitFailureKind.Refused && GitWords.SpeaksOfCredentials(Message);
}
