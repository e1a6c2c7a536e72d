using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Helm.Yaml;

namespace OdooSky.GitOps.Reconciler.Cluster;

/// <summary>A cluster and a user of a kubeconfig, read into a way in. Messages name keys and files, never their content.</summary>
internal sealed class KubeconfigEntry(string path, string name, YamlNode cluster, YamlNode? user)
{
    private readonly List<Problem> problems = [];

    /// <summary>Reads both.</summary>
    /// <param name="rules">What the settings allow.</param>
    /// <returns>The way, or all that is wrong.</returns>
    public AccessReading Read(KubeconfigRules rules)
    {
        var server = Server();
        var skip = Kubeconfig.Text(cluster, "insecure-skip-tls-verify") == "true";
        if (skip && !rules.SkipTlsVerify)
            Danger(cluster, "insecure-skip-tls-verify is set: anybody on the way could take the credentials.", "Name the cluster's certificate-authority instead, or allow it with cluster.insecureSkipTlsVerify: true.");
        RefuseForeignLogins(rules);
        var authorities = Authorities();
        var certificate = Certificate();
        var token = Token(rules);
        if (problems.Count > 0 || server is null) return new AccessReading(null, [.. problems]);
        return new AccessReading(Way(server, skip, authorities, certificate, token), []);
    }

    private ClusterAccess Way(Uri server, bool skip, X509Certificate2Collection? authorities, X509Certificate2? certificate, BearerToken? token) => new()
    {
        Name = name,
        Server = server,
        Authorities = authorities,
        TlsServerName = Kubeconfig.Text(cluster, "tls-server-name") is { Length: > 0 } tls ? tls : null,
        SkipTlsVerify = skip,
        ClientCertificate = certificate,
        Token = token,
    };

    private Uri? Server()
    {
        var text = Kubeconfig.Text(cluster, "server");
        if (!Uri.TryCreate(text, UriKind.Absolute, out var server) || server.Scheme is not ("https" or "http"))
            return Wrong<Uri>(cluster, "The cluster's server is no address.", "Write https://host:port.");
        if (server.UserInfo.Length > 0 || server.Query.Length > 0 || server.Fragment.Length > 0)
            return Wrong<Uri>(cluster, "The cluster's server holds more than host, port and path.", "Write https://host:port, and credentials under users.");
        if (server.Scheme == "http" && !(IPAddress.TryParse(server.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address)))
            return Wrong<Uri>(cluster, "The cluster's server is plain http: the token could be read on the way.", "Write https://; http is for 127.0.0.1 and ::1 alone.");
        return server;
    }

    /// <summary>Ways to log in that run a program, or that send a password.</summary>
    private void RefuseForeignLogins(KubeconfigRules rules)
    {
        if (user?.Find("exec") is { } exec && !rules.Exec)
            Danger(exec, "The user logs in by running a program (exec).", "Use a service account's token, a tokenFile or a client certificate, or allow it with cluster.allowExec: true.");
        if (user?.Find("auth-provider") is { } provider)
            Danger(provider, "auth-provider is not supported; Kubernetes has removed it.", "Use a service account's token, a tokenFile or a client certificate.");
        if (user?.Find("username") is { } word)
            Danger(word, "A user name with a password is not supported; Kubernetes has removed it.", "Use a service account's token, a tokenFile or a client certificate.");
        if (cluster.Find("proxy-url") is { } proxy)
            Danger(proxy, "proxy-url is not supported: requests go straight to the server.", "Remove it, or run where the server can be reached.");
    }

    private BearerToken? Token(KubeconfigRules rules)
    {
        // client-go: tokenFile wins over token.
        if (Kubeconfig.Text(user, "tokenFile") is { Length: > 0 } file) return BearerToken.InFile(Beside(file));
        if (Kubeconfig.Text(user, "token") is not { Length: > 0 } token) return rules.Exec && user?.Find("exec") is { } exec ? OfProgram(exec) : null;
        return token.All(c => c is > ' ' and < '\x7f') ? BearerToken.Fixed(token) : Wrong<BearerToken>(user!.Value, "The token has a character that no token has.", "Copy it again.");
    }

    // A path with a slash is relative to the file; a name is looked for on the PATH.
    private BearerToken? OfProgram(YamlNode exec)
    {
        var (command, version) = (Kubeconfig.Text(exec, "command") ?? "", Kubeconfig.Text(exec, "apiVersion") ?? "");
        if (command.Length == 0 || version is not ("client.authentication.k8s.io/v1" or "client.authentication.k8s.io/v1beta1"))
            return Wrong<BearerToken>(exec, "exec names no program, or another apiVersion than client.authentication.k8s.io/v1 and /v1beta1.", "Correct the kubeconfig.");
        return BearerToken.OfProgram(new ExecLogin
        {
            Command = command.Contains('/', StringComparison.Ordinal) ? Beside(command) : command,
            Arguments = [.. (exec.Find("args")?.Items ?? []).Select(item => item.Text ?? "")],
            Environment = [.. (exec.Find("env")?.Items ?? []).Select(item => (Kubeconfig.Text(item, "name") ?? "", Kubeconfig.Text(item, "value") ?? "")).Where(pair => pair.Item1.Length > 0)],
            ApiVersion = version,
        });
    }

    private X509Certificate2Collection? Authorities()
    {
        if (Pem(cluster, "certificate-authority") is not { } pem) return null;
        try
        {
            var found = new X509Certificate2Collection();
            found.ImportFromPem(pem);
            if (found.Count > 0) return found;
        }
        catch (CryptographicException)
        {
            // Told below.
        }

        return Wrong<X509Certificate2Collection>(cluster, "certificate-authority holds no certificate.", "Give PEM.");
    }

    private X509Certificate2? Certificate()
    {
        if (user is not { } who || Pem(who, "client-certificate") is not { } certificate) return null;
        if (Pem(who, "client-key") is not { } key) return Wrong<X509Certificate2>(who, "client-certificate has no client-key.", "Give both.");
        try
        {
            return X509Certificate2.CreateFromPem(certificate, key);
        }
        catch (Exception failure) when (failure is CryptographicException or ArgumentException)
        {
            return Wrong<X509Certificate2>(who, "client-certificate and client-key can't be used together.", "Give a certificate and its unencrypted key, both PEM.");
        }
    }

    /// <summary>Text from <c>KEY-data</c> in base64, which wins, or from the file <c>KEY</c>.</summary>
    private string? Pem(YamlNode node, string key)
    {
        try
        {
            if (Kubeconfig.Text(node, key + "-data") is { Length: > 0 } data) return Encoding.ASCII.GetString(Convert.FromBase64String(data));
            if (Kubeconfig.Text(node, key) is { Length: > 0 } file) return File.ReadAllText(Beside(file));
            return null;
        }
        catch (FormatException)
        {
            return Wrong<string>(node, $"{key}-data is not base64.", "Copy it again.");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return Wrong<string>(node, $"The file of {key} can't be read: {failure.GetType().Name}.", "Look at its path and rights.");
        }
    }

    private string Beside(string file) => Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, file);

    private void Danger(YamlNode node, string message, string remedy) =>
        problems.Add(Kubeconfig.Problem(new Place(path, node.Line, node.Column), message, remedy, ClusterCodes.Danger));

    private T? Wrong<T>(YamlNode node, string message, string remedy)
        where T : class
    {
        problems.Add(Kubeconfig.Problem(new Place(path, node.Line, node.Column), message, remedy));
        return null;
    }
}
