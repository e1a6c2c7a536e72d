using System.Runtime.InteropServices;

namespace OdooSky.GitOps.Reconciler.Desired;

/// <summary>
/// A database could not be read as one whole: nothing is planned, and the next pass tries again. The message says what was
/// being done, in the database's own words, and never holds a connection string.
/// </summary>
internal sealed class DesiredFailure : ExternalException
{
    public DesiredFailure()
    {
    }

    public DesiredFailure(string message)
        : base(message)
    {
    }

    public DesiredFailure(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
