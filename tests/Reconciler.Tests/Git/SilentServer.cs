using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Reconciler.Git;

namespace OdooSky.GitOps.Reconciler.Tests.Git;

/// <summary>A server on loopback that falls silent at a chosen moment, or hangs up.</summary>
internal sealed class SilentServer : IDisposable
{
    private readonly After _after;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2 _certificate;
    private readonly List<IDisposable> _open = [];
    private readonly TaskCompletionSource _visited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<string> _request = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public SilentServer(After after)
    {
        _after = after;
        _certificate = MakeCertificate();
        _listener.Start();
        Url = $"https://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/acme/fleet.git";
        _ = AcceptAsync();
    }

    public enum After
    {
        HangUp,
        Connection,
        Request,
    }

    public string Url { get; }

    public string CertificatePem => _certificate.ExportCertificatePem();

    /// <summary>Done when somebody has come.</summary>
    public Task Visited => _visited.Task;

    /// <summary>What the first visitor asked for, headers and all.</summary>
    public Task<string> Request => _request.Task;

    public RemoteAddress Address => RemoteAddress.Read(Url, new Place("test")).Address!;

    /// <summary>Ends the connections of all who have come so far.</summary>
    public void HangUp() => _open.ToList().ForEach(o => o.Dispose());

    public void Dispose()
    {
        _listener.Dispose();
        HangUp();
        _certificate.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var guest = await _listener.AcceptTcpClientAsync();
                _open.Add(guest);
                _visited.TrySetResult();
                await ServeAsync(guest);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Disposed.
        }
    }

    private async Task ServeAsync(TcpClient guest)
    {
        if (_after == After.HangUp)
        {
            guest.Close();
        }
        else if (_after == After.Request)
        {
            var stream = new SslStream(guest.GetStream());
            _open.Add(stream);
            try
            {
                await stream.AuthenticateAsServerAsync(_certificate);
                var bytes = new byte[16 * 1024];
                _request.TrySetResult(Encoding.ASCII.GetString(bytes, 0, await stream.ReadAsync(bytes)));
            }
            catch (Exception e) when (e is IOException or System.Security.Authentication.AuthenticationException)
            {
                // The visitor did not trust the certificate.
            }
        }
    }

    private static X509Certificate2 MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
}
