namespace OdooSky.GitOps.Reconciler.Git;

/// <summary>Which ref of the remote becomes which ref of the cache, in git's words for it (a refspec).</summary>
/// <param name="Text">The refspec.</param>
internal readonly record struct FetchRule(string Text)
{
    /// <summary>One ref that has to be there.</summary>
    public static FetchRule Exactly(RefName name) => new($"+{name}:{name.InCache}");

    /// <summary>One ref that need not be there; longer names that begin with it come along.</summary>
    public static FetchRule Maybe(RefName name) => new($"+{name}*:{name.InCache}*");

    /// <summary>All that stands under a name.</summary>
    public static FetchRule Under(RefName name) => new($"+{name}/*:{name.InCache}/*");

    /// <inheritdoc/>
    public override string ToString() => Text;
}
