namespace OdooSky.GitOps.Bench;

/// <summary>A bare repository with a fleet in it, and raw git's own copy of it.</summary>
/// <param name="home">A folder of its own.</param>
/// <param name="instances">How many instances.</param>
internal sealed class Fleet(string home, int instances)
{
    public const string Main = "refs/heads/main";

    public int Instances => instances;

    /// <summary>What the program works with.</summary>
    public string Remote => Path.Combine(home, "fleet.git");

    /// <summary>The same, for raw git to push to.</summary>
    public string RawRemote => Path.Combine(home, "raw-fleet.git");

    /// <summary>Raw git's clone of <see cref="RawRemote"/>.</summary>
    public string RawClone => Path.Combine(home, "raw-clone.git");

    public string Folder(string name) => Path.Combine(home, name);

    public async Task MakeAsync()
    {
        await RawGit.RunAsync(null, "init", "--quiet", "--bare", "--initial-branch=main", Remote);
        await ImportAsync(Remote, Everything());
        await RawGit.RunAsync(Remote, "repack", "-a", "-d", "-q");
        await RawGit.RunAsync(null, "clone", "--quiet", "--bare", "--no-local", Remote, RawRemote);
        await RawGit.RunAsync(null, "clone", "--quiet", "--bare", "--no-local", RawRemote, RawClone);
    }

    public static Task ImportAsync(string repository, byte[] stream) =>
        RawGit.FeedAsync(repository, stream, "fast-import", "--quiet", "--done", "--force", "--date-format=raw");

    /// <summary>Moves main: some instances' wishes get a new revision.</summary>
    public async Task WishAnewAsync(int from, int count, int revision)
    {
        using var stream = new ImportStream();
        stream.Commit(Main, Main + "^0", $"Wish anew {revision}");
        for (var i = 0; i < count; i++)
        {
            var instance = (from + i) % instances;
            stream.File(FleetText.WishPath(instance), FleetText.Wish(instance, revision));
        }

        await PublishAsync(stream);
    }

    /// <summary>Makes a branch whose catalogue changes every instance.</summary>
    public async Task BranchCatalogAsync(string branch, int revision)
    {
        using var stream = new ImportStream();
        stream.Commit("refs/heads/" + branch, Main + "^0", $"Catalogue {revision}");
        stream.File("desired/addons.yaml", FleetText.Catalog(revision));
        await PublishAsync(stream);
    }

    // The commits have the same ids in both repositories.
    private async Task PublishAsync(ImportStream stream)
    {
        var bytes = stream.Bytes();
        await ImportAsync(Remote, bytes);
        await ImportAsync(RawRemote, bytes);
    }

    private byte[] Everything()
    {
        using var stream = new ImportStream();
        stream.Commit(Main, null, "The fleet")
            .File("gitops.yaml", FleetText.Settings)
            .File("desired/addons.yaml", FleetText.Catalog(0));
        var chart = Path.Combine(AppContext.BaseDirectory, "chart");
        foreach (var file in Directory.EnumerateFiles(chart, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            stream.File("charts/instance/" + Path.GetRelativePath(chart, file), File.ReadAllBytes(file));
        for (var i = 0; i < instances; i++)
            stream.File(FleetText.OverlayPath(i), FleetText.Overlay(i)).File(FleetText.WishPath(i), FleetText.Wish(i, 0));
        return stream.Bytes();
    }
}
