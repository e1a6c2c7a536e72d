using Microsoft.AspNetCore.Http;

namespace OdooSky.GitOps.Reconciler.Machines;

/// <summary>An answer for programs that is whole before its first byte goes out, so that a slow reader holds nothing up; kept by nobody.</summary>
internal static class WholeAnswer
{
    /// <summary>Writes it.</summary>
    /// <param name="context">Where to.</param>
    /// <param name="status">HTTP's status.</param>
    /// <param name="type">The body's type.</param>
    /// <param name="body">The body; left out where only the head is asked for.</param>
    /// <returns>A task.</returns>
    public static async Task WriteAsync(HttpContext context, int status, string type, byte[] body)
    {
        var response = context.Response;
        (response.StatusCode, response.ContentType, response.ContentLength) = (status, type, body.Length);
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        if (!HttpMethods.IsHead(context.Request.Method)) await response.Body.WriteAsync(body, context.RequestAborted);
    }
}
