using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Reconciler.Replicas;
using OdooSky.GitOps.Reconciler.Settings;
using OdooSky.GitOps.Reconciler.Tests.Passes;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Replicas;

/// <summary>The file of the connection string, and what replicas are called.</summary>
public sealed class ReplicaDatabaseTests : IDisposable
{
    private readonly TestFleet fleet = new();

    public void Dispose() => fleet.Dispose();

    [Theory]
    [InlineData(null, "is not there")]
    [InlineData("", "holds no connection string with a Host and a Database")]
    [InlineData("postgres://fleet:hidden-word-1@db/odoosky", "holds no connection string with a Host and a Database")]
    [InlineData("Host=db;Username=fleet;Password=hidden-word-1", "holds no connection string with a Host and a Database")]
    [InlineData("Host=db;Database=odoosky;Port=hidden-word-1", "holds no connection string with a Host and a Database")]
    [InlineData("Hst=db;Database=odoosky;Password=hidden-word-1", "holds no connection string with a Host and a Database")]
    public async Task A_file_of_no_use_is_refused_at_the_start_with_its_name_and_a_remedy(string? text, string why)
    {
        fleet.AddInstance("acme");
        fleet.Push();
        var file = Path.Combine(fleet.Folder, "connection");
        if (text is not null) await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);
        fleet.Write("../odoosky.yaml", $"apiVersion: odoosky.io/v1\nkind: Settings\nservice: {{database: {{connectionFile: connection}}}}\ntargets: {{prod: {{repository: {fleet.Remote}}}}}\n");

        var ran = await fleet.CommandAsync("serve", "--urls", "http://127.0.0.1:0");

        Assert.Equal(1, ran.Exit);
        Assert.Contains($"OSG0430: service.database.connectionFile: the file {file} {why}.", ran.Messages, StringComparison.Ordinal);
        Assert.Contains("Write an Npgsql connection string into it", ran.Messages, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden-word-1", ran.Messages + ran.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_string_and_its_password_are_hidden_from_then_on()
    {
        var file = Path.Combine(fleet.Folder, "connection");
        File.WriteAllText(file, "Host=db;Database=odoosky;Username=fleet;Password=hidden-word-1;Timeout=2\n");
        var secrets = new Secrets();

        var (connection, problem) = ReplicaDatabase.Read(file, new Place("odoosky.yaml"), secrets);

        Assert.Null(problem);
        Assert.Contains("Timeout=2", connection, StringComparison.Ordinal);
        Assert.Equal("wrong: *** in ***", secrets.Hide("wrong: hidden-word-1 in Host=db;Database=odoosky;Username=fleet;Password=hidden-word-1;Timeout=2"));
    }

    [Fact]
    public void A_replica_is_named_after_its_pod_and_no_other_process_is()
    {
        var environment = new Dictionary<string, string> { ["POD_NAME"] = "odoosky-5d9f-x7k2p" };

        Assert.Matches("^odoosky-5d9f-x7k2p-[0-9a-f]{6}$", ReplicaName.Make(environment, "machine"));
        Assert.Matches("^my-machine-[0-9a-f]{6}$", ReplicaName.Make(new Dictionary<string, string>(), "my machine"));
        Assert.NotEqual(ReplicaName.Make(environment, ""), ReplicaName.Make(environment, ""));
    }
}
