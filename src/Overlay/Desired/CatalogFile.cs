using System.Collections.Immutable;

namespace OdooSky.GitOps.Overlay.Desired;

/// <summary>The catalogue as read, alone: kept by blob id like <see cref="InstanceFile"/>. An error in it stops the whole plan.</summary>
public sealed record CatalogFile
{
    private CatalogFile()
    {
    }

    /// <summary>The file's path.</summary>
    public required string Path { get; init; }

    /// <summary>The id of the file's content.</summary>
    public required string BlobId { get; init; }

    /// <summary>The entries by addon code.</summary>
    public required ImmutableSortedDictionary<string, CatalogEntry> Entries { get; init; }

    /// <summary>What is wrong with the file, in the order of places.</summary>
    public required ImmutableArray<Problem> Problems { get; init; }

    /// <summary>Whether the catalogue has an error, so that nothing can be completed from it.</summary>
    public bool Broken => Problems.Any(problem => problem.Severity == Severity.Error);

    /// <summary>Reads the catalogue.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="text">Its bytes.</param>
    /// <param name="blobId">The id of its content.</param>
    /// <returns>What it says; never an exception for what stands in it.</returns>
    public static CatalogFile Read(string path, ReadOnlyMemory<byte> text, string blobId)
    {
        var file = StrictFile.Open(path, text, DesiredCodes.Strict);
        var entries = new CatalogReader(file).Read();
        return new CatalogFile { Path = path, BlobId = blobId, Entries = entries, Problems = file.Problems() };
    }
}
