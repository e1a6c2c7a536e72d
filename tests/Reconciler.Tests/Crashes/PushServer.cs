using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace OdooSky.GitOps.Reconciler.Tests.Crashes;

/// <summary>
/// The far end of a push, on loopback: real <c>git receive-pack</c> processes of this process's own, as a server's are. Who kills
/// the pushing side breaks the connection and does not kill these.
/// </summary>
internal sealed class PushServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly string repository;
    private readonly Task accepting;
    private readonly List<Task> serving = [];

    public PushServer(string repository)
    {
        this.repository = repository;
        listener.Start();
        accepting = AcceptAsync();
    }

    /// <summary>The TCP port; one connection is one push.</summary>
    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Waits until every push that has begun is over, on the server's side.</summary>
    public async Task RestAsync()
    {
        // What is connected but not accepted yet has pushed nothing.
        Task[] begun;
        lock (serving) begun = [.. serving];
        await Task.WhenAll(begun);
    }

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        await accepting;
        await RestAsync();
        listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync();
                lock (serving) serving.Add(ServeAsync(client));
            }
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException)
        {
            // Disposed.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var connection = client;
        var start = new ProcessStartInfo("git", ["receive-pack", repository]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
        using var git = Process.Start(start)!;
        var receiving = PumpAsync(client.GetStream(), git.StandardInput.BaseStream);
        await PumpAsync(git.StandardOutput.BaseStream, client.GetStream());
        await git.WaitForExitAsync();
        client.Close();
        await receiving;
    }

    // Either end may be gone at any time: that is what is tested.
    private static async Task PumpAsync(Stream from, Stream to)
    {
        try
        {
            await from.CopyToAsync(to);
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException)
        {
        }

        try
        {
            to.Close();
        }
        catch (IOException)
        {
        }
    }
}
