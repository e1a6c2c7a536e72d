using OdooSky.GitOps.Reconciler.Cluster;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Cluster;

public sealed class KubeconfigTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("odoosky-kubeconfig-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_token_file_beside_the_kubeconfig_is_read_again_when_it_changes()
    {
        var file = Path.Combine(_folder, "token");
        File.WriteAllText(file, "first\n");
        var access = Read("server: https://10.0.0.1:6443", "tokenFile: token").Access!;
        Assert.Equal("first", access.Token!.Read());

        File.WriteAllText(file, "second\n");
        File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch);

        Assert.Equal("second", access.Token!.Read());
        Assert.DoesNotContain("second", access.Token!.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("server: http://10.0.0.1:6443", "token: t", "plain http")]
    [InlineData("server: http://localhost.example:6443", "token: t", "plain http")]
    [InlineData("server: https://user:canary@10.0.0.1", "token: t", "more than host, port and path")]
    [InlineData("server: ftp://10.0.0.1", "token: t", "no address")]
    [InlineData("{server: 'https://10.0.0.1', insecure-skip-tls-verify: true}", "token: t", "insecure-skip-tls-verify")]
    [InlineData("{server: 'https://10.0.0.1', proxy-url: 'http://p'}", "token: t", "proxy-url")]
    [InlineData("{server: 'https://10.0.0.1', certificate-authority: nosuch.crt}", "token: t", "certificate-authority can't be read")]
    [InlineData("{server: 'https://10.0.0.1', certificate-authority-data: '%%%'}", "token: t", "not base64")]
    [InlineData("{server: 'https://10.0.0.1', certificate-authority-data: aGVsbG8=}", "token: t", "holds no certificate")]
    [InlineData("server: https://10.0.0.1", "exec: {command: /bin/steal}", "running a program (exec)")]
    [InlineData("server: https://10.0.0.1", "{username: u, password: canary}", "user name with a password")]
    [InlineData("server: https://10.0.0.1", "auth-provider: {name: gcp}", "auth-provider")]
    [InlineData("server: https://10.0.0.1", "client-certificate-data: aGVsbG8=", "no client-key")]
    [InlineData("server: https://10.0.0.1", "token: \"canary\\r\\nHost: evil\"", "a character that no token has")]
    public void What_is_dangerous_or_broken_is_refused_in_words_without_secrets(string cluster, string user, string words)
    {
        var reading = Read(cluster, user);

        var problem = Assert.Single(reading.Problems);
        Assert.Null(reading.Access);
        Assert.Contains(words, problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Skipping_the_certificate_is_allowed_only_by_name()
    {
        var access = Read("{server: 'https://10.0.0.1', insecure-skip-tls-verify: true}", "token: t", new KubeconfigRules(SkipTlsVerify: true)).Access;

        Assert.True(access!.SkipTlsVerify);
    }

    [Fact]
    public void A_login_program_that_is_allowed_gives_tokens_and_another_one_when_the_first_is_refused()
    {
        var script = Path.Combine(_folder, "login");
        TestScript.Write(script, "#!/bin/sh\necho x >> \"$RUNS\"\nprintf '{\"kind\":\"ExecCredential\",\"status\":{\"token\":\"%s-%s\"}}' \"$1\" \"$(wc -l < \"$RUNS\" | tr -d ' ')\"\n");
        var user = $"exec: {{apiVersion: client.authentication.k8s.io/v1, command: ./login, args: [word], env: [{{name: RUNS, value: '{Path.Combine(_folder, "runs")}'}}]}}";

        var token = Read("server: https://10.0.0.1", user, new KubeconfigRules(false, Exec: true)).Access!.Token!;

        Assert.Equal(("word-1", "word-1"), (token.Read(), token.Read()));
        Assert.True(token.Reread());
        Assert.Equal("word-2", token.Read());
        Assert.EndsWith("/login", token.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("exit 3", "ended with 3")]
    [InlineData("echo canary", "gave no ExecCredential")]
    [InlineData("echo '{}'", "gave no token")]
    public void A_login_program_that_gives_no_token_is_told_without_its_words(string script, string words)
    {
        TestScript.Write(Path.Combine(_folder, "login"), $"#!/bin/sh\n{script}\n");
        var token = Read("server: https://10.0.0.1", "exec: {apiVersion: client.authentication.k8s.io/v1, command: ./login}", new KubeconfigRules(false, Exec: true)).Access!.Token!;

        var failure = Assert.Throws<ClusterFailure>(token.Read);

        Assert.EndsWith(words, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Plain_http_is_for_this_machine() =>
        Assert.Equal("http://127.0.0.1:6443/", Read("server: http://127.0.0.1:6443", "token: t").Access!.Server.AbsoluteUri);

    [Fact]
    public void A_context_that_is_not_there_is_named()
    {
        var reading = Kubeconfig.Open(Write("server: https://10.0.0.1", "token: t")).File!.Read("this", "prod", new KubeconfigRules(false));

        Assert.Equal("The kubeconfig has no context prod.", Assert.Single(reading.Problems).Message);
    }

    private AccessReading Read(string cluster, string user, KubeconfigRules? rules = null) =>
        Kubeconfig.Open(Write(cluster, user)).File!.Read("this", null, rules ?? new KubeconfigRules(false));

    private string Write(string cluster, string user)
    {
        static string Block(string text) => text.StartsWith('{') ? text : $"{{{text}}}";
        var path = Path.Combine(_folder, "config");
        File.WriteAllText(path, $"""
            apiVersion: v1
            kind: Config
            current-context: here
            clusters: [{"{"}name: c, cluster: {Flow(cluster)}{"}"}]
            users: [{"{"}name: u, user: {Flow(user)}{"}"}]
            contexts: [{"{"}name: here, context: {"{"}cluster: c, user: u{"}"}{"}"}]
            """);
        return path;

        static string Flow(string text) => text.StartsWith("server: ", StringComparison.Ordinal) ? $"{{server: \"{text[8..]}\"}}" : Block(text);
    }
}
