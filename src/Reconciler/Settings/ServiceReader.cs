using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;

namespace OdooSky.GitOps.Reconciler.Settings;

/// <summary>Reads <c>odoosky.yaml</c>, or a layer over it: what is not written keeps the value below.</summary>
internal sealed class ServiceReader(StrictFile file, ServiceSettings below, TargetPlaces places)
{
    public static StrictShape Shape { get; } = StrictShape.Of("apiVersion!", "kind!", "targets", "identity", "page", "webhooks", "service");

    public static StrictShape IdentityShape { get; } = StrictShape.Of("name", "email", "signingKeyFile");

    public static StrictShape PageShape { get; } = StrictShape.Of("hosts", "adminTokenFile");

    public static StrictShape WebhooksShape { get; } = StrictShape.Of("secretFile");

    public static StrictShape ServiceShape { get; } = StrictShape.Of("database");

    public static StrictShape DatabaseShape { get; } = StrictShape.Of("connectionFile!");

    public ServiceSettings Read()
    {
        if (file.RootOf(Shape, "Settings") is not { } root) return below;
        var targets = below.Targets.ToBuilder();
        foreach (var entry in root.Entries("targets"))
        {
            if (!LabelText.IsName(entry.Key))
                file.Error(
                    SettingsCodes.WrongValue,
                    entry.Place,
                    $"\"{entry.Key}\" is no target's name.",
                    "Use a-z, 0-9 and -, with a letter first.");
            var target = targets.GetValueOrDefault(entry.Key) ?? new TargetSettings { Name = entry.Key };
            targets[entry.Key] = new TargetReader(file, target, places).Read(entry);
        }

        var page = root.Map("page", PageShape);
        return new ServiceSettings
        {
            Targets = targets.ToImmutable(),
            Identity = ReadIdentity(root),
            PageHosts = ReadHosts(page),
            AdminTokenFile = page?.Find("adminTokenFile").FileName() ?? below.AdminTokenFile,
            WebhookSecretFile = root.Map("webhooks", WebhooksShape)?.Find("secretFile").FileName() ?? below.WebhookSecretFile,
            DatabaseConnectionFile = root.Map("service", ServiceShape)?.Map("database", DatabaseShape)?.Find("connectionFile").FileName() ?? below.DatabaseConnectionFile,
        };
    }

    private CommitIdentity ReadIdentity(StrictMap root)
    {
        if (root.Map("identity", IdentityShape) is not { } map) return below.Identity;
        return new CommitIdentity
        {
            Name = map.Find("name").Checked(IsIdentityPart, "a name without < and >") ?? below.Identity.Name,
            Email = map.Find("email").Checked(
                text => IsIdentityPart(text) && text.Contains('@', StringComparison.Ordinal) && !text.Contains(' ', StringComparison.Ordinal),
                "an e-mail address") ?? below.Identity.Email,
            SigningKeyFile = map.Find("signingKeyFile").FileName() ?? below.Identity.SigningKeyFile,
        };
    }

    private ImmutableArray<string> ReadHosts(StrictMap? page) => page is { } map && map.Find("hosts") is not null
        ? [.. map.Items("hosts").Select(host => host.Checked(IsHost, "a host's name without a port, such as fleet.example.com")).OfType<string>()]
        : below.PageHosts;

    private static bool IsHost(string text) => Uri.CheckHostName(text.Trim('[', ']')) != UriHostNameType.Unknown;

    // Git ends a name at <, an address at >, and drops some punctuation at either end.
    private static bool IsIdentityPart(string text) =>
        text.Trim(' ', '.', ',', ':', ';', '"', '\'').Length == text.Length && text.Length is > 0 and <= 200 && text.AsSpan().IndexOfAny('<', '>') < 0;
}
