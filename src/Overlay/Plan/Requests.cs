using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Document;

namespace OdooSky.GitOps.Overlay.Plan;

/// <summary>Finds out who asked for a change: the instance's own request, or the catalogue's when it alone caused the change.</summary>
public static class Requests
{
    /// <summary>The request behind some steps.</summary>
    /// <param name="wish">The wish.</param>
    /// <param name="steps">What is edited.</param>
    /// <returns>The catalogue row's request when nothing but rows from the catalogue change, else the instance's.</returns>
    public static Request Of(DesiredInstance wish, ImmutableArray<EditStep> steps)
    {
        if (steps.IsEmpty || !steps.All(step => step is RowChanged)) return wish.Request;
        var asked = steps.OfType<RowChanged>().Select(step => wish.CatalogRequests.GetValueOrDefault(step.After.Code)).ToList();
        return asked.TrueForAll(request => request is not null && request != Request.None) ? asked[0]! : wish.Request;
    }
}
