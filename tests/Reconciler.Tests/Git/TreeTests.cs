using OdooSky.GitOps.Reconciler.Git;
using Xunit;
using static OdooSky.GitOps.Reconciler.Tests.Git.RemoteRepository;

namespace OdooSky.GitOps.Reconciler.Tests.Git;

public sealed class TreeTests
{
    private readonly CancellationToken _cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Links_and_submodules_are_told_from_files()
    {
        using var remote = new RemoteRepository();
        var start = remote.Commit("main", "Start", ("a", "1"));
        var head = remote.Commit("main", "More", ("120000:b", "a"), ("160000:c", start.Text), ("100755:d", "#!/bin/sh"));
        await using var repository = remote.Open();
        await repository.ReadRemoteAsync(Only(Main), _cancellation);

        var listing = await repository.ListTreeAsync(head, path: null, _cancellation);

        Assert.Equal(
            [("a", EntryKind.File), ("b", EntryKind.Symlink), ("c", EntryKind.Gitlink), ("d", EntryKind.Executable)],
            listing.Entries.Select(e => (e.Path, e.Kind)));
        Assert.Equal(["b", "c", "d"], await repository.ChangedPathsAsync(start, head, _cancellation));
    }

    [Theory]
    [InlineData("instances/acme/values.yaml", null)]
    [InlineData("instances/new/values.yaml", null)]
    [InlineData("instances/run/values.yaml", null)]
    [InlineData("instances/link/values.yaml", "instances/link is a symbolic link where a folder should be")]
    [InlineData("instances/link", "instances/link is a symbolic link")]
    [InlineData("instances/module/values.yaml", "instances/module is a submodule where a folder should be")]
    [InlineData("instances/linked/values.yaml", "instances/linked/values.yaml is a symbolic link")]
    [InlineData("instances/file/values.yaml", "instances/file is a file where a folder should be")]
    [InlineData("instances/acme", "instances/acme is a folder")]
    [InlineData("instances/twin/values.yaml", "instances/twin differs by letter case alone from instances/Twin")]
    [InlineData("instances/both/values.yaml", "instances/both stands there in several spellings that differ by letter case alone")]
    [InlineData("Instances/acme/values.yaml", "Instances differs by letter case alone from instances")]
    public async Task What_stands_in_the_way_of_a_path_is_said(string path, string? obstacle)
    {
        using var remote = new RemoteRepository();
        var start = remote.Commit("main", "Start", ("a", "1"));
        var head = remote.Commit("main", "More", ("instances/acme/values.yaml", "x"), ("120000:instances/link", "/etc"),
            ("160000:instances/module", start.Text), ("120000:instances/linked/values.yaml", "/etc/passwd"), ("instances/file", "x"),
            ("instances/Twin/values.yaml", "x"), ("instances/both/values.yaml", "x"), ("instances/BOTH/values.yaml", "x"), ("100755:instances/run/values.yaml", "x"));
        await using var repository = remote.Open();
        await repository.ReadRemoteAsync(Only(Main), _cancellation);

        var listing = await repository.ListTreeAsync(head, At("instances"), _cancellation);

        Assert.Equal(obstacle, listing.ObstacleAt(At(path)));
    }

    [Theory]
    [InlineData("instances", 1)]
    [InlineData("instance", 0)]
    [InlineData("*", 0)]
    [InlineData("-r", 1)]
    [InlineData(":(glob)**", 0)]
    public async Task A_path_to_list_is_taken_literally(string path, int count)
    {
        using var remote = new RemoteRepository();
        var head = remote.Commit("main", "Start", ("instances/acme/values.yaml", "x"), ("-r", "x"));
        await using var repository = remote.Open();
        await repository.ReadRemoteAsync(Only(Main), _cancellation);

        Assert.Equal(count, (await repository.ListTreeAsync(head, At(path), _cancellation)).Entries.Length);
    }

    [Fact]
    public async Task Ten_thousand_blobs_are_read_in_order_while_other_questions_are_asked()
    {
        using var remote = new RemoteRepository();
        var head = remote.Commit("main", "Start", [.. Enumerable.Range(0, 10_000).Select(i => ($"instances/i{i}/values.yaml", (string?)(new string('x', 2000) + i)))]);
        await using var repository = remote.Open();
        await repository.ReadRemoteAsync(Only(Main), _cancellation);
        var listing = await repository.ListTreeAsync(head, path: null, _cancellation);

        var ids = new List<ObjectId>();
        await foreach (var blob in repository.ReadBlobsAsync([.. listing.Entries.Select(e => e.Id)], _cancellation))
        {
            ids.Add(blob.Id);
            if (ids.Count % 1000 == 0)
            {
                Assert.Equal(head, (await repository.ReadCommitAsync(head, _cancellation)).Id);
            }
        }

        Assert.Equal(10_000, ids.Distinct().Count());
        Assert.Equal(listing.Entries.Select(e => e.Id), ids);
    }

    [Fact]
    public async Task A_blob_above_the_limit_is_reported_by_its_size_and_the_next_one_is_read()
    {
        using var remote = new RemoteRepository();
        var head = remote.Commit("main", "Start", ("a", new string('a', 1024 * 1024)), ("b", new string('b', (1024 * 1024) + 1)), ("c", ""), ("d", "1"));
        await using var repository = remote.Open();
        await repository.ReadRemoteAsync(Only(Main), _cancellation);
        var listing = await repository.ListTreeAsync(head, path: null, _cancellation);

        var read = new List<(long, int?)>();
        await foreach (var blob in repository.ReadBlobsAsync([.. listing.Entries.Select(e => e.Id)], _cancellation))
        {
            read.Add((blob.Size, blob.Content?.Length));
        }

        Assert.Equal([(1048576, 1048576), (1048577, null), (0, 0), (1, 1)], read);
    }

    [Fact]
    public async Task A_reader_that_gives_up_halfway_leaves_no_process()
    {
        using var remote = new RemoteRepository();
        var head = remote.Commit("main", "Start", [.. Enumerable.Range(0, 3000).Select(i => ($"f{i}", (string?)(new string('x', 2000) + i)))]);
        await using var repository = remote.Open();
        await repository.ReadRemoteAsync(Only(Main), _cancellation);
        var listing = await repository.ListTreeAsync(head, path: null, _cancellation);
        using var source = CancellationTokenSource.CreateLinkedTokenSource(_cancellation);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in repository.ReadBlobsAsync([.. listing.Entries.Select(e => e.Id)], source.Token))
            {
                await source.CancelAsync();
            }
        });

        Assert.Empty(await Processes.LeftAsync(remote.CacheOf(), "--buffer"));
    }
}
