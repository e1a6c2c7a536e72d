using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Reconciler.Proof;
using Spectre.Console;

namespace OdooSky.GitOps.Reconciler.Cli;

/// <summary>
/// What a person sees while the program waits: each verdict that changes, on a line of its own; and how far it is, in a line that
/// moves on a terminal, or every ten seconds where nobody looks. All of it on stderr.
/// </summary>
internal sealed class WaitProgress
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);
    private readonly Terminal terminal;
    private readonly TimeSpan timeout;
    private readonly VerdictNews news = new();
    private TimeSpan said = TimeSpan.Zero;

    private WaitProgress(Terminal terminal, TimeSpan timeout) => (this.terminal, this.timeout) = (terminal, timeout);

    /// <summary>Waits, and shows how far it is.</summary>
    /// <param name="terminal">Where it is shown.</param>
    /// <param name="verification">What waits.</param>
    /// <param name="codes">The instances; none named: all.</param>
    /// <param name="timeout">How long at most.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>False: it took too long.</returns>
    public static Task<bool> RunAsync(
        Terminal terminal, Verification verification, ImmutableArray<InstanceCode> codes, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var progress = new WaitProgress(terminal, timeout);
        if (!terminal.Talk.Profile.Capabilities.Ansi) return verification.WaitAsync(codes, timeout, progress.Say, cancellationToken);
        return terminal.Talk.Status().StartAsync("looking", status => verification.WaitAsync(codes, timeout, step => progress.Show(step, status), cancellationToken));
    }

    private void Show(VerifyStep step, StatusContext status)
    {
        foreach (var proof in news.Of(step)) terminal.Talk.MarkupLineInterpolated($"[{ProofWords.Colour(proof.Verdict)}]{ProofWords.Line(proof, 0)}[/]");
        status.Status(Markup.Escape(Sum(step)));
    }

    private void Say(VerifyStep step)
    {
        foreach (var proof in news.Of(step)) terminal.Say(ProofWords.Line(proof, 0));
        if (step.Elapsed - said < Pause) return;
        said = step.Elapsed;
        terminal.Say(Sum(step));
    }

    private string Sum(VerifyStep step) => $"{(step.All.Count == 0 ? "Looking at the clusters." : ProofWords.Sum(step.All))} {Duration.Write(step.Elapsed)} of {Duration.Write(timeout)}";
}
