using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Helm;
using OdooSky.GitOps.Reconciler.Git;
using OdooSky.GitOps.Reconciler.Settings;
using RepositoryPath = OdooSky.GitOps.Reconciler.Git.RepositoryPath;

namespace OdooSky.GitOps.Reconciler.Passes;

/// <summary>Finds out what passes work on: flags, then <c>ODOOSKY_*</c>, then <c>odoosky.yaml</c>, then defaults.</summary>
internal sealed class TargetResolver
{
    private const string DefaultTarget = "default";

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
        return (resolver.problems.Exists(problem => problem.Severity == Severity.Error) ? null : target, [.. resolver.problems]);
    }

    private RunTarget? Resolve()
    {
        var file = choice.Of(choice.Config, "ODOOSKY_CONFIG");
        var path = Path.GetFullPath(file ?? ServiceSettings.FileName, choice.Folder);
        var settings = new ServiceSettings();
        if (File.Exists(path)) settings = ReadSettings(file ?? ServiceSettings.FileName, path);
        else if (file is not null) Fail($"{file}: there is no such file.", "Name an existing settings file with --config.", new Place(file));
        var chosen = Chosen(settings);
        if (chosen is null) return null;
        problems.AddRange(Unsupported.Of(chosen, settings.Identity, new Place(file ?? ServiceSettings.FileName)));
        return Build(settings, chosen, File.Exists(path) ? Path.GetDirectoryName(path)! : choice.Folder);
    }

    private ServiceSettings ReadSettings(string name, string path)
    {
        var reading = SettingsFiles.ReadService(name, File.ReadAllBytes(path));
        problems.AddRange(reading.Problems);
        return reading.Settings;
    }

    private TargetSettings? Chosen(ServiceSettings settings)
    {
        var name = choice.Of(choice.Target, "ODOOSKY_TARGET");
        if (settings.Targets.IsEmpty) return new TargetSettings { Name = NamedTarget(name) };
        if (name is null && settings.Targets.Count == 1) return settings.Targets.Values.First();
        if (name is not null && settings.Targets.TryGetValue(name, out var target)) return target;
        var known = string.Join(", ", settings.Targets.Keys);
        Fail(name is null ? $"The settings have several targets: {known}." : $"The settings have no target {name}.", $"Name one of them with --target: {known}.", new Place("--target"));
        return null;
    }

    private string NamedTarget(string? name)
    {
        if (name is null) return DefaultTarget;
        if (InstanceCode.TryParse(name) is null)
            Fail($"{name} is no target's name.", "Use a-z, 0-9 and -, with a letter first.", new Place("--target"));
        return name;
    }

    private RunTarget? Build(ServiceSettings settings, TargetSettings chosen, string settingsFolder)
    {
        var address = Address(chosen, settingsFolder);
        var baseName = choice.Of(choice.Base, "ODOOSKY_BASE") ?? chosen.Base;
        var branch = RefName.TryBranch(baseName);
        if (branch is null) Fail($"{baseName} is no branch's name.", "Name the base branch as Git does, such as main.", new Place("--base"));
        var helm = Helm(chosen);
        if (address is null || branch is null) return null;
        return new RunTarget
        {
            Name = chosen.Name,
            AllTargets = [.. settings.Targets.Keys],
            Repository = address,
            Base = branch,
            DesiredFolder = RepositoryPath.TryParse(chosen.Desired.Path)!,
            DesiredBranch = chosen.Desired.Branch,
            Helm = helm,
            Identity = Git.Identity.TryParse(settings.Identity.Name, settings.Identity.Email)!,
            CacheFolder = Folder(choice.Of(choice.Cache, "ODOOSKY_CACHE"), DefaultCache()),
            ProposalsFolder = Folder(choice.Of(choice.Proposals, "ODOOSKY_PROPOSALS"), "proposals"),
        };
    }

    private RemoteAddress? Address(TargetSettings chosen, string settingsFolder)
    {
        var (text, from) = choice.Of(choice.Repository, "ODOOSKY_REPOSITORY") is { } named
            ? (named, choice.Folder)
            : chosen.Repository.Length > 0 ? (chosen.Repository, settingsFolder) : (Surrounding(), choice.Folder);
        if (text is null)
        {
            Fail("No repository is named, and this folder is not in one.", "Name it with --repository, or in odoosky.yaml.", new Place("--repository"));
            return null;
        }

        var remote = text.Contains(':', StringComparison.Ordinal) ? text : Path.GetFullPath(text, from);
        var reading = RemoteAddress.Read(remote, new Place("--repository"));
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

    private HelmVersion? Helm(TargetSettings chosen)
    {
        if ((choice.Of(choice.Helm, "ODOOSKY_HELM") ?? chosen.Helm) is not { } text) return null;
        var version = HelmVersion.TryParse(text);
        if (version is null) Fail($"Helm {text} is not a version that this program answers for.", "Write 3, 4 or x.y.z, from 3.15 on.", new Place("--helm"));
        return version;
    }

    private string DefaultCache()
    {
        var home = choice.Environment("XDG_CACHE_HOME") is { Length: > 0 } cache ? cache : Path.Combine(choice.Environment("HOME") ?? Path.GetTempPath(), ".cache");
        return Path.Combine(home, "odoosky");
    }

    private string Folder(string? named, string otherwise) => Path.GetFullPath(named ?? otherwise, choice.Folder);

    private void Fail(string message, string remedy, Place place) =>
        problems.Add(new Problem(SettingsCodes.WrongTarget, Severity.Error, message, remedy, place, null));
}
