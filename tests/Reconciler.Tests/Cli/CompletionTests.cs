using OdooSky.GitOps.Reconciler.Tests.Passes;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Cli;

/// <summary>What a Tab offers: by the program itself, and in real shells.</summary>
public sealed class CompletionTests : IDisposable
{
    private readonly TestFleet fleet = new();

    public CompletionTests()
    {
        fleet.AddInstance("acme", wished: "1.1");
        fleet.AddInstance("alpen");
        fleet.Wish("new-one", "1.0");
        fleet.Overlay("orphan", "1.0");
        fleet.Push();
        File.WriteAllText(Path.Combine(fleet.Folder, "odoosky.yaml"), $"""
            apiVersion: odoosky.io/v1
            kind: Settings
            targets:
              prod: {"{"}repository: {fleet.Remote}{"}"}
              preview: {"{"}repository: https://git.invalid/other.git{"}"}
            """);
    }

    public void Dispose() => fleet.Dispose();

    [Theory]
    [InlineData("pl", "plan")]
    [InlineData("re", "reconcile render report resume")]
    [InlineData("config ", "view")]
    [InlineData("pr ", "list reopen")]
    [InlineData("plan --d", "--desired --detailed-exitcode --diff")]
    [InlineData("plan --diff --d", "--desired --detailed-exitcode")]
    [InlineData("plan --no", "--no-color")]
    [InlineData("plan -o ", "json text yaml")]
    [InlineData("plan --output=y", "--output=yaml")]
    [InlineData("plan --output = y", "yaml")]
    [InlineData("plan --output =", "json text yaml")]
    [InlineData("serve --log-format j", "json")]
    [InlineData("schema --for ", "postgres sqlite")]
    [InlineData("completion ", "bash fish pwsh zsh")]
    [InlineData("help ", "exit-codes")]
    [InlineData("plan --target p", "preview prod")]
    [InlineData("history --target prod a", "acme alpen")]
    [InlineData("history --target = prod a", "acme alpen")]
    [InlineData("plan --target=pr", "--target=preview --target=prod")]
    [InlineData("verify -t prod --wait al", "alpen")]
    [InlineData("verify -t prod acme ", "acme alpen new-one orphan")]
    [InlineData("pr reopen -t prod n", "new-one")]
    [InlineData("suspend -t prod ac", "acme")]
    [InlineData("history -t preview ", "")]
    [InlineData("hash --file ", "")]
    [InlineData("nonsense ---", "")]
    public async Task The_words_that_may_stand_next(string line, string expected)
    {
        var ran = await fleet.CommandAsync(["complete", "--", .. line.Split(' ')]);

        Assert.Equal((0, ""), (ran.Exit, ran.Messages));
        Assert.Equal(expected, string.Join(' ', ran.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(word => word.Split('\t')[0])));
    }

    [Fact]
    public async Task An_empty_line_offers_every_verb_but_the_one_that_answers()
    {
        var ran = await fleet.CommandAsync("complete", "--", "");

        Assert.Contains("plan\tShow what would change in the overlays", ran.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("complete\t", ran.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Codes_of_a_repository_elsewhere_come_from_the_clone_of_the_last_pass()
    {
        fleet.Write("gitops.yaml", "apiVersion: odoosky.io/v1\nkind: GitOps\nchart: charts/instance\noverlays: tenants/{code}.yaml\n");
        fleet.Write("tenants/moved.yaml", "addons: []\n");
        fleet.Push();
        await fleet.RunAsync("plan");
        Directory.Move(fleet.Remote, fleet.Remote + ".away");

        var ran = await fleet.CommandAsync("complete", "--", "history", "--cache", Path.Combine(fleet.Folder, "cache"), "-t", "prod", "");

        Assert.Equal("acme\nalpen\nmoved\nnew-one\n", ran.Output);
    }

    [Fact]
    public async Task Bash_completes() => Assert.Equal("acme\nalpen\n--\n--output=json\n--output=yaml\n--\n", await InShellAsync("bash", """
        source <(odoosky completion bash)
        try() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _odoosky; printf '%s\n' "${COMPREPLY[@]}" --; }
        try odoosky history -t prod a
        try odoosky plan --output=j | sed -n 1p; try odoosky plan --output=y
        complete -p odoosky ./odoosky >/dev/null
        """));

    [Fact]
    public async Task Zsh_completes() => Assert.Equal("acme alpen\nfiles\n", await InShellAsync("zsh", """
        compdef() { : }
        compadd() { print "${found[@]}" }
        _files() { print files }
        source <(odoosky completion zsh)
        words=(odoosky history -t prod a) CURRENT=5; _odoosky
        words=(odoosky hash --file '') CURRENT=4; _odoosky
        """));

    [Fact]
    public async Task Fish_completes() => Assert.Equal("acme\nalpen\nplan\tShow what would change in the overlays, which hash Helm will render, and which pods restart.\n", await InShellAsync("fish", """
        odoosky completion fish | source
        complete -C 'odoosky history -t prod a'
        complete -C 'odoosky pla'
        """));

    [Fact]
    public async Task The_script_for_PowerShell_asks_in_the_same_way()
    {
        var ran = await fleet.CommandAsync("completion", "pwsh");

        Assert.Contains("Register-ArgumentCompleter -Native -CommandName odoosky", ran.Output, StringComparison.Ordinal);
        Assert.Contains("complete '--' @words \"$wordToComplete\"", ran.Output, StringComparison.Ordinal);
    }

    // A program called odoosky, on the PATH, in the folder of the settings.
    private async Task<string> InShellAsync(string shell, string script)
    {
        var bin = Path.Combine(fleet.Folder, "bin");
        Directory.CreateDirectory(bin);
        TestScript.Write(Path.Combine(bin, "odoosky"), $"#!/bin/sh\nexec dotnet {Path.Combine(AppContext.BaseDirectory, "odoosky.dll")} \"$@\"\n");
        string[] options = shell switch { "bash" => ["--norc", "--noprofile"], "zsh" => ["-f"], _ => ["--no-config"] };
        var run = await TestProgram.RunAsync("env", ["--chdir=" + fleet.Folder, $"PATH={bin}:{Environment.GetEnvironmentVariable("PATH")}", shell, .. options, "-c", script]);
        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Equal("", run.Errors);
        return run.Output;
    }
}
