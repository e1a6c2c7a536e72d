namespace OdooSky.GitOps.Reconciler.Cli;

/// <summary>All verbs, in the order in which help lists them.</summary>
internal static class Verbs
{
    /// <summary>Makes all verbs.</summary>
    /// <param name="surroundings">What they run with.</param>
    /// <returns>The verbs.</returns>
    public static IEnumerable<Verb> All(Surroundings surroundings) =>
    [
        PlanVerb.Make(surroundings),
        ApplyVerb.Make(surroundings),
        RenderVerb.Make(surroundings),
        ValidateVerb.Make(surroundings),
        AdoptVerb.Make(surroundings),
        ImportVerb.Make(surroundings),
        ExportVerb.Make(surroundings),
        MergeVerb.Make(surroundings),
        PromoteVerb.Make(surroundings),
        PullRequestVerb.Make(surroundings),
        SuspendVerb.Make(surroundings),
        SuspendVerb.MakeResume(surroundings),
        VerifyVerb.Make(surroundings),
        DoctorVerb.Make(surroundings),
        DriftVerb.Make(surroundings),
        ServeVerb.Make(surroundings),
        ReconcileVerb.Make(surroundings),
        HashVerb.Make(surroundings),
        HistoryVerb.Make(surroundings),
        StateVerb.Make(surroundings),
        BlameVerb.Make(surroundings),
        ExplainVerb.Make(surroundings),
        AuditVerb.Make(surroundings),
        ReportVerb.Make(surroundings),
        SchemaVerb.Make(surroundings),
        ConfigVerb.Make(surroundings),
        DemoVerb.Make(surroundings),
        CompletionVerb.Make(surroundings),
        CompletionVerb.MakeAnswer(surroundings),
        HelpVerb.Make(surroundings),
    ];
}
