using System.Text;
using OdooSky.GitOps.Reconciler.Git;
using Xunit;
using static OdooSky.GitOps.Reconciler.Tests.Git.RemoteRepository;

namespace OdooSky.GitOps.Reconciler.Tests.Git;

public sealed class DamagedCacheTests
{
    private const int Packed = 150;
    private const int Loose = 3;

    private static readonly string[] Rubbish =
    [
        "HEAD.lock", "config.lock", "packed-refs.lock", "shallow.lock", "gc.pid", "refs/odoosky/remote/heads/main.lock", "objects/pack/tmp_pack_x",
        "objects/pack/tmp_idx_x", "objects/pack/pack-1.keep", "fast_import_crash_1", "refs/odoosky/work/heads/odoosky/prod/i-acme.lock",
    ];

    private readonly CancellationToken _cancellation = TestContext.Current.CancellationToken;

    public static TheoryData<string, int> Damages
    {
        get
        {
            var rows = new TheoryData<string, int>();
            foreach (var damage in Acts.Keys)
            {
                rows.Add(damage, Packed);
                rows.Add(damage, Loose);
            }

            return rows;
        }
    }

    private static Dictionary<string, Action<string>> Acts { get; } = new(StringComparer.Ordinal)
    {
        ["packs and objects cut in half"] = folder => Rewrite(Path.Combine(folder, "objects"), bytes => bytes[..(bytes.Length / 2)]),
        ["objects emptied"] = folder => Rewrite(Path.Combine(folder, "objects"), _ => []),
        ["objects garbled in the middle"] = folder => Rewrite(Path.Combine(folder, "objects"), Garble),
        ["objects gone"] = folder => Directory.Delete(Path.Combine(folder, "objects"), recursive: true),
        ["packs gone"] = folder => Rewrite(Path.Combine(folder, "objects"), _ => null),
        ["HEAD gone"] = folder => File.Delete(Path.Combine(folder, "HEAD")),
        ["HEAD garbled"] = folder => File.WriteAllText(Path.Combine(folder, "HEAD"), "garbage"),
        ["refs gone"] = folder => Directory.Delete(Path.Combine(folder, "refs"), recursive: true),
        ["refs garbled"] = folder => Rewrite(Path.Combine(folder, "refs"), _ => "garbage\n"u8.ToArray()),
        ["refs emptied"] = folder => Rewrite(Path.Combine(folder, "refs"), _ => []),
        ["refs to nowhere"] = folder => Rewrite(Path.Combine(folder, "refs"), _ => "1234567890123456789012345678901234567890\n"u8.ToArray()),
        ["packed-refs garbled"] = folder => File.WriteAllText(Path.Combine(folder, "packed-refs"), "garbage\n"),
        ["config garbled"] = folder => File.WriteAllText(Path.Combine(folder, "config"), "[core\nx"),
        ["config of another format"] = folder => File.WriteAllText(Path.Combine(folder, "config"), "[core]\nrepositoryformatversion = 99\n"),
        ["killed while being made"] = folder => File.Delete(Path.Combine(folder, "odoosky-ready")),
        ["everything gone"] = folder => Directory.Delete(folder, recursive: true),
        ["a file instead of a folder of refs"] = folder =>
        {
            Directory.Delete(Path.Combine(folder, "refs", "odoosky"), recursive: true);
            File.WriteAllText(Path.Combine(folder, "refs", "odoosky"), "x");
        },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task A_damaged_cache_is_cloned_afresh_when_the_next_pass_starts(string damage, int files)
    {
        using var remote = new RemoteRepository();
        remote.Commit("main", "Start", Files(files));
        await using (var before = remote.Open())
        {
            await before.ReadRemoteAsync(Only(Main), _cancellation);
        }

        Acts[damage](remote.CacheOf());
        var head = remote.Commit("main", "More", ("more", "1"));
        await using var repository = remote.Open();
        await repository.ReadRemoteAsync(Only(Main), _cancellation);

        await AssertWorksAsync(remote, repository, head, files + 1);
    }

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task A_cache_that_is_damaged_during_a_pass_is_cloned_afresh_unnoticed(string damage, int files)
    {
        using var remote = new RemoteRepository();
        var head = remote.Commit("main", "Start", Files(files));
        await using var repository = remote.Open();
        await repository.ReadRemoteAsync(Only(Main), _cancellation);
        await repository.ReadCommitAsync(head, _cancellation);

        Acts[damage](remote.CacheOf());

        await AssertWorksAsync(remote, repository, head, files);
    }

    [Fact]
    public async Task A_pack_that_is_damaged_in_its_middle_gives_every_blob_once_and_in_order()
    {
        using var remote = new RemoteRepository();
        var head = remote.Commit("main", "Start", Files(3000));
        await using var repository = remote.Open();
        await repository.ReadRemoteAsync(Only(Main), _cancellation);
        var listing = await repository.ListTreeAsync(head, path: null, _cancellation);
        Rewrite(Path.Combine(remote.CacheOf(), "objects"), Garble);

        var seen = new List<(ObjectId, string)>();
        await foreach (var blob in repository.ReadBlobsAsync([.. listing.Entries.Select(e => e.Id)], _cancellation))
        {
            seen.Add((blob.Id, Encoding.UTF8.GetString(blob.Content!.Value.Span)));
        }

        Assert.Equal(listing.Entries.Select(e => (e.Id, $"replicas: {e.Path.Split('/')[1][1..]}\n")), seen);
    }

    [Fact]
    public async Task A_git_that_is_killed_from_outside_is_a_failure_and_no_reason_to_clone_afresh()
    {
        using var remote = new RemoteRepository();
        var head = remote.Commit("main", "Start", Files(3000));
        await using var repository = remote.Open();
        await repository.ReadRemoteAsync(Only(Main), _cancellation);
        var made = Directory.GetCreationTimeUtc(remote.CacheOf());
        var ids = (await repository.ListTreeAsync(head, path: null, _cancellation)).Entries.Select(e => e.Id).ToList();

        var failure = await Assert.ThrowsAsync<GitFailure>(async () =>
        {
            await foreach (var blob in repository.ReadBlobsAsync([.. ids, .. ids, .. ids, .. ids], _cancellation))
            {
                if (blob.Id == ids[0])
                {
                    Processes.With(remote.CacheOf(), "cat-file --batch --buffer").ToList().ForEach(Processes.Kill);
                }
            }
        });

        Assert.Equal(GitFailureKind.Other, failure.Kind);
        Assert.Equal(made, Directory.GetCreationTimeUtc(remote.CacheOf()));
        await AssertWorksAsync(remote, repository, head, 3000);
    }

    [Fact]
    public async Task An_object_that_a_fresh_clone_lacks_too_is_a_failure_and_the_pass_after_it_works()
    {
        using var remote = new RemoteRepository();
        var head = remote.Commit("main", "Start", ("a", "1"));
        await using var repository = remote.Open();
        await repository.ReadRemoteAsync(Only(Main), _cancellation);

        var failure = await Assert.ThrowsAsync<GitFailure>(() => repository.ReadCommitAsync(ObjectId.TryParse(new string('7', 40))!, _cancellation));

        Assert.Equal(GitFailureKind.Corrupt, failure.Kind);
        await repository.ReadRemoteAsync(Only(Main), _cancellation);
        await AssertWorksAsync(remote, repository, head, 1);
    }

    [Fact]
    public async Task Locks_and_rubbish_of_a_killed_git_are_not_in_the_way()
    {
        using var remote = new RemoteRepository();
        remote.Commit("main", "Start", ("a", "1"));
        await using (var before = remote.Open())
        {
            await before.ReadRemoteAsync(Only(Main), _cancellation);
        }

        var cache = remote.CacheOf();
        foreach (var file in Rubbish)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(cache, file))!);
            await File.WriteAllTextAsync(Path.Combine(cache, file), "", _cancellation);
        }

        var head = remote.Commit("main", "More", ("b", "2"));
        await using var repository = remote.Open();
        await repository.ReadRemoteAsync(Only(Main), _cancellation);

        Assert.All(Rubbish, file => Assert.False(File.Exists(Path.Combine(cache, file)), file));
        await AssertWorksAsync(remote, repository, head, 2);
    }

    [Fact]
    public async Task Two_at_once_have_a_cache_each_and_the_first_is_used_again_afterwards()
    {
        using var remote = new RemoteRepository();
        var head = remote.Commit("main", "Start", ("a", "1"));
        await using (var one = remote.Open())
        await using (var two = remote.Open())
        {
            await one.ReadRemoteAsync(Only(Main), _cancellation);
            await two.ReadRemoteAsync(Only(Main), _cancellation);
            Assert.True(Directory.Exists(remote.CacheOf()));
            Assert.True(Directory.Exists(remote.CacheOf() + "-2"));
            await AssertWorksAsync(remote, two, head, 1);
        }

        Directory.Delete(remote.CacheOf() + "-2", recursive: true);
        await using var again = remote.Open();
        await again.ReadRemoteAsync(Only(Main), _cancellation);
        Assert.False(Directory.Exists(remote.CacheOf() + "-2"));
    }

    private static (string, string?)[] Files(int count) =>
        [.. Enumerable.Range(0, count).Select(i => ($"instances/i{i}/values.yaml", (string?)$"replicas: {i}\n"))];

    private static byte[] Garble(byte[] bytes)
    {
        bytes.AsSpan(bytes.Length / 3, bytes.Length / 3).Fill(0x5a);
        return bytes;
    }

    private static void Rewrite(string folder, Func<byte[], byte[]?> change)
    {
        foreach (var file in Directory.GetFiles(folder, "*", SearchOption.AllDirectories))
        {
            var bytes = change(File.ReadAllBytes(file));
            File.Delete(file);
            if (bytes is not null)
            {
                File.WriteAllBytes(file, bytes);
            }
        }
    }

    private async Task AssertWorksAsync(RemoteRepository remote, Repository repository, ObjectId head, int files)
    {
        var listing = await repository.ListTreeAsync(head, path: null, _cancellation);
        Assert.Equal(files, listing.Entries.Length);
        var blobs = 0;
        await foreach (var blob in repository.ReadBlobsAsync([.. listing.Entries.Select(e => e.Id)], _cancellation))
        {
            Assert.Equal(blob.Size, blob.Content!.Value.Length);
            blobs++;
        }

        var made = await repository.CommitAsync(new CommitChain
        {
            Target = Work, Parent = head, Identity = Robot, Date = Noon,
            Commits = [new NewCommit("m", [FileChange.Write(At("new"), "1"u8.ToArray())])],
        }, _cancellation);
        var pushed = await repository.PushAsync([new RefUpdate(Work, made.Tip, Expected: null)], _cancellation);

        Assert.Equal(files, blobs);
        Assert.Equal(PushOutcome.Updated, pushed[0].Outcome);
        Assert.Equal(made.Tip, remote.IdOf(Work.Text));
    }
}
