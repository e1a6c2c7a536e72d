using System.Collections.Immutable;

namespace OdooSky.GitOps.Overlay.Desired;

/// <summary>
/// One instance's file as read, alone: what it wishes and what is wrong with it. Depends on nothing but its path and its
/// bytes, so that it can be kept by blob id and never be read twice.
/// </summary>
public sealed record InstanceFile
{
    private InstanceFile()
    {
    }

    /// <summary>The file's path.</summary>
    public required string Path { get; init; }

    /// <summary>The id of the file's content.</summary>
    public required string BlobId { get; init; }

    /// <summary>The codes that the file speaks of, valid or not: by its name, and by the key in it when that differs.</summary>
    public required ImmutableArray<string> Claims { get; init; }

    /// <summary>What is wished as far as it could be read, or null when not even the code could.</summary>
    public InstanceWish? Wish { get; init; }

    /// <summary>What is wrong with the file alone, in the order of places.</summary>
    public required ImmutableArray<Problem> Problems { get; init; }

    /// <summary>Reads a file.</summary>
    /// <param name="path">Its path; its name without <c>.yaml</c> is the code.</param>
    /// <param name="text">Its bytes.</param>
    /// <param name="blobId">The id of its content.</param>
    /// <returns>What it says; never an exception for what stands in it.</returns>
    public static InstanceFile Read(string path, ReadOnlyMemory<byte> text, string blobId)
    {
        var file = StrictFile.Open(path, text, DesiredCodes.Strict);
        return Read(file, new InstanceReader(file, DesiredFolder.NameOf(path)), blobId);
    }

    /// <summary>
    /// Reads an instance's rows by the very rules of a file, so that a database can't wish what a file can't. Problems name
    /// the rows.
    /// </summary>
    /// <param name="row">The instance's row with its addons.</param>
    /// <param name="known">What was read before, by path and <see cref="BlobId"/>; gives null for what was not.</param>
    /// <returns>What they say, the known object where it says just that; never an exception for what stands in them.</returns>
    public static InstanceFile Of(InstanceRow row, Func<(string Path, string BlobId), InstanceFile?>? known = null)
    {
        ArgumentNullException.ThrowIfNull(row);
        var text = RowText.Of(row);
        var (path, blob) = ($"{InstanceRow.Table}:{row.Code}", row.UpdatedAt is { } at ? $"{text.Digest}@{at}" : text.Digest);
        if (known?.Invoke((path, blob)) is { } before && text.IsOf(before)) return before;
        var file = StrictFile.Open(path, text.Bytes, DesiredCodes.Strict, text.PlaceOf);
        foreach (var (place, message, remedy) in text.Faults) file.Error(DesiredCodes.Unreadable, place, message, remedy);
        return Read(file, new InstanceReader(file, null), blob);
    }

    private static InstanceFile Read(StrictFile file, InstanceReader reader, string blobId)
    {
        var wish = reader.Read();
        return new InstanceFile
        {
            Path = file.Path,
            BlobId = blobId,
            Claims = reader.Claims,
            Wish = wish,
            Problems = file.Problems(reader.Claims.FirstOrDefault(claim => InstanceCode.TryParse(claim) is not null)),
        };
    }

    /// <summary>A file as it was read by an earlier process.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="blobId">The id of its content.</param>
    /// <param name="claims">The codes that it speaks of.</param>
    /// <param name="wish">What it wishes, or null.</param>
    /// <param name="problems">What is wrong with it.</param>
    internal static InstanceFile Kept(string path, string blobId, ImmutableArray<string> claims, InstanceWish? wish, ImmutableArray<Problem> problems) =>
        new() { Path = path, BlobId = blobId, Claims = claims, Wish = wish, Problems = problems };

    /// <summary>Stands for a YAML file that is not read because of its name or folder (<see cref="DesiredFileKind.Misplaced"/>).</summary>
    /// <param name="path">Its path.</param>
    /// <returns>A file that holds nothing but the problem; it stops the instance of its name.</returns>
    public static InstanceFile Misplaced(string path)
    {
        var name = DesiredFolder.NameOf(path);
        var problem = new Problem(
            DesiredCodes.MisplacedFile,
            Severity.Error,
            "This file is not read: only addons.yaml and instances/<code>.yaml are.",
            $"Move it to instances/{name}.yaml, or out of the folder.",
            new Place(path),
            InstanceCode.TryParse(name)?.Text);
        return new InstanceFile { Path = path, BlobId = string.Empty, Claims = [], Problems = [problem] };
    }

    /// <summary>Writes an instance's file with every row whole, as the catalogue completed it.</summary>
    /// <param name="instance">What is wished.</param>
    /// <returns>The file's text, which reads back as the same wish.</returns>
    public static string Write(DesiredInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return InstanceWriter.Write(new InstanceWish
        {
            Code = instance.Code,
            Place = instance.Place,
            State = instance.State,
            Target = instance.Target,
            Labels = instance.Labels,
            Series = instance.Series,
            CloneFrom = instance.CloneFrom,
            Addons = [.. instance.Addons.Select(row => new AddonWish(row.Code, row.Source, row.Image, row.Version) { Place = instance.Place })],
            Values = instance.Values,
            Unset = instance.Unset,
            Request = instance.Request,
        });
    }

    /// <summary>Writes an instance's file; what the catalogue shall say stays open.</summary>
    /// <param name="wish">What is wished.</param>
    /// <returns>The file's text, which reads back as the same wish.</returns>
    public static string Write(InstanceWish wish)
    {
        ArgumentNullException.ThrowIfNull(wish);
        return InstanceWriter.Write(wish);
    }
}
