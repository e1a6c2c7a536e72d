namespace OdooSky.GitOps.Overlay.Document;

/// <summary>
/// Makes an overlay what its wish says. Only managed parts change; every other byte stays. Each result is read back as Helm
/// reads it and compared with the wish: a text that is not exactly as wished is never given out.
/// </summary>
public static class OverlayEditor
{
    /// <summary>Writes a new overlay: <c>instance</c>, <c>addons</c>, then the further values.</summary>
    /// <param name="path">The file's path inside the repository, as problems name it.</param>
    /// <param name="wish">What it shall hold; paths to unset do nothing.</param>
    /// <returns>The text, or the problems that prevent it.</returns>
    public static EditResult Create(string path, OverlayWish wish) => new OverlayCreation(path, wish).Run();

    /// <summary>Edits an overlay.</summary>
    /// <param name="current">The overlay as it is.</param>
    /// <param name="wish">What it shall hold.</param>
    /// <returns>The new text and what differs; without steps the very old bytes.</returns>
    public static EditResult Edit(OverlayDocument current, OverlayWish wish) => new OverlayEdit(current, wish).Run();
}
