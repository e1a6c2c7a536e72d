namespace OdooSky.GitOps.Reconciler.Status.Markup;

/// <summary>An address that a page may lead to: a path of the page's own, or a page elsewhere over http or https. No other scheme can be expressed.</summary>
internal sealed class Href
{
    private Href(string text) => Text = text;

    /// <summary>The address, not yet escaped for HTML.</summary>
    public string Text { get; }

    /// <summary>A path of the page's own.</summary>
    /// <param name="segments">Its parts, each of any text; none: the first page.</param>
    /// <returns>The address.</returns>
    public static Href To(params ReadOnlySpan<string> segments)
    {
        var path = string.Empty;
        foreach (var segment in segments) path += "/" + Uri.EscapeDataString(segment);
        return new Href(path.Length == 0 ? "/" : path);
    }

    /// <summary>This address with what is asked for; what is null or empty is left out.</summary>
    /// <param name="query">Names and values.</param>
    /// <returns>The address.</returns>
    public Href With(params ReadOnlySpan<(string Name, string? Value)> query)
    {
        var text = Text;
        var joint = text.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        foreach (var (name, value) in query)
        {
            if (string.IsNullOrEmpty(value)) continue;
            text += $"{joint}{name}={Uri.EscapeDataString(value)}";
            joint = '&';
        }

        return new Href(text);
    }

    /// <summary>A page elsewhere.</summary>
    /// <param name="address">What is said to be one.</param>
    /// <returns>The address; null when it is no absolute http or https address, or has user info in it.</returns>
    public static Href? Elsewhere(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.UserInfo.Length == 0 ? new Href(uri.AbsoluteUri) : null;
}
