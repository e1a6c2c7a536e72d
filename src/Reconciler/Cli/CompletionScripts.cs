using System.Collections.Immutable;

namespace OdooSky.GitOps.Reconciler.Cli;

/// <summary>
/// The scripts that let shells complete. Each asks the program that is being typed, so that a clone's <c>./odoosky</c> completes too;
/// where the program knows no word, the shell completes files.
/// </summary>
internal static class CompletionScripts
{
    private const string Bash = """
        # Completion of odoosky for bash. Into ~/.local/share/bash-completion/completions/odoosky, or: source <(odoosky completion bash)
        _odoosky() {
          local line
          COMPREPLY=()
          while IFS= read -r line; do
            line=${line%%$'\t'*}
            COMPREPLY+=("$line")
          done < <("${COMP_WORDS[0]}" complete -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
        }
        complete -o default -F _odoosky odoosky ./odoosky
        """;

    private const string Zsh = """
        #compdef odoosky
        # Completion of odoosky for zsh. Into a folder of $fpath as _odoosky, or: source <(odoosky completion zsh)
        _odoosky() {
          local line
          local -a found shown
          while IFS= read -r line; do
            found+=("${line%%$'\t'*}")
            shown+=("${line/$'\t'/  -- }")
          done < <("${words[1]}" complete -- "${(@)words[2,CURRENT]}" 2>/dev/null)
          if (( ${#found} )); then compadd -l -d shown -a found; else _files; fi
        }
        if [ "$funcstack[1]" = "_odoosky" ]; then _odoosky "$@"; else compdef _odoosky odoosky; fi
        """;

    private const string Fish = """
        # Completion of odoosky for fish. Into ~/.config/fish/completions/odoosky.fish, or: odoosky completion fish | source
        function __odoosky_words
            set -l typed (commandline -opc)
            set -l current (commandline -ct)
            set -l found ($typed[1] complete -- $typed[2..-1] "$current" 2>/dev/null)
            if test (count $found) -gt 0
                printf '%s\n' $found
            else
                __fish_complete_path "$current"
            end
        end
        complete -c odoosky -f -a '(__odoosky_words)'
        """;

    private const string PowerShell = """
        # Completion of odoosky for PowerShell. Into $PROFILE, or: odoosky completion pwsh | Out-String | Invoke-Expression
        Register-ArgumentCompleter -Native -CommandName odoosky -ScriptBlock {
            param($wordToComplete, $commandAst, $cursorPosition)
            $words = @($commandAst.CommandElements | Select-Object -Skip 1 | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object { $_.ToString() })
            & $commandAst.CommandElements[0].ToString() complete '--' @words "$wordToComplete" 2>$null | ForEach-Object {
                $word, $note = $_ -split "`t", 2
                if (-not $note) { $note = $word }
                [System.Management.Automation.CompletionResult]::new($word, $word, 'ParameterValue', $note)
            }
        }
        """;

    /// <summary>The shells, in the order in which help lists them.</summary>
    public static ImmutableArray<string> Shells { get; } = ["bash", "zsh", "fish", "pwsh"];

    /// <summary>The script of a shell.</summary>
    /// <param name="shell">One of <see cref="Shells"/>.</param>
    /// <returns>Its text.</returns>
    public static string Of(string shell) => shell switch
    {
        "bash" => Bash,
        "zsh" => Zsh,
        "fish" => Fish,
        _ => PowerShell,
    };
}
