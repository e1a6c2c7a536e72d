namespace OdooSky.GitOps.Overlay.Plan;

/// <summary>The codes of problems that planning finds.</summary>
public static class PlanProblems
{
    /// <summary>Helm itself fails on the overlay or on the chart's defaults.</summary>
    public const string HelmFails = "OSG0501";

    /// <summary>What Helm reads is not certain, so no hash is given.</summary>
    public const string HelmRefused = "OSG0502";

    /// <summary>Warning: the hash would be a number in YAML if the chart did not quote it.</summary>
    public const string HashIsNumber = "OSG0503";

    /// <summary>Warning: a list of builtin rows only; some charts then mount an empty addons folder and Odoo does not start.</summary>
    public const string BuiltinOnlyList = "OSG0504";

    /// <summary>Warning: a row has keys besides code, source, image and version; they count in the hash.</summary>
    public const string FurtherKeys = "OSG0505";

    /// <summary>Warning: a row's field is not text, such as a version that Helm reads as a number.</summary>
    public const string UntypedRow = "OSG0506";

    /// <summary>What stands on an overlay's path is no regular file, or differs from it by letter case.</summary>
    public const string NotRegular = "OSG0507";

    /// <summary>Warning: other files stay in the folder of an instance that is retired.</summary>
    public const string FilesStay = "OSG0508";

    /// <summary>Warning: Helm reads a value otherwise than it looks, such as <c>no</c> or <c>08</c>.</summary>
    public const string TypeTrap = "OSG0509";

    /// <summary>A saved plan that no longer fits the repository.</summary>
    public const string StalePlan = "OSG0510";

    /// <summary>Argo CD's override file stands beside the chart or the overlay: an error where it may set addons, else a warning.</summary>
    public const string SourceOverride = "OSG0511";
}
