using System.Globalization;
using System.Text;

namespace OdooSky.GitOps.Reconciler.Git;

/// <summary>
/// The folder of one bare clone, and the proof that no other process uses it. The proof is a lock that the kernel drops
/// when its holder dies, so whatever locks git left inside are nobody's and may go.
/// </summary>
internal sealed class CacheFolder : IDisposable
{
    private const int FoldersPerRemote = 16;
    private const string ReadyFile = "odoosky-ready";

    private readonly RemoteAddress _remote;
    private readonly FileStream _owner;

    private CacheFolder(string path, RemoteAddress remote)
    {
        (Path, _remote) = (path, remote);
        _owner = new FileStream(path + ".owner", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
    }

    public string Path { get; }

    private string Ready => System.IO.Path.Combine(Path, ReadyFile);

    /// <summary>Takes the first folder for the remote that no process holds: two passes at once get a clone each.</summary>
    public static CacheFolder Take(string root, RemoteAddress remote)
    {
        Directory.CreateDirectory(root);
        IOException? last = null;
        for (var i = 1; i <= FoldersPerRemote; i++)
        {
            var path = System.IO.Path.Combine(root, i == 1 ? remote.CacheName : string.Create(CultureInfo.InvariantCulture, $"{remote.CacheName}-{i}"));
            try
            {
                return new CacheFolder(path, remote);
            }
            catch (IOException e)
            {
                last = e;
            }
        }

        throw new GitFailure($"No cache for {remote} could be opened in {root}: {last!.Message}", last);
    }

    /// <summary>Whether a whole clone of the remote, with ids of this kind, is here.</summary>
    public bool IsReady(bool sha256) =>
        File.Exists(Ready) && string.Equals(File.ReadAllText(Ready), Mark(sha256), StringComparison.Ordinal);

    public void MarkReady(bool sha256) => File.WriteAllText(Ready, Mark(sha256), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));

    /// <summary>Takes everything away; when killed halfway, what is left is not ready and goes next time.</summary>
    public void Wipe()
    {
        if (Directory.Exists(Path))
        {
            File.Delete(Ready);
            Directory.Delete(Path, recursive: true);
        }
    }

    /// <summary>Takes away what a killed git leaves behind. No git of ours may run in the folder.</summary>
    public void Sweep()
    {
        if (!Directory.Exists(Path))
        {
            return;
        }

        var below = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None };
        Sweep(Path, "*.lock", new EnumerationOptions());
        Sweep(Path, "fast_import_crash_*", new EnumerationOptions());
        Sweep(Path, "gc.pid", new EnumerationOptions());
        Sweep(System.IO.Path.Combine(Path, "refs"), "*.lock", below);
        Sweep(System.IO.Path.Combine(Path, "objects", "info"), "*.lock", below);
        Sweep(System.IO.Path.Combine(Path, "objects", "pack"), "tmp_*", below);
        Sweep(System.IO.Path.Combine(Path, "objects", "pack"), "*.keep", below);
        Sweep(System.IO.Path.Combine(Path, "objects", "pack"), "*.lock", below);
    }

    /// <summary>Runs something in the folder, and sweeps when it fails.</summary>
    public async Task<T> SweepingAsync<T>(Func<Task<T>> act)
    {
        var done = false;
        try
        {
            var result = await act();
            done = true;
            return result;
        }
        finally
        {
            if (!done)
            {
                Sweep();
            }
        }
    }

    public void Dispose() => _owner.Dispose();

    private string Mark(bool sha256) => $"{(sha256 ? "sha256" : "sha1")}\n{_remote.Text}\n";

    private static void Sweep(string folder, string pattern, EnumerationOptions options)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        foreach (var file in Directory.EnumerateFiles(folder, pattern, options))
        {
            File.Delete(file);
        }
    }
}
