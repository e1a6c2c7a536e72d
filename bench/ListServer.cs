using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;

namespace OdooSky.GitOps.Bench;

/// <summary>A process that serves lists made beforehand, whole or in pages, so that what is measured is the reader.</summary>
internal sealed class ListServer : IDisposable
{
    private const string Verb = "serve-lists";

    private readonly Process process;

    private ListServer(Process process, Uri address)
    {
        this.process = process;
        Address = address;
    }

    public Uri Address { get; }

    public static bool IsAsked(string[] arguments) => arguments.Length == 2 && arguments[0] == Verb;

    public static async Task<ListServer> StartAsync(int instances)
    {
        string[] arguments = [typeof(ListServer).Assembly.Location, Verb, instances.ToString(CultureInfo.InvariantCulture)];
        var start = new ProcessStartInfo(Environment.ProcessPath!, arguments) { UseShellExecute = false, RedirectStandardOutput = true };
        var child = Process.Start(start)!;
        return new ListServer(child, new Uri((await child.StandardOutput.ReadLineAsync())!));
    }

    /// <summary>The child's side: serves until it is ended.</summary>
    public static async Task<int> ServeAsync(string[] arguments)
    {
        var instances = int.Parse(arguments[1], CultureInfo.InvariantCulture);
        var lists = ClusterText.Kinds.ToDictionary(
            kind => kind, kind => Enumerable.Range(0, instances).Select(i => Encoding.UTF8.GetBytes(ClusterText.Object(kind, i))).ToArray());
        using var http = new HttpListener();
        var port = FreePort();
        http.Prefixes.Add($"http://127.0.0.1:{port}/");
        http.Start();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
        while (true)
        {
            var context = await http.GetContextAsync();
            _ = Task.Run(() => AnswerAsync(context, lists));
        }
    }

    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }

    private static async Task AnswerAsync(HttpListenerContext context, Dictionary<string, byte[][]> lists)
    {
        var plural = context.Request.Url!.AbsolutePath.Split('/')[^1];
        var all = lists.GetValueOrDefault(plural) ?? [];
        var start = int.Parse(context.Request.QueryString["continue"] ?? "0", CultureInfo.InvariantCulture);
        var end = Math.Min(all.Length, start + int.Parse(context.Request.QueryString["limit"] ?? "1000000", CultureInfo.InvariantCulture));
        context.Response.ContentType = "application/json";
        context.Response.SendChunked = true;
        await using var body = new BufferedStream(context.Response.OutputStream, 64 * 1024);
        var next = end < all.Length ? end.ToString(CultureInfo.InvariantCulture) : "";
        await body.WriteAsync(Encoding.UTF8.GetBytes($"{{\"kind\":\"List\",\"apiVersion\":\"v1\",\"metadata\":{{\"resourceVersion\":\"9000\",\"continue\":\"{next}\"}},\"items\":["));
        for (var i = start; i < end; i++)
        {
            if (i > start) body.WriteByte((byte)',');
            await body.WriteAsync(all[i]);
        }

        await body.WriteAsync("]}"u8.ToArray());
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
