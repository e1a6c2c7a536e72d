using System.Collections.Immutable;
using System.Text;
using OdooSky.GitOps.Overlay.Desired;

namespace OdooSky.GitOps.Reconciler.Settings;

/// <summary>A settings file as read from a disk or a commit.</summary>
/// <param name="Path">The path that problems name.</param>
/// <param name="Text">Its bytes.</param>
internal sealed record SettingsText(string Path, ReadOnlyMemory<byte> Text);

/// <summary>
/// Puts the layers together: flags, then <c>ODOOSKY_</c> variables, then <c>odoosky.yaml</c>, then <c>gitops.yaml</c>, then
/// defaults. A flag or a variable is read by the same rules as the file's key that it stands for.
/// </summary>
internal sealed class SettingsLayers
{
    /// <summary>Settings by flag: the keys are flags' names, such as <c>--base</c>.</summary>
    public ImmutableSortedDictionary<string, string> Flags { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>The environment; variables without the prefix <c>ODOOSKY_</c> and those that others read are ignored.</summary>
    public ImmutableSortedDictionary<string, string> Environment { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary><c>odoosky.yaml</c>, or null when there is none.</summary>
    public SettingsText? Service { get; init; }

    /// <summary><c>gitops.yaml</c> at the base's head, or null when there is none.</summary>
    public SettingsText? GitOps { get; init; }

    /// <summary>Resolves the settings of a target.</summary>
    /// <param name="target">Its name, or null for the only one; where there is no <c>odoosky.yaml</c> it is made of flags and variables.</param>
    /// <returns>The settings with all problems.</returns>
    public SettingsReading Resolve(string? target) => new LayerRun(this).Resolve(target);

    /// <summary>Reads the first two layers of the service's settings alone, to find the repository that holds <c>gitops.yaml</c>.</summary>
    /// <returns>The settings of <c>odoosky.yaml</c> with all problems.</returns>
    public (ServiceSettings Settings, ImmutableArray<Problem> Problems) ReadService()
    {
        if (Service is null) return (new ServiceSettings(), []);
        var file = StrictFile.Open(Service.Path, Service.Text, SettingsCodes.Strict);
        return (new ServiceReader(file, new ServiceSettings(), new TargetPlaces()).Read(), file.Problems());
    }

    internal static StrictFile Open(string path, string text) => StrictFile.Open(path, Encoding.UTF8.GetBytes(text), SettingsCodes.Strict);
}
