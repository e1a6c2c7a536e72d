using System.Collections.Immutable;

namespace OdooSky.GitOps.Reconciler.Git;

/// <summary>A setting for one call. Its value goes by the environment and never into arguments, logs or messages.</summary>
internal sealed record GitSetting(string Key, string Value);

/// <summary>Settings that let calls reach the remote, asked for before each one since tokens expire.</summary>
internal delegate ValueTask<ImmutableArray<GitSetting>> GitCredentials(CancellationToken cancellation);

/// <summary>One run of git.</summary>
internal sealed record GitCall
{
    /// <summary>Completes "git could not …" in messages: <c>fetch from https://example.org/fleet.git</c>.</summary>
    public required string Purpose { get; init; }

    /// <summary>The verb and what follows it.</summary>
    public required ImmutableArray<string> Arguments { get; init; }

    /// <summary>The Git directory, or null when the call needs none.</summary>
    public string? Folder { get; init; }

    /// <summary>The remote that the call may talk to; null allows no protocol at all.</summary>
    public RemoteAddress? Remote { get; init; }

    public ImmutableArray<GitSetting> Secrets { get; init; } = [];

    /// <summary>Further environment that is no secret: author and committer of a commit.</summary>
    public ImmutableArray<GitSetting> Variables { get; init; } = [];

    /// <summary>Null: <see cref="GitLimits.Local"/> or <see cref="GitLimits.Remote"/>.</summary>
    public TimeSpan? Limit { get; init; }

    public ReadOnlyMemory<byte> Input { get; init; }

    /// <summary>Exit codes that are answers; any other is a failure.</summary>
    public ImmutableArray<int> Answers { get; init; } = [0];
}

/// <summary>What git said: its exit code, all it wrote, and the end of its messages (redacted).</summary>
internal sealed record GitAnswer(int ExitCode, ReadOnlyMemory<byte> Output, string Words);
