using OdooSky.GitOps.Reconciler.Cli;

namespace OdooSky.GitOps.Sandbox;

internal static class Program
{
    private const string Usage = """
        usage: ./odoosky demo [--github | --database] [--folder DIR] [--no-color]
               ./odoosky serve --demo [--urls URL] [--folder DIR] [--no-color]
        Shows the whole job on a repository made for it; with --github, the life of pull requests on a stand-in for GitHub;
        with --database, desired state in SQLite, and what a clone alone tells of it later; serve --demo, the service with its pages.
        The folder must be missing or empty; without one, a new temporary folder is made.
        """;

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
        if (DemoArguments.Parse(args) is { } arguments)
            return await RunAsync(arguments, new Surroundings(terminal, environment, Environment.CurrentDirectory, Stream.Null, TimeProvider.System), interrupted.Token);
        terminal.Say(Usage);
        return args.Contains("--help", StringComparer.Ordinal) || args.Contains("-h", StringComparer.Ordinal) ? 0 : 1;
    }

    private static Task<int> RunAsync(DemoArguments arguments, Surroundings surroundings, CancellationToken cancellationToken) => arguments switch
    {
        { Urls: { } urls } => new ServeDemo(surroundings).RunAsync(arguments.Folder, urls, cancellationToken),
        { Database: true } => new DatabaseDemo(surroundings).RunAsync(arguments.Folder, cancellationToken),
        { GitHub: true } => new GitHubDemo(surroundings).RunAsync(arguments.Folder, cancellationToken),
        _ => new Demo(surroundings).RunAsync(arguments.Folder, cancellationToken),
    };
}
