using System.CommandLine;
using System.Text.Json.Nodes;

namespace OdooSky.GitOps.Reconciler.Cli;

/// <summary><c>odoosky config view</c>: every setting with its value, and where that comes from.</summary>
internal static class ConfigVerb
{
    private const int WidestValue = 30;

    private static readonly Option<bool> ShowOrigin = new("--show-origin") { Description = "say where each value comes from" };

    /// <summary>Makes the verb.</summary>
    /// <param name="surroundings">What it runs with.</param>
    /// <returns>The verb.</returns>
    public static Verb Make(Surroundings surroundings)
    {
        var view = new Verb(
            "view",
            "Print every setting of the target: flags beat ODOOSKY_*, which beat odoosky.yaml, gitops.yaml and defaults.",
            "odoosky config view --show-origin");
        CommonOptions.AddRepository(view);
        view.Add(ShowOrigin);
        view.Does((parsed, cancellationToken) => Opening.WithAsync(
            parsed,
            surroundings,
            async open => Print(surroundings.Terminal, (await open.Run.SettingsAsync(cancellationToken)).View(), parsed.GetValue(ShowOrigin)),
            cancellationToken));
        return new Verb("config", "Look at the settings.", "odoosky config view --show-origin") { view };
    }

    private static ExitCode Print(
        Terminal terminal, IEnumerable<(string Key, string Value, Settings.SettingOrigin Origin)> settings, bool origins)
    {
        if (terminal.Format != OutputFormat.Text)
            terminal.PrintData(new JsonArray([.. settings.Select(setting => new JsonObject
            {
                ["key"] = setting.Key, ["value"] = setting.Value, ["origin"] = setting.Origin.Name,
            })]));
        else Print(terminal, [.. settings], origins);
        return ExitCode.Ok;
    }

    private static void Print(
        Terminal terminal, IReadOnlyCollection<(string Key, string Value, Settings.SettingOrigin Origin)> settings, bool origins)
    {
        var keys = settings.Max(setting => setting.Key.Length);
        var values = Math.Min(WidestValue, settings.Max(setting => setting.Value.Length));
        foreach (var (key, value, origin) in settings)
            terminal.Print($"{key.PadRight(keys)}  {(origins ? $"{value.PadRight(values)}  {origin.Name}" : value)}".TrimEnd());
    }
}
