using System.Collections.Immutable;

namespace OdooSky.GitOps.Reconciler.Settings;

/// <summary>One repository of overlays.</summary>
internal sealed record TargetSettings
{
    /// <summary>The target's name: a-z, 0-9 and -, with a letter first.</summary>
    public required string Name { get; init; }

    /// <summary>The repository: a path (relative to the settings' file), <c>file://</c>, <c>https://</c> or <c>ssh://</c>, without credentials.</summary>
    public string Repository { get; init; } = string.Empty;

    /// <summary>The forge's number of the repository, checked before every write; null (default): not checked.</summary>
    public long? RepositoryId { get; init; }

    /// <summary>The branch that Argo CD deploys. Default <c>main</c>.</summary>
    public string Base { get; init; } = "main";

    /// <summary>Where pull requests are. Default: nowhere, branches and texts only.</summary>
    public ForgeSettings Forge { get; init; } = new();

    /// <summary>Where the desired state is. Default: the folder <c>desired</c> of the same repository and branch.</summary>
    public DesiredSettings Desired { get; init; } = new();

    /// <summary>The cluster that runs the instances; null (default): none is looked at.</summary>
    public ClusterSettings? Cluster { get; init; }

    /// <summary>When the service works.</summary>
    public ScheduleSettings Schedule { get; init; } = new();

    /// <summary>Whose reading of values counts: <c>3</c>, <c>4</c> or <c>x.y.z</c>; null (default): all supported ones must agree.</summary>
    public string? Helm { get; init; }
}

/// <summary>The kind of a forge.</summary>
internal enum ForgeKind
{
    /// <summary>Branches and texts only.</summary>
    None,

    /// <summary>Pull requests on GitHub, or an enterprise server of it. Its credential is used for Git too.</summary>
    Github,
}

/// <summary>Where pull requests are.</summary>
internal sealed record ForgeSettings
{
    /// <summary>The kind. Default <c>none</c>.</summary>
    public ForgeKind Kind { get; init; } = ForgeKind.None;

    /// <summary>The API's address: https, or plain http to this machine by number (<c>127.0.0.1</c>). Default GitHub's.</summary>
    public Uri Api { get; init; } = new("https://api.github.com");

    /// <summary>The app as which the program acts, or null.</summary>
    public ForgeApp? App { get; init; }

    /// <summary>A file that holds a token, or null.</summary>
    public string? TokenFile { get; init; }

    /// <summary>A PEM file of the authorities that are trusted instead of the machine's, or null (default).</summary>
    public string? CaFile { get; init; }
}

/// <summary>A GitHub App.</summary>
/// <param name="Id">The app's number.</param>
/// <param name="Installation">The installation's number.</param>
/// <param name="KeyFile">The file of its private key.</param>
internal sealed record ForgeApp(long Id, long Installation, string KeyFile);

/// <summary>The kind of a source of desired state.</summary>
internal enum DesiredKind
{
    /// <summary>Files in a Git repository.</summary>
    Git,

    /// <summary>An SQLite database.</summary>
    Sqlite,

    /// <summary>A PostgreSQL database.</summary>
    Postgres,
}

/// <summary>Where the desired state is.</summary>
internal sealed record DesiredSettings
{
    /// <summary>The kind. Default <c>git</c>.</summary>
    public DesiredKind Kind { get; init; } = DesiredKind.Git;

    /// <summary>The folder in the repository, default <c>desired</c>; of kind sqlite without <c>connectionFile</c>: the database file, relative to the settings.</summary>
    public string Path { get; init; } = "desired";

    /// <summary>Another repository than the overlays', or null (default). Read and checked; not acted on yet.</summary>
    public string? Repository { get; init; }

    /// <summary>Another branch than the base, or null (default).</summary>
    public string? Branch { get; init; }

    /// <summary>A file that holds a database's connection string, or null.</summary>
    public string? ConnectionFile { get; init; }

    /// <summary>The query for instances of own tables, or null.</summary>
    public string? InstancesQuery { get; init; }

    /// <summary>The query for addons of own tables, or null.</summary>
    public string? AddonsQuery { get; init; }
}

/// <summary>The cluster that runs the instances.</summary>
internal sealed record ClusterSettings
{
    /// <summary>A file that says how to reach it; null (default): from within the cluster.</summary>
    public string? Kubeconfig { get; init; }

    /// <summary>A context in that file; null (default): its current one.</summary>
    public string? Context { get; init; }

    /// <summary>Whether the kubeconfig's <c>insecure-skip-tls-verify</c> may hold: then anybody on the way can take the credentials. Default false.</summary>
    public bool InsecureSkipTlsVerify { get; init; }

    /// <summary>Whether the kubeconfig may name a program that logs in (<c>exec</c>): it is run with this program's rights. Default false.</summary>
    public bool AllowExec { get; init; }

    /// <summary>Whether the end of a change is told among the Kubernetes Events of the instance's Application. Default false.</summary>
    public bool Events { get; init; }

    /// <summary>Where Argo CD's Applications are. Default <c>argocd</c>.</summary>
    public ImmutableArray<string> ArgocdNamespaces { get; init; } = ["argocd"];

    /// <summary>Which of Argo CD's destinations is which context; <c>this</c> is this cluster. Default none.</summary>
    public ImmutableSortedDictionary<string, string> Destinations { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>The address by which Argo CD reads the overlays' repository; null (default): the target's. Spelling and transport don't count.</summary>
    public string? Repository { get; init; }

    /// <summary>The name of an instance's Application, with <c>{code}</c> in it; null (default): it is found by repository and path.</summary>
    public string? ApplicationName { get; init; }

    /// <summary>The label of an instance's Application whose value is the code; null (default): it is found by repository and path.</summary>
    public string? ApplicationLabel { get; init; }
}

/// <summary>When the service works.</summary>
internal sealed record ScheduleSettings
{
    /// <summary>When it reconciles: a cron expression with seconds (H stands for a number of the target's own), or an interval of 10s to 1d. Default every five minutes, at a moment of the target's own.</summary>
    public string Reconcile { get; init; } = "H H/5 * * * ?";

    /// <summary>When open rollouts are verified: cron as above, or every 1s to 1d. Default 30s.</summary>
    public string Verify { get; init; } = "30s";

    /// <summary>When everything is looked at anew: cron as above, or every 1m to 30d. Default 1h.</summary>
    public string Drift { get; init; } = "1h";

    /// <summary>The time zone of the schedule, of freezes and of maintenance. Default <c>UTC</c>.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>Windows of the week in which nothing runs unless a person orders it. Default none.</summary>
    public ImmutableArray<Freeze> Maintenance { get; init; } = [];
}
