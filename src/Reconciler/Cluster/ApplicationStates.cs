using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.Globalization;
using OdooSky.GitOps.Reconciler.Rollout;

namespace OdooSky.GitOps.Reconciler.Cluster;

/// <summary>Makes states of what was served of Argo CD's kinds.</summary>
internal static class ApplicationStates
{
    public static ApplicationState Of(ServedApplication served) => new()
    {
        Namespace = served.Metadata?.Namespace ?? "",
        Name = served.Metadata?.Name ?? "",
        Uid = served.Metadata?.Uid ?? "",
        Labels = served.Metadata?.Labels ?? (IReadOnlyDictionary<string, string>)ReadOnlyDictionary<string, string>.Empty,
        Refresh = served.Metadata?.Annotations?.Refresh,
        RefreshRequestedAt = TimeOf(served.Metadata?.Annotations?.RefreshTimestamp),
        CreationTimestamp = served.Metadata?.CreationTimestamp,
        DeletionTimestamp = served.Metadata?.DeletionTimestamp,
        Spec = Of(served.Spec ?? new()),
        Operation = Of(served.Operation),
        Status = Of(served.Status ?? new()),
    };

    public static AppProjectState Of(ServedProject served) => new()
    {
        Namespace = served.Metadata?.Namespace ?? "",
        Name = served.Metadata?.Name ?? "",
        SyncWindows = ServedLists.Each(served.Spec?.SyncWindows, Of),
    };

    private static SyncWindow Of(ServedSyncWindow served) => new()
    {
        Kind = served.Kind ?? "",
        Schedule = served.Schedule ?? "",
        Duration = served.Duration ?? "",
        Applications = ServedLists.Each(served.Applications),
        Namespaces = ServedLists.Each(served.Namespaces),
        Clusters = ServedLists.Each(served.Clusters),
        ManualSync = served.ManualSync ?? false,
    };

    private static ApplicationSpec Of(ServedApplicationSpec served) => new()
    {
        Project = served.Project ?? "default",
        Destination = Of(served.Destination),
        Sources = SourcesOf(served.Sources, served.Source),
        IsMultiSource = served.Sources is { Count: > 0 },
        Automated = served.SyncPolicy?.Automated is { Enabled: not false },
        SelfHeal = served.SyncPolicy?.Automated?.SelfHeal ?? false,
    };

    private static ApplicationStatus Of(ServedApplicationStatus served) => new()
    {
        Sync = new SyncStatus
        {
            Status = Filled(served.Sync?.Status),
            Revision = Filled(served.Sync?.Revision),
            Revisions = ServedLists.Each(served.Sync?.Revisions),
            ComparedTo = Of(served.Sync?.ComparedTo),
        },
        Health = Filled(served.Health?.Status),
        ReconciledAt = served.ReconciledAt,
        OperationState = Of(served.OperationState),
        Conditions = ServedLists.Each(served.Conditions, static found => new ApplicationCondition(found.Type ?? "", found.Message ?? "", found.LastTransitionTime)),
        Resources = [.. (served.Resources ?? []).Where(found => found.Kind == "Deployment").Select(Of)],
        History = ServedLists.Each(served.History, Of),
    };

    private static ApplicationResource Of(ServedResource served) =>
        new(served.Group, served.Kind ?? "", served.Namespace, served.Name ?? "", served.Status);

    private static SyncHistory Of(ServedHistory served) =>
        new(served.Revisions is { Count: > 0 } several ? [.. several] : served.Revision is { } one ? [one] : [], served.DeployStartedAt, served.DeployedAt);

    private static OperationState? Of(ServedOperationState? served) => served is null ? null : new()
    {
        Phase = Filled(served.Phase),
        Operation = Of(served.Operation),
        StartedAt = served.StartedAt,
        FinishedAt = served.FinishedAt,
        RetryCount = served.RetryCount ?? 0,
        Message = served.Message,
    };

    private static SyncOperation? Of(ServedOperation? served) => served is null ? null : new()
    {
        Revision = Filled(served.Sync?.Revision),
        Revisions = ServedLists.Each(served.Sync?.Revisions),
        RetryLimit = served.Retry?.Limit,
    };

    /// <summary>For several sources Argo CD writes an empty <c>source</c> beside them.</summary>
    private static ComparedTo? Of(ServedComparedTo? served)
    {
        if (served is null) return null;
        var sources = SourcesOf(served.Sources, served.Source);
        return sources.IsEmpty && served.Destination is null ? null : new ComparedTo { Destination = Of(served.Destination), Sources = sources };
    }

    private static ApplicationDestination Of(ServedDestination? served) =>
        new() { Server = Filled(served?.Server), Name = Filled(served?.Name), Namespace = Filled(served?.Namespace) };

    private static ImmutableArray<ApplicationSource> SourcesOf(List<ServedSource>? several, ServedSource? one) =>
        several is { Count: > 0 } ? ServedLists.Each(several, Of) : one is { RepoUrl.Length: > 0 } ? [Of(one)] : [];

    private static ApplicationSource Of(ServedSource served) => new()
    {
        RepoUrl = served.RepoUrl ?? "",
        Path = Filled(served.Path),
        TargetRevision = Filled(served.TargetRevision),
        Ref = Filled(served.Ref),
        Chart = Filled(served.Chart),
        Helm = Of(served.Helm),
    };

    private static HelmSource? Of(ServedHelm? served) => served is null ? null : new()
    {
        ReleaseName = Filled(served.ReleaseName),
        ValueFiles = ServedLists.Each(served.ValueFiles),
        Parameters = ServedLists.Each(served.Parameters, static found => new HelmParameter(found.Name ?? "", found.Value ?? "", found.ForceString ?? false)),
        FileParameters = ServedLists.Each(served.FileParameters, static found => new HelmParameter(found.Name ?? "", found.Path ?? "", false)),
        Values = Filled(served.Values),
        ValuesObject = served.ValuesObject?.GetRawText(),
    };

    /// <summary>Anybody may write the annotation, so it may hold anything.</summary>
    private static DateTimeOffset? TimeOf(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;

    private static string? Filled(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
