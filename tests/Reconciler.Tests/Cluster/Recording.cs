using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace OdooSky.GitOps.Reconciler.Tests.Cluster;

/// <summary>What a real API server (Kubernetes 1.36.2) answered, byte by byte.</summary>
internal sealed record Recording(string Name, byte[] Response)
{
    private static readonly string Folder = Path.Combine(House.SourceFile.Repository, "tests/Reconciler.Tests/Cluster/Vectors");

    /// <summary>Path and query of the request.</summary>
    public string Target { get; } = File.ReadLines(Path.Combine(Folder, Name + ".request.http")).First().Split(' ')[1];

    public int Status => int.Parse(Head.Split(' ')[1]);

    public string Head => Encoding.ASCII.GetString(Response)[..Encoding.ASCII.GetString(Response).IndexOf("\r\n\r\n", StringComparison.Ordinal)];

    /// <summary>The body without the chunks' framing.</summary>
    public string Body
    {
        get
        {
            var raw = Encoding.UTF8.GetString(Response)[(Head.Length + 4)..];
            if (!Head.Contains("chunked", StringComparison.Ordinal)) return raw;
            var body = new StringBuilder();
            while (raw.Length > 0)
            {
                var end = raw.IndexOf("\r\n", StringComparison.Ordinal);
                var size = Convert.ToInt32(raw[..end], 16);
                if (size == 0) break;
                body.Append(raw, end + 2, size);
                raw = raw[(end + 4 + size)..];
            }

            return body.ToString();
        }
    }

    public static Recording Of(string name) => new(name, File.ReadAllBytes(Path.Combine(Folder, name + ".response.http")));

    public string? Header(string name) =>
        Head.Split("\r\n").Where(line => line.StartsWith(name + ": ", StringComparison.OrdinalIgnoreCase)).Select(line => line[(name.Length + 2)..]).FirstOrDefault();

    public JsonNode Json() => JsonNode.Parse(Body)!;
}

/// <summary>Gives recorded bytes to whoever connects, one after another; the last for ever.</summary>
internal sealed class ReplayServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Queue<byte[]> _answers;

    public ReplayServer(params byte[][] answers)
    {
        _answers = new Queue<byte[]>(answers);
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _ = ServeAsync();
    }

    public Uri Address { get; }

    /// <summary>Request lines with headers, as they came.</summary>
    public List<string> Requests { get; } = [];

    public void Dispose() => _listener.Dispose();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var guest = await _listener.AcceptTcpClientAsync();
                var bytes = new byte[16 * 1024];
                var read = await guest.GetStream().ReadAsync(bytes);
                lock (Requests) Requests.Add(Encoding.ASCII.GetString(bytes, 0, read));
                await guest.GetStream().WriteAsync(_answers.Count > 1 ? _answers.Dequeue() : _answers.Peek());
            }
        }
        catch (Exception failure) when (failure is SocketException or ObjectDisposedException or IOException)
        {
            // Disposed.
        }
    }
}
