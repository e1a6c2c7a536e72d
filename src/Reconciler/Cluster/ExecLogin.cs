using System.Collections.Immutable;
using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OdooSky.GitOps.Reconciler.Cluster;

/// <summary>
/// A program that gives a token (client-go's <c>exec</c>, ExecCredential v1 and v1beta1), as cloud providers' kubeconfigs have it. It is
/// run with the rights of this process, so it must be allowed by name. It gets no terminal; what it says of an error is not shown,
/// since it may hold the token.
/// </summary>
internal sealed record ExecLogin
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>The program: a name on the PATH, or a path.</summary>
    public required string Command { get; init; }

    public ImmutableArray<string> Arguments { get; init; } = [];

    /// <summary>What it finds in its environment beside ours.</summary>
    public ImmutableArray<(string Name, string Value)> Environment { get; init; } = [];

    /// <summary><c>client.authentication.k8s.io/v1</c> or <c>/v1beta1</c>.</summary>
    public required string ApiVersion { get; init; }

    /// <summary>Runs it.</summary>
    /// <returns>The token.</returns>
    /// <exception cref="ClusterFailure">It did not give one.</exception>
    public string Run()
    {
        try
        {
            using var process = Process.Start(Start()) ?? throw Failed("did not start");
            process.StandardInput.Close();
            var reading = process.StandardOutput.ReadToEndAsync();
            if (!process.WaitForExit(Limit))
            {
                process.Kill(entireProcessTree: true);
                throw Failed($"took longer than {Limit.TotalSeconds:0} s");
            }

            if (process.ExitCode != 0) throw Failed($"ended with {process.ExitCode}");
            return TokenIn(reading.GetAwaiter().GetResult());
        }
        catch (Win32Exception failure)
        {
            throw Failed($"can't be started: {failure.Message}");
        }
    }

    private string TokenIn(string answer)
    {
        try
        {
            var token = (string?)JsonNode.Parse(answer)?["status"]?["token"];
            return token is { Length: > 0 } && token.All(c => c is > ' ' and < '\x7f') ? token : throw Failed("gave no token");
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            throw Failed("gave no ExecCredential");
        }
    }

    private ProcessStartInfo Start()
    {
        var start = new ProcessStartInfo(Command, Arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = false, UseShellExecute = false };
        foreach (var (name, value) in Environment) start.Environment[name] = value;
        start.Environment["KUBERNETES_EXEC_INFO"] = new JsonObject
        {
            ["apiVersion"] = ApiVersion, ["kind"] = "ExecCredential", ["spec"] = new JsonObject { ["interactive"] = false },
        }.ToJsonString();
        return start;
    }

    private ClusterFailure Failed(string how) => new(ClusterFailureKind.Unauthorized, $"the kubeconfig's login program {Command} {how}");
}
