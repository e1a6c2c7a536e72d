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
}

/// <summary>Finds the command in a comment.</summary>
internal static class CommandWord
{
    /// <summary>How a command begins.</summary>
    public const string Mark = "/odoosky";

    /// <summary>The command of a comment: its first line is <c>/odoosky</c> and a word, and nothing else.</summary>
    /// <param name="body">The comment.</param>
    /// <returns>The command, or null.</returns>
    public static Command? TryParse(string? body)
    {
        var line = (body ?? string.Empty).TrimStart().Split('\n')[0];
        return line.Split(' ', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) is [Mark, var word] ? EnumWords.TryParse<Command>(word) : null;
    }
}
