using System.Security.Cryptography;
using System.Text;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Plan;
using OdooSky.GitOps.Reconciler.Passes;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Passes;

/// <summary>The file that a process leaves for the next one counts whole, or not at all.</summary>
public sealed class KeptMemoryTests : IDisposable
{
    private const string Hash = "0123456789abcdef";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("odoosky-memory-");

    private string Place => Path.Combine(folder.FullName, "fleet.memory");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void What_was_left_is_found_again()
    {
        var files = Files(KeptMemory.Least);
        new KeptMemory(Place).Leave(files, Plans(KeptMemory.Least));

        var next = new KeptMemory(Place);
        var found = next.Recall();

        Assert.Equal(files.Select(file => file.Wish!.Addons.Single()), found.Select(file => file.Wish!.Addons.Single()));
        Assert.Equal(files.Select(file => (file.Path, file.BlobId)), found.Select(file => (file.Path, file.BlobId)));
        Assert.Equal(Hash, next.UnchangedHash(Key(7)));
        Assert.Null(next.UnchangedHash(Key(7) with { Rules = "others" }));
        Assert.Equal([Place], Directory.GetFiles(folder.FullName));
    }

    [Fact]
    public void A_file_with_one_wrong_byte_or_cut_anywhere_is_none()
    {
        new KeptMemory(Place).Leave(Files(KeptMemory.Least), Plans(KeptMemory.Least));
        var whole = File.ReadAllBytes(Place);
        for (var at = 0; at < whole.Length; at += 1 + (at / 3))
        {
            byte[] wrong = [.. whole];
            wrong[at] ^= 1;
            Assert.Equal((0, null), Recalled(wrong));
            Assert.Equal((0, null), Recalled(whole[..at]));
        }

        Assert.Equal((KeptMemory.Least, Hash), Recalled(whole));
    }

    [Fact]
    public void A_file_that_another_build_of_the_program_left_is_none()
    {
        new KeptMemory(Place).Leave(Files(KeptMemory.Least), Plans(KeptMemory.Least));
        var other = File.ReadAllBytes(Place);
        var identity = other.AsSpan().IndexOf(Encoding.UTF8.GetBytes($"{typeof(InstanceFile).Module.ModuleVersionId}"));
        other[identity] = other[identity] == (byte)'0' ? (byte)'1' : (byte)'0';
        SHA256.HashData(other.AsSpan(SHA256.HashSizeInBytes), other);

        Assert.Equal((0, null), Recalled(other));
    }

    [Fact]
    public void What_was_refused_is_not_left_on_disk_and_the_rest_is_for_its_owner_alone()
    {
        var secret = InstanceFile.Read(
            "desired/instances/told.yaml",
            Encoding.UTF8.GetBytes("apiVersion: odoosky.io/v1\nkind: Instance\ncode: told\nvalues: {db: {password: hunter2-secret}}\n"),
            $"{7:x40}");
        Assert.Contains(secret.Problems, problem => problem.Code == DesiredCodes.SecretValue);

        new KeptMemory(Place).Leave([.. Files(KeptMemory.Least), secret], Plans(KeptMemory.Least));

        Assert.Equal(KeptMemory.Least, new KeptMemory(Place).Recall().Count);
        Assert.DoesNotContain("hunter2", Encoding.UTF8.GetString(File.ReadAllBytes(Place)), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Place));
    }

    [Fact]
    public void Only_plans_without_a_change_and_without_a_problem_are_left()
    {
        var problem = new Problem("OSG0000", Severity.Warning, "Odd.", "Look.", new Place("x"), null);
        var plans = Plans(KeptMemory.Least + 4).ToList();
        plans[0] = (Key(0), plans[0].Plan! with { Problems = [problem] });
        plans[1] = (Key(1), plans[1].Plan! with { Action = ChangeAction.Update });
        plans[2] = (Key(2), plans[2].Plan! with { HashAfter = null });
        plans[3] = (Key(3), null);
        new KeptMemory(Place).Leave(Files(KeptMemory.Least), plans);

        var next = new KeptMemory(Place);
        next.Recall();

        Assert.Equal([null, null, null, null, Hash], Enumerable.Range(0, 5).Select(i => next.UnchangedHash(Key(i))));
    }

    [Theory]
    [InlineData(0, 16, false)]
    [InlineData(0, 300, true)]
    [InlineData(16, 0, false)]
    [InlineData(300, 0, true)]
    public void It_is_written_anew_once_a_sixteenth_is_new(int newFiles, int newPlans, bool written)
    {
        var files = Files(KeptMemory.Least);
        var memory = new KeptMemory(Place);
        memory.Leave(files, Plans(KeptMemory.Least));
        File.Delete(Place);

        memory.Leave([.. files.Skip(newFiles), .. Files(newFiles)], Plans(KeptMemory.Least + newPlans));

        Assert.Equal(written, File.Exists(Place));
    }

    [Fact]
    public void A_small_fleet_and_a_folder_that_can_not_be_written_leave_nothing_and_are_no_failure()
    {
        new KeptMemory(Place).Leave(Files(KeptMemory.Least - 1), Plans(KeptMemory.Least - 1));
        new KeptMemory(Path.Combine(folder.FullName, "gone", "fleet.memory")).Leave(Files(KeptMemory.Least), Plans(KeptMemory.Least));
        Directory.CreateDirectory(Place);
        new KeptMemory(Place).Leave(Files(KeptMemory.Least), Plans(KeptMemory.Least));

        Assert.Empty(new KeptMemory(Place).Recall());
        Assert.Equal([Place], Directory.GetDirectories(folder.FullName));
    }

    private (int Files, string? Hash) Recalled(byte[] bytes)
    {
        File.WriteAllBytes(Place, bytes);
        var memory = new KeptMemory(Place);
        return (memory.Recall().Count, memory.UnchangedHash(Key(7)));
    }

    private static List<InstanceFile> Files(int count) =>
    [
        .. Enumerable.Range(0, count).Select(i => InstanceFile.Read(
            $"desired/instances/i{i}.yaml",
            Encoding.UTF8.GetBytes($"apiVersion: odoosky.io/v1\nkind: Instance\ncode: i{i}\naddons:\n- {{code: web_x, source: oca, image: registry.example/web_x, version: \"1.{i}\"}}\n"),
            $"{i:x40}")),
    ];

    private static IEnumerable<(FleetMemory.PlanKey Key, OverlayChange? Plan)> Plans(int count) => Enumerable.Range(0, count).Select(i =>
        (Key(i), (OverlayChange?)new OverlayChange { Code = Key(i).Code, Path = "x", Action = ChangeAction.Unchanged, HashBefore = Hash, HashAfter = Hash }));

    private static FleetMemory.PlanKey Key(int i) => new("rules", InstanceCode.TryParse($"i{i}")!, $"{i:x40}", $"{i + 1:x40}");
}
