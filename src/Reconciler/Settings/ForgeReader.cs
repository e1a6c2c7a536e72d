using OdooSky.GitOps.Overlay.Desired;

namespace OdooSky.GitOps.Reconciler.Settings;

/// <summary>Reads a target's <c>forge</c>.</summary>
internal sealed class ForgeReader(StrictFile file, ForgeSettings below)
{
    public static StrictShape Shape { get; } = StrictShape.Of("kind", "api", "app", "tokenFile");

    public static StrictShape AppShape { get; } = StrictShape.Of("id!", "installation!", "keyFile!");

    public ForgeSettings Read(StrictMap target)
    {
        if (target.Map("forge", Shape) is not { } map) return below;
        var forge = new ForgeSettings
        {
            Kind = map.Find("kind")?.Word<ForgeKind>() ?? below.Kind,
            Api = map.Find("api").Parsed(Address, "an https:// address without credentials") ?? below.Api,
            App = ReadApp(map) ?? below.App,
            TokenFile = map.Find("tokenFile").FileName() ?? below.TokenFile,
        };
        Check(map, forge);
        return forge;
    }

    private void Check(StrictMap map, ForgeSettings forge)
    {
        if (forge is { App: not null, TokenFile: not null })
            file.Error(SettingsCodes.Conflict, map.Place, "The forge has both app and tokenFile.", "Keep one of the two.");
        if (forge.Kind == ForgeKind.None && (forge.App is not null || forge.TokenFile is not null))
            file.Error(SettingsCodes.Conflict, map.Place, "A forge of kind none needs no app and no tokenFile.", "Take them out, or write kind: github.");
        if (forge.Kind == ForgeKind.Github && map.Find("app") is null && forge is { App: null, TokenFile: null })
            file.Error(SettingsCodes.Conflict, map.Place, "GitHub needs app or tokenFile.", "Write app: {id, installation, keyFile} or tokenFile: with a file's path.");
    }

    private static ForgeApp? ReadApp(StrictMap map)
    {
        if (map.Map("app", AppShape) is not { } app) return null;
        var (id, installation) = (app.Find("id")?.Whole(1, long.MaxValue / 1024), app.Find("installation")?.Whole(1, long.MaxValue / 1024));
        var key = app.Find("keyFile").FileName();
        return id is { } number && installation is { } at && key is not null ? new ForgeApp(number, at, key) : null;
    }

    private static Uri? Address(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps && uri.UserInfo.Length == 0 ? uri : null;
}
