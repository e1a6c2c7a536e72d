namespace OdooSky.GitOps.Reconciler.Status.Markup;

/// <summary>
/// A piece of a page. It is made of an interpolated text alone, <c>Html.Of($"&lt;b&gt;{name}&lt;/b&gt;")</c>: what the source file says is
/// markup, what is put into it is text and is escaped, unless it is markup itself. There is no way to make one of a string.
/// </summary>
internal sealed class Html
{
    private readonly string markup;

    private Html(string markup) => this.markup = markup;

    /// <summary>Nothing.</summary>
    public static Html None { get; } = new(string.Empty);

    /// <summary>Makes a piece.</summary>
    /// <param name="text">An interpolated text.</param>
    /// <returns>The piece.</returns>
    public static Html Of(HtmlText text) => new(text.Take());

    /// <summary>A piece for each item, one after another.</summary>
    /// <typeparam name="T">What the items are.</typeparam>
    /// <param name="items">The items.</param>
    /// <param name="piece">Makes an item's piece.</param>
    /// <returns>The pieces as one.</returns>
    public static Html Each<T>(IEnumerable<T> items, Func<T, Html> piece) => new(string.Concat(items.Select(item => piece(item).markup)));

    /// <summary>A piece of something that may be missing.</summary>
    /// <typeparam name="T">What it is of.</typeparam>
    /// <param name="value">The value, or null.</param>
    /// <param name="piece">Makes the piece.</param>
    /// <returns>The piece; nothing for null.</returns>
    public static Html If<T>(T? value, Func<T, Html> piece)
        where T : class => value is null ? None : piece(value);

    /// <summary>A piece that is there or not.</summary>
    /// <param name="holds">Whether it is there.</param>
    /// <param name="piece">Makes the piece.</param>
    /// <returns>The piece, or nothing.</returns>
    public static Html If(bool holds, Func<Html> piece) => holds ? piece() : None;

    /// <summary>The markup, for whoever sends it.</summary>
    /// <returns>Well-formed as far as its source was.</returns>
    public override string ToString() => markup;
}
