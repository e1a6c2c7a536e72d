using System.Collections.Immutable;

namespace OdooSky.GitOps.Sandbox.GitHub;

/// <summary>What goes wrong with one request.</summary>
internal sealed record Fault
{
    /// <summary>Waits first, on the stand-in's clock.</summary>
    public TimeSpan Wait { get; init; }

    /// <summary>The request is handled as usual before the fault shows.</summary>
    public bool Happens { get; init; }

    /// <summary>Never answers; ends when the client gives up.</summary>
    public bool Hangs { get; init; }

    /// <summary>Told when it begins to hang; null nobody.</summary>
    public TaskCompletionSource? Hung { get; init; }

    /// <summary>Ends the connection after so many bytes of the answer, status line and headers counted; null never.</summary>
    public int? CutAt { get; init; }

    /// <summary>Answers with so many bytes of the true body, as if that were all of it; null with the whole.</summary>
    public int? BodyBytes { get; init; }

    /// <summary>Answers this instead of the truth; null the truth.</summary>
    public int? Status { get; init; }

    public string Body { get; init; } = "";

    public string ContentType { get; init; } = "application/json; charset=utf-8";

    public ImmutableArray<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>The connection is reset, and nothing was done.</summary>
    public static Fault ResetBefore { get; } = new() { CutAt = 0 };

    /// <summary>Everything was done, and the connection is reset without a byte of the answer.</summary>
    public static Fault ResetAfter { get; } = new() { CutAt = 0, Happens = true };

    /// <summary>Nothing is done, and no answer comes.</summary>
    public static Fault Silence { get; } = new() { Hangs = true };

    /// <summary>Everything is done, and no answer comes.</summary>
    public static Fault SilenceAfter { get; } = new() { Hangs = true, Happens = true };

    /// <summary>A page for people where JSON should be.</summary>
    public static Fault Html { get; } = new() { Status = 200, Body = "<!DOCTYPE html><html><body>Sign in</body></html>", ContentType = "text/html; charset=utf-8" };

    /// <summary>Everything is done, and the answer is cut after so many bytes.</summary>
    public static Fault AnswerLostAt(int bytes) => new() { CutAt = bytes, Happens = true };

    /// <summary>Everything is done; the JSON ends too early.</summary>
    public static Fault CutJson(int bytes) => new() { BodyBytes = bytes, Happens = true };

    /// <summary>It takes longer, and is right.</summary>
    public static Fault Late(TimeSpan wait) => new() { Wait = wait, Happens = true };

    /// <summary>Answers something else and does nothing.</summary>
    public static Fault Answer(int status, string body, params (string Name, string Value)[] headers) =>
        new() { Status = status, Body = body, Headers = [.. headers] };

    /// <summary>An error although it happened, as a real forge once did with a merge.</summary>
    public static Fault ErrorAfter(int status, string body = """{"message":"Server Error"}""") => new() { Status = status, Body = body, Happens = true };
}
