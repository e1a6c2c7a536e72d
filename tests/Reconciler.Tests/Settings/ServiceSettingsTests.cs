using OdooSky.GitOps.Reconciler.Settings;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Settings;

public sealed class ServiceSettingsTests
{
    [Fact]
    public void Hosts_of_the_page_are_names_without_ports()
    {
        var read = SettingsTexts.Read(SettingsTexts.GitOpsHead, SettingsTexts.Fleet + "page: {hosts: [fleet.example.com, 10.0.0.7, \"[fe80::1]\"]}\n");

        Assert.Empty(read.Problems);
        Assert.Equal(["fleet.example.com", "10.0.0.7", "[fe80::1]"], read.Settings!.PageHosts);
        foreach (var wrong in new[] { "https://fleet.example.com", "fleet.example.com:443", "*" })
            Assert.Contains("not a host's name without a port", SettingsTexts.OnlyLine(SettingsTexts.Read(SettingsTexts.GitOpsHead, SettingsTexts.Fleet + $"page: {{hosts: [\"{wrong}\"]}}\n").Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void The_contracts_example_is_read_in_full()
    {
        var reading = SettingsTexts.Read(SettingsTexts.GitOpsHead,
            """
            apiVersion: odoosky.io/v1
            kind: Settings
            targets:
              prod:
                repository: https://github.com/acme/fleet.git     # path, file://, https://, ssh://
                repositoryId: 123456
                base: trunk
                forge: {kind: github, api: https://api.github.com, app: {id: 1, installation: 2, keyFile: /etc/odoosky/key.pem}}
                desired: {kind: git, path: wished}
                cluster: {kubeconfig: /etc/kube, context: prod, argocdNamespaces: [argocd], destinations: {"https://kubernetes.default.svc": this}}
                schedule: {reconcile: "0 */5 * * * ?", verify: 45s, drift: 2h, timeZone: UTC}
                helm: 4
            identity: {name: OdooSky GitOps, email: odoosky@acme.example, signingKeyFile: /etc/odoosky/sign}
            page: {adminTokenFile: admin-token}
            webhooks: {secretFile: /etc/odoosky/webhooks}
            service: {database: {connectionFile: replicas}}

            """);

        Assert.Empty(reading.Problems);
        var target = reading.Settings!.Target;
        Assert.Equal("https://github.com/acme/fleet.git", target.Repository);
        Assert.Equal(123456, target.RepositoryId);
        Assert.Equal("trunk", target.Base);
        Assert.Equal(ForgeKind.Github, target.Forge.Kind);
        Assert.Equal(new ForgeApp(1, 2, "/etc/odoosky/key.pem"), target.Forge.App);
        Assert.Equal("wished", target.Desired.Path);
        Assert.Equal("this", target.Cluster!.Destinations["https://kubernetes.default.svc"]);
        Assert.Equal("45s", target.Schedule.Verify);
        Assert.Equal("2h", target.Schedule.Drift);
        Assert.Equal("4", target.Helm);
        Assert.Equal("odoosky@acme.example", reading.Settings.Identity.Email);
        Assert.Equal(("admin-token", "/etc/odoosky/webhooks", "replicas"), (reading.Settings.AdminTokenFile, reading.Settings.WebhookSecretFile, reading.Settings.DatabaseConnectionFile));
        Assert.Equal(["prod"], reading.Settings.Rules().Targets);
    }

    [Fact]
    public void A_target_needs_no_more_than_its_repository()
    {
        var target = SettingsTexts.Read(SettingsTexts.GitOpsHead).Settings!.Target;

        Assert.Equal(("main", ForgeKind.None, DesiredKind.Git, "desired", null), (target.Base, target.Forge.Kind, target.Desired.Kind, target.Desired.Path, target.Helm));
        Assert.Null(target.Cluster);
    }

    [Theory]
    [InlineData("base: x\n", "4:3 OSG0407: The target prod has no repository. | Write repository: with a path, or a file://, https:// or ssh:// address.")]
    [InlineData("repository: http://x/y\n", "5:17 OSG0408: targets.prod.repository is \"http://x/y\", not a path, or a file://, https:// or ssh:// address. | Write a path, or a file://, https:// or ssh:// address.")]
    [InlineData("repository: ext::sh -c id\n", "5:17 OSG0408: targets.prod.repository is \"ext::sh -c id\", not a path, or a file://, https:// or ssh:// address. | Write a path, or a file://, https:// or ssh:// address.")]
    [InlineData("repository: --upload-pack=id\n", "5:17 OSG0408: targets.prod.repository is \"--upload-pack=id\", not a path, or a file://, https:// or ssh:// address. | Write a path, or a file://, https:// or ssh:// address.")]
    [InlineData("repository: https://token@x/y\n", "5:17 OSG0420: targets.prod.repository holds credentials, which would reach logs and other programs. | Take them out, and use forge: {tokenFile: ...} or an SSH key.")]
    [InlineData("repository: ssh://git:pw@x/y\n", "5:17 OSG0420: targets.prod.repository holds credentials, which would reach logs and other programs. | Take them out, and use forge: {tokenFile: ...} or an SSH key.")]
    [InlineData("repository: a\n    base: -x\n", "6:11 OSG0408: targets.prod.base is \"-x\", not a branch's name. | Write a branch's name.")]
    [InlineData("repository: a\n    base: a..b\n", "6:11 OSG0408: targets.prod.base is \"a..b\", not a branch's name. | Write a branch's name.")]
    [InlineData("repository: a\n    repositoryId: x\n", "6:19 OSG0406: targets.prod.repositoryId is the text \"x\", not a whole number. | Write a whole number.")]
    [InlineData("repository: a\n    helm: \"2\"\n", "6:11 OSG0408: targets.prod.helm is \"2\", not a Helm version: 3, 4 or x.y.z. | Write a Helm version: 3, 4 or x.y.z.")]
    [InlineData("repository: a\n    forge: {kind: gitlab}\n", "6:19 OSG0408: targets.prod.forge.kind is \"gitlab\", not one of none, github. | Did you mean github?")]
    [InlineData("repository: a\n    forge: {tokenFile: x}\n", "4:3 OSG0421: The target prod: a forge of kind none needs no app and no tokenFile. | Take them out, or write kind: github.")]
    [InlineData("repository: a\n    forge: {token: x}\n", "6:13 OSG0405: The key \"token\" is not known in targets.prod.forge. | Known here: kind, api, app, tokenFile, caFile.")]
    [InlineData("repository: a\n    forge: {kind: github, tokenFile: x, api: http://x}\n", "6:46 OSG0408: targets.prod.forge.api is \"http://x\", not an https:// address without credentials. | Write an https:// address without credentials.")]
    [InlineData("repository: a\n    desired: {kind: postgres}\n", "4:3 OSG0421: The target prod: desired state in postgres needs connectionFile. | Write connectionFile: with the path of a file that holds the connection string.")]
    [InlineData("repository: a\n    desired: {connectionFile: x}\n", "4:3 OSG0421: The target prod: connectionFile and queries belong to databases, but desired is of kind git. | Take them out, or write kind: sqlite or kind: postgres.")]
    [InlineData("repository: a\n    desired: {path: ../x}\n", "6:21 OSG0408: targets.prod.desired.path is \"../x\", not a folder in the repository, such as desired. | Write a folder in the repository, such as desired.")]
    [InlineData("repository: a\n    schedule: {verify: 0s}\n", "6:24 OSG0408: targets.prod.schedule.verify is \"0s\", not a cron expression of six fields, seconds first, such as \"H */5 * * * ?\", or a time from 1s to 1d, such as 30s. | Write a cron expression of six fields, seconds first, such as \"H */5 * * * ?\", or a time from 1s to 1d, such as 30s.")]
    [InlineData("repository: a\n    schedule: {reconcile: \"* * * * *\"}\n", "6:27 OSG0408: targets.prod.schedule.reconcile is \"* * * * *\", not a cron expression of six fields, seconds first, such as \"H */5 * * * ?\", or a time from 10s to 1d, such as 5m. | Write a cron expression of six fields, seconds first, such as \"H */5 * * * ?\", or a time from 10s to 1d, such as 5m.")]
    [InlineData("repository: a\n    schedule: {maintenance: [{from: \"00:00\", to: \"00:00\"}]}\n", "6:29 OSG0408: targets.prod.schedule.maintenance leaves no time of the week. | Leave some in which the service works.")]
    [InlineData("repository: a\n    schedule: {maintenance: [{from: \"08:00\", to: \"20:00\"}, {from: \"20:00\", to: \"08:00\", days: Sun-Sat}]}\n", "6:29 OSG0408: targets.prod.schedule.maintenance leaves no time of the week. | Leave some in which the service works.")]
    [InlineData("repository: a\n    schedule: {maintenance: [{from: 8h, to: \"20:00\"}]}\n", "6:37 OSG0408: targets.prod.schedule.maintenance[0].from is \"8h\", not a time such as \"22:00\". | Write a time such as \"22:00\".")]
    [InlineData("repository: a\n    schedule: {timeZone: Mars/Base}\n", "6:26 OSG0408: targets.prod.schedule.timeZone is \"Mars/Base\", not a time zone such as Europe/Vienna. | Write a time zone such as Europe/Vienna.")]
    public void A_wrong_setting_is_named_with_its_place_and_remedy(string text, string line)
    {
        var reading = SettingsTexts.Read(SettingsTexts.GitOpsHead, SettingsTexts.ServiceHead + "targets:\n  prod:\n    " + text);

        Assert.Equal(line, SettingsTexts.OnlyLine(reading.Problems));
    }
}
