using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Helm;
using OdooSky.GitOps.Reconciler.Desired;
using OdooSky.GitOps.Reconciler.Git;
using OdooSky.GitOps.Reconciler.GitHub;
using OdooSky.GitOps.Reconciler.Settings;

namespace OdooSky.GitOps.Reconciler.Passes;

/// <summary>Finds out what passes work on: flags, then <c>ODOOSKY_*</c>, then <c>odoosky.yaml</c>, then defaults.</summary>
internal sealed class TargetResolver
{
    private readonly TargetChoice choice;
    private readonly List<Problem> problems = [];

    private TargetResolver(TargetChoice choice) => this.choice = choice;

    /// <summary>Resolves a choice.</summary>
    /// <param name="choice">What flags and environment say.</param>
    /// <returns>The target, or the problems that keep it from being one; warnings come with either.</returns>
    public static (RunTarget? Target, ImmutableArray<Problem> Problems) Resolve(TargetChoice choice)
    {
        var resolver = new TargetResolver(choice);
        var target = resolver.Resolve();
        return (resolver.problems.Exists(IsError) ? null : target, [.. resolver.problems]);
    }

    private RunTarget? Resolve()
    {
        var named = choice.Of(choice.Config, "CONFIG");
        var path = Path.GetFullPath(named ?? ServiceSettings.FileName, choice.Folder);
        var exists = File.Exists(path);
        if (named is not null && !exists) Fail($"{named}: there is no such file.", "Name an existing settings file with --config.", new Place(named));
        if (Flags(exists) is not { } flags) return null;
        var layers = new SettingsLayers
        {
            Flags = flags,
            Environment = choice.Settings(),
            Service = exists ? new SettingsText(named ?? ServiceSettings.FileName, File.ReadAllBytes(path)) : null,
        };
        var reading = layers.Resolve(choice.Of(choice.Target, "TARGET"));
        problems.AddRange(reading.Problems.Where(IsError)); // warnings come with the plan, which reads gitops.yaml too
        if (reading.Settings is not { } settings || !reading.Usable) return null;
        problems.AddRange(UnsupportedSettings.Of(settings).Where(IsError));
        return Build(layers, settings, exists ? Path.GetDirectoryName(path)! : choice.Folder);
    }

    private RunTarget? Build(SettingsLayers layers, EffectiveSettings settings, string settingsFolder)
    {
        var target = settings.Target;
        var address = Address(settings, settingsFolder);
        var helm = Helm(target.Helm);
        var database = Database(target.Desired, settingsFolder);
        return address is null ? null : new RunTarget
        {
            GitHub = Forge(target, address, settingsFolder),
            RepositoryId = target.RepositoryId,
            Database = database,
            Name = target.Name,
            AllTargets = settings.Targets,
            Layers = layers,
            Repository = address,
            Base = RefName.TryBranch(target.Base)!,
            DesiredFolder = RepositoryPath.TryParse(target.Desired.Path)!,
            DesiredBranch = target.Desired.Branch,
            Helm = helm,
            Identity = Git.Identity.TryParse(settings.Identity.Name, settings.Identity.Email)!,
            Signing = Signing(settings.Identity, settingsFolder),
            CacheFolder = Folder(choice.Of(choice.Cache, "CACHE"), DefaultCache()),
            ProposalsFolder = Folder(choice.Of(choice.Proposals, "PROPOSALS"), "proposals"),
        };
    }

    private HelmVersion? Helm(string? named)
    {
        var version = named is null ? null : HelmVersion.TryParse(named);
        if (named is not null && version is null)
            Fail($"Helm {named} is not a version that this program answers for.", "Write 3, 4 or x.y.z, from 3.15 on.", new Place("--helm"));
        return version;
    }

    private SigningKey? Signing(CommitIdentity identity, string settingsFolder)
    {
        if (identity.SigningKeyFile is not { } file) return null;
        var (key, problem) = SigningKey.Read(Path.GetFullPath(file, settingsFolder), new Place(ServiceSettings.FileName));
        if (problem is not null) problems.Add(problem);
        return key;
    }

    private GitHubTarget? Forge(TargetSettings target, RemoteAddress address, string settingsFolder)
    {
        var (forge, problem) = new ForgeChoice(choice, target, settingsFolder).Read(address);
        if (problem is not null) problems.Add(problem);
        return forge;
    }

    // An SQLite database may be named by its path alone; everything else about a connection may hold a password, and stands in a file.
    private DesiredAccess? Database(DesiredSettings desired, string settingsFolder)
    {
        if (desired.Kind == DesiredKind.Git) return null;
        var dialect = desired.Kind == DesiredKind.Sqlite ? DesiredDialect.Sqlite : DesiredDialect.Postgres;
        if (desired.ConnectionFile is not { } file) return Access(dialect, DesiredDialect.FileConnection(Path.GetFullPath(desired.Path, settingsFolder)), desired);
        var path = Path.GetFullPath(file, settingsFolder);
        if (File.Exists(path)) return Access(dialect, File.ReadAllText(path).Trim(), desired);
        Fail($"desired.connectionFile: there is no file {file}.", "Name an existing file that holds the connection string.", new Place(ServiceSettings.FileName));
        return null;
    }

    private static DesiredAccess Access(DesiredDialect dialect, string connection, DesiredSettings desired) =>
        new(dialect, connection) { InstancesQuery = desired.InstancesQuery, AddonsQuery = desired.AddonsQuery };

    // Whoever names no repository, in no way, means the one that they stand in.
    private ImmutableSortedDictionary<string, string>? Flags(bool hasSettings)
    {
        var flags = choice.Flags();
        if (hasSettings || choice.Of(choice.Repository, "REPOSITORY") is not null) return flags;
        if (Surrounding() is { } folder) return flags.SetItem("--repository", folder);
        Fail("No repository is named, and this folder is not in one.", "Name it with --repository, or in odoosky.yaml.", new Place("--repository"));
        return null;
    }

    // A path in the settings is relative to them; one from a flag or a variable is relative to where the person stands.
    private RemoteAddress? Address(EffectiveSettings settings, string settingsFolder)
    {
        var origin = settings.Origins.GetValueOrDefault("repository", SettingOrigin.Default);
        var text = settings.Target.Repository;
        var from = origin.Layer == SettingsLayer.ServiceFile ? settingsFolder : choice.Folder;
        var reading = RemoteAddress.Read(text.Contains(':', StringComparison.Ordinal) ? text : Path.GetFullPath(text, from), new Place(origin.Name));
        if (reading.Problem is not null) problems.Add(reading.Problem);
        return reading.Address;
    }

    private string? Surrounding()
    {
        for (var folder = new DirectoryInfo(choice.Folder); folder is not null; folder = folder.Parent)
            if (Path.Exists(Path.Combine(folder.FullName, ".git")))
                return folder.FullName;
        return null;
    }

    private string DefaultCache()
    {
        var home = choice.Variable("XDG_CACHE_HOME") ?? Path.Combine(choice.Variable("HOME") ?? Path.GetTempPath(), ".cache");
        return Path.Combine(home, "odoosky");
    }

    private string Folder(string? named, string otherwise) => Path.GetFullPath(named ?? otherwise, choice.Folder);

    private static bool IsError(Problem problem) => problem.Severity == Severity.Error;

    private void Fail(string message, string remedy, Place place) =>
        problems.Add(new Problem(SettingsCodes.WrongTarget, Severity.Error, message, remedy, place, null));
}
