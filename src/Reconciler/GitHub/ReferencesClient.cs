namespace OdooSky.GitOps.Reconciler.GitHub;

/// <summary>Refs of Git. Names are without <c>refs/</c>: <c>heads/main</c>; the slashes go over the wire as <c>%2F</c>.</summary>
internal sealed class ReferencesClient(Connection connection)
{
    /// <summary>A ref.</summary>
    /// <param name="name">Which repository.</param>
    /// <param name="reference">Which ref.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The ref, or null when it is not there (or the repository is not).</returns>
    public async Task<Reference?> FindAsync(RepositoryName name, string reference, CancellationToken cancellation)
    {
        var call = GitHubCall.Get("/repos/{owner}/{repo}/git/ref/{ref}", $"{name.Path}/git/ref/{Uri.EscapeDataString(reference)}", $"show the ref {reference}");
        try
        {
            return await connection.SendAsync(call, GitHubJson.Default.Reference, cancellation);
        }
        catch (GitHubFailure failure) when (failure.Kind == GitHubFailureKind.NotFound)
        {
            return null;
        }
    }

    /// <summary>Deletes a ref, wherever it points.</summary>
    /// <param name="name">Which repository.</param>
    /// <param name="reference">Which ref.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>False: it was not there.</returns>
    public async Task<bool> DeleteAsync(RepositoryName name, string reference, CancellationToken cancellation)
    {
        var call = GitHubCall.Delete("/repos/{owner}/{repo}/git/refs/{ref}", $"{name.Path}/git/refs/{Uri.EscapeDataString(reference)}", $"delete the ref {reference}")
            with { Order = WriteOrder.Close };
        try
        {
            await connection.SendAsync(call, cancellation);
            return true;
        }
        catch (GitHubFailure failure) when (failure.Kind == GitHubFailureKind.Invalid && failure.Words.Contains("does not exist", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }
    }
}
