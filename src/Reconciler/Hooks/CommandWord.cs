using OdooSky.GitOps.Overlay.Desired;

namespace OdooSky.GitOps.Reconciler.Hooks;

/// <summary>What a person may ask for in a comment.</summary>
internal enum Command
{
    /// <summary>Reconcile now.</summary>
    Retry,

    /// <summary>Make the branch anew, whatever was pushed to it.</summary>
    Rebuild,

    /// <summary>Say in a comment what the plan says.</summary>
    Explain,

    /// <summary>Suspend the instances of the pull request for a while.</summary>
    Hold,
}

/// <summary>What a comment asks for.</summary>
/// <param name="Command">What.</param>
/// <param name="Reason">Why, as it was written behind <c>hold</c>; empty: nothing was.</param>
internal sealed record AskedCommand(Command Command, string Reason);

/// <summary>Finds the command in a comment.</summary>
internal static class CommandWord
{
    /// <summary>How a command begins.</summary>
    public const string Mark = "/odoosky";

    /// <summary>The command of a comment: its first line is <c>/odoosky</c> and a word, and nothing else, but a reason behind <c>hold</c>.</summary>
    /// <param name="body">The comment.</param>
    /// <returns>The command, or null.</returns>
    public static AskedCommand? TryParse(string? body)
    {
        var line = (body ?? string.Empty).TrimStart().Split('\n')[0];
        if (line.Split(' ', 3, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) is not [Mark, var word, .. var rest]) return null;
        if (EnumWords.TryParse<Command>(word) is not { } command || (rest.Length > 0 && command != Command.Hold)) return null;
        return new AskedCommand(command, rest is [var reason] ? reason : string.Empty);
    }
}
