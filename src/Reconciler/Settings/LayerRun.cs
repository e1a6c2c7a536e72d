using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;

namespace OdooSky.GitOps.Reconciler.Settings;

/// <summary>One resolution of the layers, from the lowest up.</summary>
internal sealed class LayerRun(SettingsLayers layers)
{
    private const string OnlyTarget = "default";

    private readonly List<Problem> problems = [];
    private readonly Dictionary<string, SettingOrigin> origins = new(StringComparer.Ordinal);
    private readonly TargetPlaces places = new();
    private GitOpsSettings gitOps = new();
    private ServiceSettings service = new();

    public SettingsReading Resolve(string? wished)
    {
        var (gitOpsPlaces, servicePlaces) = (ReadGitOps(), ReadService());
        if (ChooseTarget(wished) is not { } target) return new SettingsReading(null, ProblemOrder.Sort(problems));
        foreach (var field in SettingField.GitOps) Mark(field, gitOpsPlaces, field.Key, SettingsLayer.GitOpsFile);
        foreach (var field in SettingField.Service) Mark(field, servicePlaces, field.Key, SettingsLayer.ServiceFile);
        foreach (var field in SettingField.Target) Mark(field, servicePlaces, $"targets.{target}.{field.Key}", SettingsLayer.ServiceFile);
        foreach (var (name, text) in layers.Environment)
            if (text.Length > 0) Override(SettingsLayer.Environment, name, text, target);
        foreach (var (name, text) in layers.Flags) Override(SettingsLayer.Flag, name, text, target);
        var chosen = service.Targets.GetValueOrDefault(target) ?? new TargetSettings { Name = target };
        service = service with { Targets = service.Targets.SetItem(target, chosen) };
        problems.AddRange(service.Targets.Values.SelectMany(each => TargetRules.Check(each, places, layers.Service?.Path ?? ServiceSettings.FileName)));
        return new SettingsReading(Effective(chosen), ProblemOrder.Sort(problems));
    }

    private EffectiveSettings Effective(TargetSettings target) => new()
    {
        Target = target,
        Identity = service.Identity,
        PageHosts = service.PageHosts,
        AdminTokenFile = service.AdminTokenFile,
        WebhookSecretFile = service.WebhookSecretFile,
        DatabaseConnectionFile = service.DatabaseConnectionFile,
        GitOps = gitOps,
        Targets = layers.Service is null ? [] : [.. service.Targets.Keys],
        Origins = origins.ToImmutableDictionary(StringComparer.Ordinal),
    };

    private Dictionary<string, Place> ReadGitOps()
    {
        if (layers.GitOps is not { } text) return [];
        var file = StrictFile.Open(text.Path, text.Text, SettingsCodes.Strict);
        gitOps = new GitOpsReader(file, gitOps).Read();
        problems.AddRange(file.Problems());
        return SettingPlaces.Of(file);
    }

    private Dictionary<string, Place> ReadService()
    {
        if (layers.Service is not { } text) return [];
        var file = StrictFile.Open(text.Path, text.Text, SettingsCodes.Strict);
        service = new ServiceReader(file, service, places).Read();
        problems.AddRange(file.Problems());
        return SettingPlaces.Of(file);
    }

    private string? ChooseTarget(string? wished)
    {
        var names = service.Targets.Keys.ToImmutableArray();
        if (wished is null && names.Length <= 1) return names.IsEmpty ? OnlyTarget : names[0];
        if (wished is not null && (names.Contains(wished, StringComparer.Ordinal) || (names.IsEmpty && LabelText.IsName(wished)))) return wished;
        var place = new Place(layers.Service?.Path ?? ServiceSettings.FileName);
        var message = wished is null ? "The settings have several targets, and none was named." : $"The settings have no target \"{wished}\".";
        var remedy = wished is null || names.IsEmpty ? $"Name one of {string.Join(", ", names)}." : NearestWord.Remedy(wished, names);
        problems.Add(new Problem(SettingsCodes.WrongTarget, Severity.Error, message, remedy, place, null));
        return null;
    }

    private void Mark(SettingField field, Dictionary<string, Place> found, string key, SettingsLayer layer)
    {
        if (found.TryGetValue(key, out var place)) origins[field.Key] = new SettingOrigin(layer, place.ToString());
    }

    private void Override(SettingsLayer layer, string name, string text, string target)
    {
        var field = SettingField.All.FirstOrDefault(each => (layer == SettingsLayer.Flag ? each.Flag : each.Variable) == name);
        if (field is null)
        {
            Complain(layer, name);
            return;
        }

        var ofGitOps = SettingField.GitOps.Contains(field);
        var file = SettingsLayers.Open(name, ofGitOps ? LayerText.GitOps(field, text) : LayerText.Service(field, text, target));
        if (ofGitOps) gitOps = new GitOpsReader(file, gitOps).Read();
        else service = new ServiceReader(file, service, places).Read();
        problems.AddRange(file.Problems().Select(problem => problem with { Place = new Place(name) }));
        origins[field.Key] = new SettingOrigin(layer, name);
    }

    // Kubernetes itself sets variables such as ODOOSKY_SERVICE_HOST: only what looks mistyped is worth a word.
    private void Complain(SettingsLayer layer, string name)
    {
        if (layer == SettingsLayer.Flag)
        {
            string[] flags = [.. SettingField.All.Select(field => field.Flag)];
            problems.Add(Unknown(Severity.Error, name, NearestWord.Remedy(name, flags)));
            return;
        }

        var near = NearestWord.Of(name, SettingField.All.Select(field => field.Variable));
        if (near is not null && name.StartsWith("ODOOSKY_", StringComparison.Ordinal))
            problems.Add(Unknown(Severity.Warning, name, $"Did you mean {near}?"));
    }

    private static Problem Unknown(Severity severity, string name, string remedy) =>
        new(SettingsCodes.UnknownSetting, severity, $"{name} is no setting.", remedy, new Place(name), null);
}
