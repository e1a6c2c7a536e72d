namespace OdooSky.GitOps.Overlay.Helm;

/// <summary>Why an argument is not applied.</summary>
internal sealed record SetError(FailureKind Kind, string Rule, string Message)
{
    public static SetError Fails(string message) => new(FailureKind.HelmFails, "set", message);
}
