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
    public static CatalogFile Read(string path, ReadOnlyMemory<byte> text, string blobId) =>
        Read(StrictFile.Open(path, text, DesiredCodes.Strict), blobId);

    /// <summary>Reads the catalogue's rows by the very rules of a file. Problems name the rows.</summary>
    /// <param name="rows">One row for an addon without series, else one for each of its series, in any order.</param>
    /// <returns>What they say; never an exception for what stands in them.</returns>
    public static CatalogFile Of(IReadOnlyCollection<CatalogRow> rows)
    {
        var text = RowText.Of(rows);
        return Read(StrictFile.Open(CatalogRow.Table, text.Bytes, DesiredCodes.Strict, text.PlaceOf), text.Digest);
    }

    /// <summary>Writes the catalogue's file.</summary>
    /// <param name="entries">The entries.</param>
    /// <returns>The file's text, which reads back as the same catalogue.</returns>
    public static string Write(IEnumerable<CatalogEntry> entries) => CatalogWriter.Write(entries);

    private static CatalogFile Read(StrictFile file, string blobId)
    {
        var entries = new CatalogReader(file).Read();
        return new CatalogFile { Path = file.Path, BlobId = blobId, Entries = entries, Problems = file.Problems() };
    }
}
