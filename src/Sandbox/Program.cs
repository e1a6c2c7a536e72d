using OdooSky.GitOps.Reconciler.Cli;

namespace OdooSky.GitOps.Sandbox;

internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        using var interrupted = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = true;
            interrupted.Cancel();
        };
        var environment = Surroundings.OfProcess();
        var terminal = Terminal.OfProcess(environment, args.Contains("--no-color", StringComparer.Ordinal));
        var arguments = DemoArguments.Parse(args);
        if (arguments is null)
        {
            terminal.Say("usage: ./odoosky demo [--github | --database] [--folder DIR] [--no-color]");
            terminal.Say("Shows the whole job on a repository made for it; with --github, the life of pull requests on a stand-in for GitHub;");
            terminal.Say("with --database, desired state in SQLite, and what a clone alone tells of it later.");
            terminal.Say("The folder must be missing or empty; without one, a new temporary folder is made.");
            return args.Contains("--help", StringComparer.Ordinal) || args.Contains("-h", StringComparer.Ordinal) ? 0 : 1;
        }

        var surroundings = new Surroundings(terminal, environment, Environment.CurrentDirectory, Stream.Null, TimeProvider.System);
        if (arguments.Database) return await new DatabaseDemo(surroundings).RunAsync(arguments.Folder, interrupted.Token);
        return arguments.GitHub
            ? await new GitHubDemo(surroundings).RunAsync(arguments.Folder, interrupted.Token)
            : await new Demo(surroundings).RunAsync(arguments.Folder, interrupted.Token);
    }
}
