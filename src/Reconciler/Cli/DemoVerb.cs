namespace OdooSky.GitOps.Reconciler.Cli;

/// <summary><c>odoosky demo</c>: lives in the sandbox program, which is not part of what is deployed; this verb says so.</summary>
internal static class DemoVerb
{
    /// <summary>Makes the verb.</summary>
    /// <param name="surroundings">What it runs with.</param>
    /// <returns>The verb.</returns>
    public static Verb Make(Surroundings surroundings)
    {
        var verb = new Verb(
            "demo",
            "Show the whole job on a repository made for it (from a clone: ./odoosky demo).",
            "./odoosky demo",
            "./odoosky demo --github                     the life of pull requests, on a stand-in for GitHub",
            "./odoosky demo --database                   desired state in SQLite, and its audit trail");
        verb.Does((_, _) => Task.FromResult(Refuse(surroundings.Terminal)));
        return verb;
    }

    /// <summary>Says where demos are started.</summary>
    /// <param name="terminal">Where it is said.</param>
    /// <returns>Error.</returns>
    public static ExitCode Refuse(Terminal terminal)
    {
        terminal.Fail("OSG0006", "the demo is started from a clone of the project: ./odoosky demo, or ./odoosky serve --demo");
        return ExitCode.Error;
    }
}
