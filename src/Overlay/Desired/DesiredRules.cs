using System.Collections.Immutable;

namespace OdooSky.GitOps.Overlay.Desired;

/// <summary>What the settings say about desired state.</summary>
public sealed record DesiredRules
{
    /// <summary>The folder of the desired files, named when it holds no instance.</summary>
    public string Folder { get; init; } = "desired";

    /// <summary>Whether the desired state is read from tables and not from files.</summary>
    public bool FromTables { get; init; }

    /// <summary>The sources that addons may have; empty allows any.</summary>
    public ImmutableArray<string> Sources { get; init; } = [];

    /// <summary>The settings' targets; empty when they are not known, and then any name is accepted.</summary>
    public ImmutableArray<string> Targets { get; init; } = [];

    /// <summary>Whether two readings of the settings say the same.</summary>
    /// <param name="other">Other rules.</param>
    /// <returns>True when nothing differs.</returns>
    public bool SaysTheSameAs(DesiredRules other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return string.Equals(Folder, other.Folder, StringComparison.Ordinal) && FromTables == other.FromTables
            && Sources.SequenceEqual(other.Sources) && Targets.SequenceEqual(other.Targets);
    }
}
