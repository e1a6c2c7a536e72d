using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;

namespace OdooSky.GitOps.Reconciler.Settings;

/// <summary>Settings with everything that was wrong with their file; with an error in it they are not to be used.</summary>
/// <typeparam name="T">The settings.</typeparam>
/// <param name="Settings">What was read; defaults where something was wrong.</param>
/// <param name="Problems">All problems, by place.</param>
internal sealed record SettingsReading<T>(T Settings, ImmutableArray<Problem> Problems);

/// <summary>Reads the two files of settings.</summary>
internal static class SettingsFiles
{
    /// <summary>Reads <c>odoosky.yaml</c>.</summary>
    /// <param name="path">As problems print it.</param>
    /// <param name="text">Its bytes.</param>
    /// <returns>The settings and all problems.</returns>
    public static SettingsReading<ServiceSettings> ReadService(string path, ReadOnlyMemory<byte> text)
    {
        var file = StrictFile.Open(path, text, SettingsCodes.Strict);
        var settings = new ServiceReader(file, new ServiceSettings()).Read();
        return new SettingsReading<ServiceSettings>(settings, file.Problems());
    }

    /// <summary>Reads <c>gitops.yaml</c>.</summary>
    /// <param name="path">As problems print it.</param>
    /// <param name="text">Its bytes.</param>
    /// <returns>The settings and all problems.</returns>
    public static SettingsReading<GitOpsSettings> ReadGitOps(string path, ReadOnlyMemory<byte> text)
    {
        var file = StrictFile.Open(path, text, SettingsCodes.Strict);
        var settings = new GitOpsReader(file, new GitOpsSettings()).Read();
        return new SettingsReading<GitOpsSettings>(settings, file.Problems());
    }
}
