namespace OdooSky.GitOps.Reconciler.Doctor;

/// <summary>How a check ended.</summary>
internal enum CheckState
{
    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>It works, and something will be missed or will end.</summary>
    Warning,

    /// <summary>A pass will not do its work.</summary>
    Failed,

    /// <summary>It could not be looked at, because an earlier check failed or there is nothing to look at.</summary>
    Skipped,
}

/// <summary>What a check found.</summary>
/// <param name="Check">The check's name, in small letters.</param>
/// <param name="State">How it ended.</param>
/// <param name="Finding">What was found, one line.</param>
/// <param name="Remedy">What to do; empty where there is nothing to do.</param>
internal sealed record CheckResult(string Check, CheckState State, string Finding, string Remedy = "")
{
    /// <summary>Whether a credential is missing, refused, or may not do what is needed.</summary>
    public bool IsCredential { get; init; }
}
