using OdooSky.GitOps.Overlay.Desired;

namespace OdooSky.GitOps.Reconciler.Settings;

/// <summary>Reads a target's <c>forge</c>.</summary>
internal static class ForgeReader
{
    public static StrictShape Shape { get; } = StrictShape.Of("kind", "api", "app", "tokenFile", "caFile");

    public static StrictShape AppShape { get; } = StrictShape.Of("id!", "installation!", "keyFile!");

    public static ForgeSettings Read(StrictMap target, ForgeSettings below)
    {
        if (target.Map("forge", Shape) is not { } map) return below;
        return new ForgeSettings
        {
            Kind = map.Find("kind")?.Word<ForgeKind>() ?? below.Kind,
            Api = map.Find("api").Parsed(Address, "an https:// address without credentials") ?? below.Api,
            App = ReadApp(map) ?? below.App,
            TokenFile = map.Find("tokenFile").FileName() ?? below.TokenFile,
            CaFile = map.Find("caFile").FileName() ?? below.CaFile,
        };
    }

    private static ForgeApp? ReadApp(StrictMap map)
    {
        if (map.Map("app", AppShape) is not { } app) return null;
        var (id, installation) = (app.Find("id")?.Whole(1, long.MaxValue / 1024), app.Find("installation")?.Whole(1, long.MaxValue / 1024));
        var key = app.Find("keyFile").FileName();
        return id is { } number && installation is { } at && key is not null ? new ForgeApp(number, at, key) : null;
    }

    private static Uri? Address(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || RepositoryAddress.IsPlainHttpHere(uri)) && uri.UserInfo.Length == 0 ? uri : null;
}
