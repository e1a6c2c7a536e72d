using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace OdooSky.GitOps.Sandbox.Kubernetes;

/// <summary>Writes answers with an API server's headers; small bodies have a length, large ones are chunked.</summary>
internal static class Answers
{
    /// <summary>Go's HTTP server buffers this much before it gives up on a Content-Length.</summary>
    private const int Buffered = 2048;

    public static Task JsonAsync(HttpContext context, JsonNode body, int status = 200) => BytesAsync(context, Utf8(body), status);

    public static async Task BytesAsync(HttpContext context, byte[] body, int status)
    {
        Head(context, status, "application/json");
        if (status is 403) context.Response.Headers.XContentTypeOptions = "nosniff";
        if (body.Length < Buffered) context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    public static async Task TextAsync(HttpContext context, string text, int status)
    {
        Head(context, status, "text/plain; charset=utf-8");
        context.Response.Headers.XContentTypeOptions = "nosniff";
        if (status == 429) context.Response.Headers.RetryAfter = "1";
        var body = Encoding.UTF8.GetBytes(text);
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    public static Task StatusAsync(HttpContext context, int code, string? reason, string message, JsonObject? details = null, JsonObject? meta = null) =>
        JsonAsync(context, Status(code, reason, message, details, meta), code);

    public static JsonObject Status(int code, string? reason, string message, JsonObject? details = null, JsonObject? meta = null)
    {
        var status = new JsonObject
        {
            ["kind"] = "Status", ["apiVersion"] = "v1", ["metadata"] = meta ?? [], ["status"] = "Failure", ["message"] = message,
        };
        if (reason is not null) status["reason"] = reason;
        if (details is not null) status["details"] = details;
        status["code"] = code;
        return status;
    }

    public static Task ForbiddenAsync(HttpContext context, ApiRequest asked, string user)
    {
        var full = asked.Group.Length == 0 ? asked.Plural : $"{asked.Plural}.{asked.Group}";
        var one = asked.Name is null ? full : $"{full} \"{asked.Name}\"";
        var where = asked.Namespace is null ? "at the cluster scope" : $"in the namespace \"{asked.Namespace}\"";
        var message = $"{one} is forbidden: User \"{user}\" cannot {asked.Verb} resource \"{asked.Plural}\" in API group \"{asked.Group}\" {where}";
        return StatusAsync(context, 403, "Forbidden", message, Details(asked));
    }

    public static Task NotFoundAsync(HttpContext context, ApiRequest asked) =>
        StatusAsync(context, 404, "NotFound", $"{asked.Kind!.FullName} \"{asked.Name}\" not found", Details(asked));

    public static JsonObject Details(ApiRequest asked)
    {
        var details = new JsonObject();
        if (asked.Name is not null) details["name"] = asked.Name;
        if (asked.Group.Length > 0) details["group"] = asked.Group;
        details["kind"] = asked.Plural;
        return details;
    }

    public static byte[] Utf8(JsonNode node)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes)) node.WriteTo(writer);
        bytes.WriteByte((byte)'\n');
        return bytes.ToArray();
    }

    public static void Head(HttpContext context, int status, string type)
    {
        var headers = context.Response.Headers;
        context.Response.StatusCode = status;
        headers["Audit-Id"] = string.Create(CultureInfo.InvariantCulture, $"00000000-0000-4000-8000-{context.TraceIdentifier.GetHashCode(StringComparison.Ordinal):x12}");
        headers.CacheControl = "no-cache, private";
        headers.ContentType = type;
        headers["X-Kubernetes-Pf-Flowschema-Uid"] = "2af911bd-40b5-4493-8bae-d438c3feaca6";
        headers["X-Kubernetes-Pf-Prioritylevel-Uid"] = "22df262a-9e37-4a91-9030-0113baa1d7c3";
    }
}
