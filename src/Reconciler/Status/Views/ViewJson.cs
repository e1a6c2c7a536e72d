using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace OdooSky.GitOps.Reconciler.Status.Views;

/// <summary>Writes views as JSON. The angle brackets and quotes of HTML are escaped, so that no browser can be made to read it as a page.</summary>
[JsonSerializable(typeof(OverviewView))]
[JsonSerializable(typeof(InstanceView))]
[JsonSerializable(typeof(ChangesView))]
[JsonSerializable(typeof(ChangeView))]
[JsonSerializable(typeof(DriftView))]
[JsonSerializable(typeof(DeclinedView))]
[JsonSerializable(typeof(ProblemsView))]
[JsonSerializable(typeof(MissingView))]
internal sealed partial class ViewJson : JsonSerializerContext
{
    private static readonly ViewJson Writer = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        WriteIndented = true,
        NewLine = "\n",
    });

    /// <summary>Writes a view.</summary>
    /// <param name="view">The view.</param>
    /// <returns>JSON, indented, with a line end.</returns>
    public static string Write(StatusView view) => JsonSerializer.Serialize(view, view.GetType(), Writer) + "\n";
}
