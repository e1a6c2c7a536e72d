using System.Net;
using System.Net.Sockets;
using System.Text;
using OdooSky.GitOps.Reconciler.Schedule;
using OdooSky.GitOps.Reconciler.Status.Site;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Status;

/// <summary>Readers are told of what is new, and none of them can hold anything up.</summary>
public sealed class EventTests
{
    private readonly Board board = StatusFleet.BoardOf(new StatusFleet { Instances = 12 });

    [Fact]
    public async Task A_reader_hears_the_version_that_is_and_then_the_newest_alone()
    {
        await using var served = await ServedPages.StartAsync(board);
        using var reader = new StreamReader(await served.Client.GetStreamAsync(new Uri("/events", UriKind.Relative)));
        Assert.Equal(board.Now.Version, await VersionAsync(reader));

        for (var i = 0; i < 50; i++) board.Touch();

        var heard = await VersionAsync(reader);
        while (heard < board.Now.Version) heard = await VersionAsync(reader);
        Assert.Equal(board.Now.Version, heard);
    }

    [Fact]
    public async Task A_reader_who_reads_nothing_holds_up_neither_jobs_nor_others()
    {
        await using var served = await ServedPages.StartAsync(board);
        using var slow = new TcpClient { ReceiveBufferSize = 1024 };
        await slow.ConnectAsync("127.0.0.1", served.Client.BaseAddress!.Port);
        await slow.GetStream().WriteAsync(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", 200)) + "GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n"));

        var changing = Task.Run(() =>
        {
            for (var i = 0; i < 2000; i++) board.Change("prod", old => old with { Running = old.Running.SetItem(JobKind.Verify, StatusFleet.Now) });
        });

        await changing.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Contains("running", await served.HtmlAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_hundred_readers_are_all_told_while_pages_are_asked_for()
    {
        await using var served = await ServedPages.StartAsync(board);
        var readers = await Task.WhenAll(Enumerable.Range(0, 200).Select(async _ => new StreamReader(await served.Client.GetStreamAsync(new Uri("/events", UriKind.Relative)))));
        await Task.WhenAll(readers.Select(VersionAsync));
        Assert.Equal(200, served.Door.Events.Readers);

        board.Touch();
        var (told, pages) = (Task.WhenAll(readers.Select(VersionAsync)), Task.WhenAll(Enumerable.Range(0, 200).Select(i => served.HtmlAsync(i % 2 == 0 ? "/" : "/problems"))));

        Assert.All(await told.WaitAsync(TimeSpan.FromSeconds(30)), version => Assert.Equal(board.Now.Version, version));
        await pages.WaitAsync(TimeSpan.FromSeconds(30));
        foreach (var reader in readers) reader.Dispose();
    }

    [Fact]
    public async Task There_are_only_so_many_readers()
    {
        await using var served = await ServedPages.StartAsync(board);
        var all = await Task.WhenAll(Enumerable.Range(0, EventStreams.Most).Select(_ => served.Client.GetAsync(new Uri("/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead)));
        Assert.All(all, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));

        using var late = await served.Client.GetAsync(new Uri("/events", UriKind.Relative));

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "60"), (late.StatusCode, late.Headers.RetryAfter!.ToString()));
        Assert.Contains("<h1>Fleet</h1>", await served.HtmlAsync("/"), StringComparison.Ordinal);
        foreach (var answer in all) answer.Dispose();
    }

    private static async Task<long> VersionAsync(StreamReader reader)
    {
        while (true)
            if (await reader.ReadLineAsync() is { } line && line.StartsWith("data: ", StringComparison.Ordinal)) return long.Parse(line["data: ".Length..], System.Globalization.CultureInfo.InvariantCulture);
    }
}
