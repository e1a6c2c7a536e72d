using System.Security.Cryptography;
using System.Text;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Kept;
using OdooSky.GitOps.Overlay.Plan;

namespace OdooSky.GitOps.Reconciler.Passes;

/// <summary>
/// What a process leaves for the next one, in a file beside its clone, so that a fleet that hardly changed is planned without parsing
/// it anew: instance files as they were read, by path and blob id, and for each overlay that said what was wished its hash, by all that
/// a plan depends on. It may be deleted at any time. It counts only whole and only for the very program that wrote it: the file begins
/// with the SHA-256 of the rest, and that with the identity of the code. A file that can't be read or written is no failure.
/// </summary>
/// <param name="path">The file.</param>
internal sealed class KeptMemory(string path)
{
    /// <summary>Smaller fleets leave nothing: they are planned in less time than it takes to notice.</summary>
    public const int Least = 256;

    // What less than a sixteenth of the fleet said anew, the next process reads anew; more than that is worth a new file.
    private const int Share = 16;

    private static readonly string Program = $"1 {typeof(InstanceFile).Module.ModuleVersionId} {typeof(KeptMemory).Module.ModuleVersionId}";

    private Dictionary<FleetMemory.PlanKey, string> hashes = [];
    private HashSet<InstanceFile> recalled = [];

    /// <summary>Reads what an earlier process left.</summary>
    /// <returns>The instance files; empty when there is nothing.</returns>
    public IReadOnlyList<InstanceFile> Recall()
    {
        try
        {
            var bytes = File.ReadAllBytes(path);
            if (bytes.Length < SHA256.HashSizeInBytes || !SHA256.HashData(bytes.AsSpan(SHA256.HashSizeInBytes)).AsSpan().SequenceEqual(bytes.AsSpan(0, SHA256.HashSizeInBytes))) return [];
            using var stream = new MemoryStream(bytes, SHA256.HashSizeInBytes, bytes.Length - SHA256.HashSizeInBytes);
            using var reader = new KeptReader(stream);
            if (reader.Text() != Program) return [];
            var plans = reader.Many(() => ReadPlan(reader));
            var files = reader.Many(() => KeptFiles.Read(reader));
            hashes = plans.ToDictionary(plan => plan.Key, plan => plan.Hash);
            recalled = new(files, ReferenceEqualityComparer.Instance);
            return files;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or ArgumentException)
        {
            return [];
        }
    }

    /// <summary>The hash of an overlay that said what was wished.</summary>
    /// <param name="key">What the plan depends on.</param>
    /// <returns>The hash, or null when that is not known.</returns>
    public string? UnchangedHash(FleetMemory.PlanKey key) => hashes.GetValueOrDefault(key);

    /// <summary>Leaves what a pass found, when enough of it is new.</summary>
    /// <param name="files">The pass's instance files.</param>
    /// <param name="plans">Its plans.</param>
    public void Leave(IReadOnlyCollection<InstanceFile> files, IEnumerable<(FleetMemory.PlanKey Key, OverlayChange? Plan)> plans)
    {
        // What was refused may have been refused for a secret that stands in it.
        files = [.. files.Where(file => file.Problems.All(problem => problem.Severity != Severity.Error))];
        Dictionary<FleetMemory.PlanKey, string> unchanged = [];
        foreach (var (key, plan) in plans)
            if (plan is { Action: ChangeAction.Unchanged, HashAfter: { } hash, Problems.IsEmpty: true }) unchanged[key] = hash;
        var fresh = unchanged.Keys.Count(key => !hashes.ContainsKey(key)) + files.Count(file => !recalled.Contains(file));
        if (unchanged.Count + files.Count < 2 * Least || fresh <= (unchanged.Count + files.Count) / Share) return;
        (hashes, recalled) = (unchanged, new(files, ReferenceEqualityComparer.Instance));
        Write(files, unchanged);
    }

    // Whole or not at all: written beside, then put in place. What a killed process leaves there, the next one writes over.
    private void Write(IReadOnlyCollection<InstanceFile> files, Dictionary<FleetMemory.PlanKey, string> unchanged)
    {
        try
        {
            using (var stream = new FileStream(path + ".new", ForMe()))
            {
                stream.Write(new byte[SHA256.HashSizeInBytes]);
                var hash = WriteBody(stream, files, unchanged);
                stream.Position = 0;
                stream.Write(hash);
            }

            File.Move(path + ".new", path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or EncoderFallbackException)
        {
            // The next process reads everything anew.
        }
    }

    private static FileStreamOptions ForMe()
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }

    private static byte[] WriteBody(Stream stream, IReadOnlyCollection<InstanceFile> files, Dictionary<FleetMemory.PlanKey, string> unchanged)
    {
        using var hash = SHA256.Create();
        using (var hashed = new CryptoStream(stream, hash, CryptoStreamMode.Write, leaveOpen: true))
        using (var buffered = new BufferedStream(hashed, 1 << 16))
        using (var writer = new KeptWriter(buffered))
        {
            writer.Text(Program);
            writer.Many(unchanged, plan => WritePlan(plan, writer));
            writer.Many(files, file => KeptFiles.Write(file, writer));
        }

        return hash.Hash!;
    }

    private static void WritePlan(KeyValuePair<FleetMemory.PlanKey, string> plan, KeptWriter to)
    {
        to.Text(plan.Key.Rules);
        to.Text(plan.Key.Code.Text);
        to.Text(plan.Key.Wish);
        to.Text(plan.Key.Overlay);
        to.Text(plan.Value);
    }

    private static (FleetMemory.PlanKey Key, string Hash) ReadPlan(KeptReader from) => (
        new FleetMemory.PlanKey(from.Text(), InstanceCode.TryParse(from.Text()) ?? throw new FormatException("A code is none."), from.Text(), from.Text()),
        from.Text());
}
