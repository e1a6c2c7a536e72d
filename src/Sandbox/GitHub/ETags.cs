using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace OdooSky.GitOps.Sandbox.GitHub;

/// <summary>GitHub's ETags: weak, of the answer's bytes, and different for each token.</summary>
internal static class ETags
{
    /// <summary>Gives an answer its ETag; an asker who has these bytes already gets a 304.</summary>
    public static ApiAnswer Check(ApiAnswer answer, string token, HttpRequest request)
    {
        var digest = Convert.ToHexStringLower(SHA256.HashData([.. Encoding.UTF8.GetBytes(token + "\n"), .. Reply.Bytes(answer.Body)]));
        var tag = $"W/\"{digest}\"";
        var known = request.Headers.IfNoneMatch.ToString().Split(',').Any(one => one.Trim() == tag || one.Trim() == tag[2..]);
        var headers = answer.Headers.Add(("ETag", tag)).Add(("Cache-Control", "private, max-age=60, s-maxage=60"));
        return known ? new ApiAnswer(304, null) { Headers = headers } : answer with { Headers = headers };
    }
}
