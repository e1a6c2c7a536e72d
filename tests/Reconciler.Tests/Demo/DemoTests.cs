using System.Collections.Immutable;
using System.Text.RegularExpressions;
using OdooSky.GitOps.Reconciler.Cli;
using OdooSky.GitOps.Reconciler.Tests.Passes;
using Xunit;
using TheDemo = OdooSky.GitOps.Sandbox.Demo;

namespace OdooSky.GitOps.Reconciler.Tests.Demo;

/// <summary>What a newcomer sees.</summary>
public sealed partial class DemoTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("odoosky-demo-test-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task The_demo_shows_the_whole_job()
    {
        var ran = await RunAsync("demo");

        Assert.Equal(0, ran.Exit);
        Assert.All(ran.Messages.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Matches(Progress(), line));
        var text = Commit().Replace(ran.Output, "<commit>").Replace(folder.FullName, "<folder>");
        foreach (var part in Essentials.Split("\n...\n"))
            Assert.Contains(part, text);
        Assert.DoesNotContain('\u001b', text);
    }

    [Fact]
    public async Task The_demo_leaves_a_folder_alone_that_holds_something()
    {
        Directory.CreateDirectory(Path.Combine(folder.FullName, "demo"));
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "demo", "mine.txt"), "mine");

        var ran = await RunAsync("demo");

        Assert.Equal(1, ran.Exit);
        Assert.StartsWith("odoosky: OSG0007: ", ran.Messages);
        Assert.Equal(["mine.txt"], Directory.GetFileSystemEntries(Path.Combine(folder.FullName, "demo")).Select(Path.GetFileName));
    }

    // What waits is told as it moves on.
    [GeneratedRegex("^(bluefin|cobalt|fernhill|alpenhof|driftwood|eastgate) +(Waiting|Rolling|Live|Failed|Missing|Retired)")]
    private static partial Regex Progress();

    private async Task<Ran> RunAsync(string home)
    {
        using StringWriter output = new(), messages = new();
        var surroundings = new Surroundings(
            new Terminal(output, messages, (false, false)), ImmutableSortedDictionary<string, string>.Empty, folder.FullName, Stream.Null, TimeProvider.System);
        var exit = await new TheDemo(surroundings).RunAsync(home, TestContext.Current.CancellationToken);
        return new Ran(exit, output.ToString(), messages.ToString());
    }

    /// <summary>Parts of what is printed, in any place; an addons hash has 16 digits and stays.</summary>
    private const string Essentials = """
        1. A fleet in Git: six Odoo instances, their overlays, and what is desired of them
        A bare repository was made: <folder>/demo/fleet.git
        ...
        2. What would change, which hash Helm will render, and which pods restart
        $ odoosky plan --detailed-exitcode --repository fleet.git
        Target prod: base main at <commit>, desired state from desired/ at the same commit

        ~ bluefin    update     restarts: yes         34640b482194f228 → 251d86805760f9f5
            mis_builder 17.0.1.0.3 → 17.0.1.1.0; the odoo pod restarts (1 init container changes).
            init container addon-mis-builder: registry.example/addons/mis_builder:17.0.1.0.3 → registry.example/addons/mis_builder:17.0.1.1.0
        ~ cobalt     update     restarts: audit-only  93cd981e069c637a → c19116f111c30336
            +purchase; the odoo pod restarts for audit only (the hash changes, no init container does).
        = driftwood  suspended  restarts: no          523e4fc8c36b511c
            Suspended: nothing is changed until the desired state says present.
        - eastgate   retire     restarts: no          71d617e6d1c19a46 → (none)
            The overlay is removed: the instance is retired and stops for good.
        + fernhill   create     restarts: no                    (none) → 2cebc58221e1ff73
            New instance with 4 addon rows; it starts for the first time.

        Plan: 1 to create, 2 to update, 1 to retire; 1 unchanged, 1 suspended, 0 orphaned, 0 stopped.
        Restarts: 2 of 6 instances (1 for audit only).
        ...
        $ odoosky apply --repository fleet.git
        opened     odoosky/prod/i-bluefin
                   proposal: <folder>/demo/proposals/prod/i-bluefin.md
        opened     odoosky/prod/i-cobalt
                   proposal: <folder>/demo/proposals/prod/i-cobalt.md
        opened     odoosky/prod/i-eastgate
                   proposal: <folder>/demo/proposals/prod/i-eastgate.md
        opened     odoosky/prod/i-fernhill
                   proposal: <folder>/demo/proposals/prod/i-fernhill.md
        ...
          | # odoosky(prod): bluefin ~1 addon
        ...
          | Changes 1 overlay; merging it **restarts 1 of 6 instances**.
        ...
          | | `bluefin` | update | `mis_builder 17.0.1.0.3 → 17.0.1.1.0` | yes | 34640b482194f228 → 251d86805760f9f5 |
        ...
          | -      version: "17.0.1.0.3"        # ask finance before a new one
          | +      version: "17.0.1.1.0"        # ask finance before a new one
        ...
          | - `bluefin`: requested by `lena.hart@nordlicht.example`; reason `Comparison columns were off by one period`; ticket `FIN-318`
        ...
        merged     odoosky/prod/i-bluefin into main as <commit>
        $ odoosky merge odoosky/prod/i-cobalt --repository fleet.git
        merged     odoosky/prod/i-cobalt into main as <commit>
        $ odoosky merge odoosky/prod/i-eastgate --repository fleet.git
        merged     odoosky/prod/i-eastgate into main as <commit>
        $ odoosky merge odoosky/prod/i-fernhill --repository fleet.git
        merged     odoosky/prod/i-fernhill into main as <commit>

        5. The second pass finds nothing to do
        $ odoosky plan --detailed-exitcode --repository fleet.git
        Target prod: base main at <commit>, desired state from desired/ at the same commit

        = driftwood  suspended  restarts: no          523e4fc8c36b511c
            Suspended: nothing is changed until the desired state says present.

        Plan: 0 to create, 0 to update, 0 to retire; 5 unchanged, 1 suspended, 0 orphaned, 0 stopped.
        Restarts: 0 of 5 instances.
        $ odoosky apply --repository fleet.git
        Nothing to do: every overlay says what is desired.
        ...
        6. Argo CD deploys what was merged: is it live?
        Stand-ins on this machine play Argo CD and the cluster; what they say is read as from real ones.
        $ odoosky verify --wait --timeout 2m --repository fleet.git
        ...
        eastgate   Retired       removed
        ...
        6 instances: 5 Live, 1 Retired.

        What such a verdict rests on:

        $ odoosky verify cobalt --evidence --repository fleet.git
        cobalt  Live
        ...
                deployment.status = 1 updated, 1 available, 1 there, of 1 wanted
        ...
        1 instance: 1 Live.

        7. A version that no registry has: merged, deployed, and not live
        Somebody wishes for web_responsive 17.0.9.9.9 on bluefin; it is proposed and merged.
        $ odoosky apply --repository fleet.git
        opened     odoosky/prod/i-bluefin
        ...
        $ odoosky verify bluefin --wait --timeout 2m --repository fleet.git
        ...
        bluefin  Failed        progress-deadline-exceeded: addon-web-responsive ImagePullBackOff
                 next: look at the container that is named
        ...
        1 instance: 1 Failed.

        8. The history is the audit trail
        ...
        <commit> odoosky(prod): retire eastgate
        ...
        Done. Look around: <folder>/demo
        """;

    [GeneratedRegex(@"\b([0-9a-f]{12}|[0-9a-f]{7})\b(?!\w)")]
    private static partial Regex Commit();
}
