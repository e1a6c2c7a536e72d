namespace OdooSky.GitOps.Reconciler.Cluster;

/// <summary>A token that stands still, one in a file that is written anew while the program runs, or one that a program gives.</summary>
internal sealed class BearerToken
{
    private readonly string? path;
    private readonly ExecLogin? login;
    private readonly Lock gate = new();
    private string? token;
    private DateTime writtenAt;

    private BearerToken(string? token, string? path, ExecLogin? login = null)
    {
        this.token = token;
        this.path = path;
        this.login = login;
    }

    /// <summary>A token that never changes.</summary>
    /// <param name="token">The token.</param>
    /// <returns>It.</returns>
    public static BearerToken Fixed(string token) => new(token, null);

    /// <summary>A token in a file, read again when the file changes: Kubernetes writes service accounts' tokens anew before they expire.</summary>
    /// <param name="path">The file.</param>
    /// <returns>It; nothing is read yet.</returns>
    public static BearerToken InFile(string path) => new(null, path);

    /// <summary>A token that a program gives; it is run when a token is first needed, and again when the server refuses it.</summary>
    /// <param name="login">The program.</param>
    /// <returns>It; nothing is run yet.</returns>
    public static BearerToken OfProgram(ExecLogin login) => new(null, null, login);

    /// <summary>The token as of now.</summary>
    /// <returns>The token.</returns>
    /// <exception cref="ClusterFailure">The file can't be read, or holds no token.</exception>
    public string Read()
    {
        if (path is null && login is null) return token!;
        lock (gate)
        {
            if (path is null) return token ??= login!.Run();
            var stamp = File.GetLastWriteTimeUtc(path);
            if (token is null || stamp != writtenAt) token = ReadFile(path);
            writtenAt = stamp;
            return token;
        }
    }

    /// <summary>Reads the file at the next use, whatever its time says: the server refused the token.</summary>
    /// <returns>Whether there is another token to try.</returns>
    public bool Reread()
    {
        if (path is null && login is null) return false;
        lock (gate)
        {
            var refused = token;
            token = path is null ? login!.Run() : ReadFile(path);
            return token != refused;
        }
    }

    /// <summary>Never the token.</summary>
    /// <returns>Where it comes from.</returns>
    public override string ToString() => path is not null ? $"the token in {path}" : login is not null ? $"the token of {login.Command}" : "a token";

    private static string ReadFile(string path)
    {
        try
        {
            var text = File.ReadAllText(path).Trim();
            if (text.Length > 0 && text.All(c => c is > ' ' and < '\x7f')) return text;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new ClusterFailure(ClusterFailureKind.Unauthorized, $"the token file {path} can't be read: {failure.GetType().Name}");
        }

        throw new ClusterFailure(ClusterFailureKind.Unauthorized, $"the token file {path} holds no token");
    }
}
