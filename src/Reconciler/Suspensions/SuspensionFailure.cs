using System.Runtime.InteropServices;

namespace OdooSky.GitOps.Reconciler.Suspensions;

/// <summary>
/// What is suspended can't be told: the pass stops, since it would change what somebody wants left alone. The message says
/// where the damage is and what to do.
/// </summary>
internal sealed class SuspensionFailure : ExternalException
{
    public SuspensionFailure()
    {
    }

    public SuspensionFailure(string message)
        : base(message)
    {
    }

    public SuspensionFailure(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
