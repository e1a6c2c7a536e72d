using System.Text;

namespace OdooSky.GitOps.Sandbox.GitHub;

/// <summary>Writes a repository's push rules down as git's own hooks: git refuses, not the stand-in.</summary>
internal static class PushRefusals
{
    // One line per refusal: pattern, file of words, needle. The words go to the error stream, as GitHub's do.
    private const string Hook = """
        #!/bin/sh
        refused() {
          while IFS='|' read -r pattern words needle; do
            case "$1" in $pattern) ;; *) continue ;; esac
            [ -z "$needle" ] || git log -p --format= "$3" --not --all | grep -Eq -- "^[+].*$needle" || continue
            sed "s|{ref}|$1|g" "$words" >&2
            return 0
          done < "$4"
          return 1
        }

        """;

    private const string Update = Hook + "refused \"$1\" \"$2\" \"$3\" refusals/update && exit 1\nexit 0\n";

    private const string PreReceive = Hook + "while read -r old new ref; do refused \"$ref\" \"$old\" \"$new\" refusals/pre-receive && exit 1; done\nexit 0\n";

    /// <summary>The folder of a repository's hooks.</summary>
    public static string Folder(RepositoryRecord repository) => Path.Combine(repository.Git.Folder, "hooks");

    /// <summary>Puts the hooks there.</summary>
    public static async Task InstallAsync(RepositoryRecord repository, CancellationToken cancellationToken)
    {
        var hooks = Folder(repository);
        Directory.CreateDirectory(hooks);
        foreach (var (name, text) in new[] { ("update", Update), ("pre-receive", PreReceive) })
        {
            var path = Path.Combine(hooks, name);
            await File.WriteAllTextAsync(path, text.ReplaceLineEndings("\n"), cancellationToken);
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <summary>Writes the rules of this moment for the hooks to read.</summary>
    public static async Task WriteAsync(RepositoryRecord repository, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(repository.Git.Folder, "refusals");
        Directory.CreateDirectory(folder);
        var lists = new Dictionary<bool, StringBuilder> { [false] = new(), [true] = new() };
        foreach (var (refusal, place) in repository.Rules.Refusals.Select((refusal, place) => (refusal, place)))
        {
            var words = Path.Combine(folder, $"words-{place}");
            await File.WriteAllTextAsync(words, refusal.Words, cancellationToken);
            lists[refusal.Whole].Append(refusal.Pattern).Append('|').Append(words).Append('|').Append(refusal.Needle).Append('\n');
        }

        await File.WriteAllTextAsync(Path.Combine(folder, "update"), lists[false].ToString(), cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "pre-receive"), lists[true].ToString(), cancellationToken);
    }

    /// <summary>The reason that GitHub gives for a ref which a hook refused.</summary>
    public static string? ReasonFor(RepositoryRecord repository, string reference) =>
        repository.Rules.Refusals.Find(refusal => Matches(refusal.Pattern, reference))?.Reason;

    private static bool Matches(string pattern, string reference) => System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern, reference, ignoreCase: false);
}
