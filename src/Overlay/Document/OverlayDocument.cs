using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Helm;
using OdooSky.GitOps.Overlay.Helm.Yaml;

namespace OdooSky.GitOps.Overlay.Document;

/// <summary>A values file as text with places, read once. Immutable.</summary>
public sealed class OverlayDocument
{
    internal OverlayDocument(string path, InstanceCode code, YamlDocument tree)
    {
        Path = path;
        Code = code;
        Tree = tree;
    }

    /// <summary>The file's path inside the repository, as problems name it.</summary>
    public string Path { get; }

    /// <summary>The file's bytes.</summary>
    public ReadOnlyMemory<byte> Text => Tree.Text;

    /// <summary>The instance that the file belongs to.</summary>
    public InstanceCode Code { get; }

    /// <summary>The file's own values as Helm types them, without the chart's.</summary>
    public required HelmMap Values { get; init; }

    /// <summary>The rows of <c>addons</c> in the order of the file; empty when the key is missing, null or an empty list.</summary>
    public required ImmutableArray<OverlayRow> Rows { get; init; }

    internal YamlDocument Tree { get; }

    /// <summary>This document with the values that one version of Helm reads; Helm 4 adds a final line break that is missing.</summary>
    /// <param name="version">The version; null: as it is.</param>
    /// <returns>This document where the version reads nothing else, or nothing.</returns>
    internal OverlayDocument As(HelmVersion? version) =>
        version is null || DocumentSplitter.IsWhole(Text.Span) || HelmValues.Read(new HelmInput { Files = [Text], Version = version }).Value is not { } values
            ? this
            : new(Path, Code, Tree) { Values = values, Rows = Rows };

    /// <summary>Reads a values file.</summary>
    /// <param name="path">Its path inside the repository.</param>
    /// <param name="text">Its bytes: UTF-8, at most 1 MiB and 64 levels.</param>
    /// <param name="code">The instance that it belongs to; another <c>instance.code</c> in the file is an error.</param>
    /// <returns>The document, or errors with line and remedy when Helm can't read it or its managed parts can't be told.</returns>
    public static OverlayReading Read(string path, ReadOnlyMemory<byte> text, InstanceCode code) =>
        new OverlayReader(path, code).Read(text);
}
