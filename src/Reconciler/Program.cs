using OdooSky.GitOps.Reconciler.Cli;

namespace OdooSky.GitOps.Reconciler;

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
        await using var input = Console.OpenStandardInput();
        var surroundings = new Surroundings(
            terminal, environment, Environment.CurrentDirectory, input, TimeProvider.System);
        return await CommandLine.RunAsync(args, surroundings, interrupted.Token);
    }
}
