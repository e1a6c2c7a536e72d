namespace OdooSky.GitOps.Sandbox.GitHub;

/// <summary>Reads a bare repository's refs from its files, so that whatever any git wrote is true at once and costs no process.</summary>
/// <param name="folder">The bare repository.</param>
internal sealed class RefFiles(string folder)
{
    private (DateTime Written, long Length, Dictionary<string, string> Refs) packed = (default, -1, []);

    /// <summary>Where a ref points.</summary>
    /// <param name="name">Its full name, <c>refs/heads/main</c>.</param>
    /// <returns>The object's id, or null when there is no such ref.</returns>
    public string? Read(string name)
    {
        if (name.Contains("..", StringComparison.Ordinal) || !name.StartsWith("refs/", StringComparison.Ordinal)) return null;
        var path = Path.Combine(folder, name);
        try
        {
            if (File.Exists(path)) return File.ReadAllText(path).Trim();
        }
        catch (IOException)
        {
            // It was deleted in the meantime; the packed ones decide.
        }

        return Packed().GetValueOrDefault(name);
    }

    /// <summary>All refs under a prefix, in ordinal order.</summary>
    /// <param name="prefix">The beginning of full names: <c>refs/heads/odoosky/</c>.</param>
    public IReadOnlyList<(string Name, string Id)> Under(string prefix)
    {
        var root = Path.Combine(folder, "refs");
        var loose = Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
            .Where(path => !path.EndsWith(".lock", StringComparison.Ordinal))
            .Select(path => Path.GetRelativePath(folder, path));
        return
        [
            .. loose.Concat(Packed().Keys).Distinct(StringComparer.Ordinal)
                .Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(name => (name, Read(name)))
                .Where(pair => pair.Item2 is not null)
                .Select(pair => (pair.name, pair.Item2!)),
        ];
    }

    private Dictionary<string, string> Packed()
    {
        var file = new FileInfo(Path.Combine(folder, "packed-refs"));
        if (!file.Exists) return [];
        if (packed.Written != file.LastWriteTimeUtc || packed.Length != file.Length)
        {
            var refs = File.ReadLines(file.FullName).Where(line => line.Length > 41 && line[40] == ' ');
            packed = (file.LastWriteTimeUtc, file.Length, refs.ToDictionary(line => line[41..], line => line[..40], StringComparer.Ordinal));
        }

        return packed.Refs;
    }
}
