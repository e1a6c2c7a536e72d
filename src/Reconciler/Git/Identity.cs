namespace OdooSky.GitOps.Reconciler.Git;

/// <summary>Who a commit is from. Text that would break a commit's header, or that git would trim, is not an identity.</summary>
internal sealed record Identity
{
    private const string TrimmedByGit = " .,:;<>\"\\'";

    private Identity(string name, string email) => (Name, Email) = (name, email);

    public string Name { get; }

    public string Email { get; }

    public static Identity? TryParse(string? name, string? email) =>
        IsPart(name) && IsPart(email) && !email!.Contains(' ', StringComparison.Ordinal) ? new Identity(name!, email) : null;

    public override string ToString() => $"{Name} <{Email}>";

    private static bool IsPart(string? text) =>
        !string.IsNullOrEmpty(text)
        && !text.Any(c => char.IsControl(c) || c is '<' or '>')
        && !TrimmedByGit.Contains(text[0], StringComparison.Ordinal)
        && !TrimmedByGit.Contains(text[^1], StringComparison.Ordinal);
}
