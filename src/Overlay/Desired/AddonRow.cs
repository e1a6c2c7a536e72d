namespace OdooSky.GitOps.Overlay.Desired;

/// <summary>One addon of an instance, as it stands in the overlay's list <c>addons</c>.</summary>
/// <param name="Code">The addon's technical name; never empty in a wish.</param>
/// <param name="Source">Where it comes from, such as <c>oca</c>; empty when an existing row has none.</param>
/// <param name="Image">The image that carries it; empty for rows that ship with Odoo.</param>
/// <param name="Version">The image's tag; empty for rows that ship with Odoo.</param>
public sealed record AddonRow(string Code, string Source, string Image, string Version)
{
    /// <summary>The source of rows that ship inside the Odoo image: kept for audit, counted in the hash, no init container.</summary>
    public const string BuiltinSource = "odoo-builtin";

    /// <summary>Whether the chart makes an init container of this row.</summary>
    public bool MakesInitContainer =>
        Code.Length > 0 && Image.Length > 0 && Version.Length > 0 && !string.Equals(Source, BuiltinSource, StringComparison.Ordinal);

    /// <summary>The init container's name as the chart makes it: <c>addon-</c>, then the code in lower case with <c>-</c> for <c>_</c>.</summary>
    public string InitContainerName => "addon-" + Code.Replace('_', '-').ToLowerInvariant();
}
