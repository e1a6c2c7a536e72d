using System.Text.Json;
using OdooSky.GitOps.Reconciler.Rollout;

namespace OdooSky.GitOps.Reconciler.Cluster;

/// <summary>Writes Kubernetes Events on Applications. An event's name is made of what it says, so that told twice it is there once.</summary>
/// <param name="server">Argo CD's cluster.</param>
/// <param name="time">The clock.</param>
internal sealed class EventWriter(ApiServer server, TimeProvider time)
{
    private const string Component = "odoosky-gitops";
    private const int LongestName = 253;
    private const int LongestMessage = 1000;

    /// <summary>Writes one.</summary>
    /// <param name="application">The Application that it is about.</param>
    /// <param name="told">What is told.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>False: the right to create events is missing.</returns>
    /// <exception cref="ClusterFailure">The server can't be reached, or refuses it.</exception>
    public async Task<bool> WriteAsync(ApplicationState application, FleetEvent told, CancellationToken cancellationToken)
    {
        try
        {
            await server.CreateAsync($"/api/v1/namespaces/{Uri.EscapeDataString(application.Namespace)}/events?fieldManager={Component}", Body(application, told), cancellationToken);
            return true;
        }
        catch (ClusterFailure failure) when (failure.Kind is ClusterFailureKind.Forbidden or ClusterFailureKind.Conflict)
        {
            return failure.Kind == ClusterFailureKind.Conflict;
        }
    }

    private byte[] Body(ApplicationState application, FleetEvent told)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            var now = Overlay.Desired.UtcTime.Write(time.GetUtcNow());
            json.WriteStartObject();
            Write(json, ("apiVersion", "v1"), ("kind", "Event"), ("type", told.IsWarning ? "Warning" : "Normal"), ("reason", told.Reason), ("message", Cut(told.Message, LongestMessage)));
            Write(json, ("firstTimestamp", now), ("lastTimestamp", now), ("reportingComponent", Component), ("reportingInstance", Component));
            json.WriteNumber("count", 1);
            Object(json, "metadata", ("name", NameOf(application, told)), ("namespace", application.Namespace));
            Object(json, "source", ("component", Component));
            Object(
                json, "involvedObject", ("apiVersion", "argoproj.io/v1alpha1"), ("kind", "Application"),
                ("name", application.Name), ("namespace", application.Namespace), ("uid", application.Uid));
            json.WriteEndObject();
        }

        return bytes.ToArray();
    }

    private static void Object(Utf8JsonWriter json, string name, params ReadOnlySpan<(string Name, string Value)> fields)
    {
        json.WriteStartObject(name);
        Write(json, fields);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, params ReadOnlySpan<(string Name, string Value)> fields)
    {
        foreach (var (name, value) in fields) json.WriteString(name, value);
    }

    // The key makes it one of its kind; an Application's name may be as long as an event's.
    private static string NameOf(ApplicationState application, FleetEvent told) =>
        $"{Cut(application.Name, LongestName - told.Key.Length - 1).TrimEnd('.', '-')}.{told.Key}";

    private static string Cut(string text, int most) => text.Length <= most ? text : text[..most];
}
