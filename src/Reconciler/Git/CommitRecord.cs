using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace OdooSky.GitOps.Reconciler.Git;

/// <summary>Who (<c>Name &lt;email&gt;</c> as written: other people's need not be identities that we would write) and when.</summary>
internal sealed record Signature(string Person, GitDate Date)
{
    public static Signature Parse(string line)
    {
        var end = line.LastIndexOf('>') + 1;
        var fields = line[end..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var isDate = long.TryParse(fields.FirstOrDefault(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds);
        return new Signature(line[..end], isDate ? new GitDate(seconds, fields.ElementAtOrDefault(1) ?? "") : new GitDate(0, ""));
    }
}

/// <summary>A commit as it stands in the repository.</summary>
internal sealed record CommitRecord
{
    public required ObjectId Id { get; init; }

    public required ObjectId Tree { get; init; }

    public required ImmutableArray<ObjectId> Parents { get; init; }

    public required Signature Author { get; init; }

    public required Signature Committer { get; init; }

    /// <summary>Everything after the headers' blank line; bytes that are not UTF-8 are replaced.</summary>
    public required string Message { get; init; }

    /// <summary>What kind of signature it bears, as its first line says: <c>ssh</c>, <c>openpgp</c>, <c>x509</c>; null: none.</summary>
    public string? SignedWith { get; init; }

    /// <summary>Reads a commit's bytes; null: they are not a commit's.</summary>
    public static CommitRecord? Parse(ObjectId id, ReadOnlySpan<byte> bytes)
    {
        var text = Encoding.UTF8.GetString(bytes);
        var end = text.IndexOf("\n\n", StringComparison.Ordinal);
        var headers = (end < 0 ? text : text[..end]).Split('\n');
        var tree = ObjectId.TryParse(Values(headers, "tree ").FirstOrDefault());
        var author = Values(headers, "author ").FirstOrDefault();
        var committer = Values(headers, "committer ").FirstOrDefault();
        return tree is null || author is null || committer is null ? null : new CommitRecord
        {
            Id = id,
            Tree = tree,
            Parents = [.. Values(headers, "parent ").Select(ObjectId.TryParse).OfType<ObjectId>()],
            Author = Signature.Parse(author),
            Committer = Signature.Parse(committer),
            SignedWith = Values(headers, "gpgsig ").Concat(Values(headers, "gpgsig-sha256 ")).Select(SignatureKind).FirstOrDefault(),
            Message = end < 0 ? "" : text[(end + 2)..],
        };
    }

    // As gpg.format calls them.
    private static string SignatureKind(string armour) =>
        armour.Contains("SSH SIGNATURE", StringComparison.Ordinal) ? "ssh" : armour.Contains("PGP", StringComparison.Ordinal) ? "openpgp" : "x509";

    private static IEnumerable<string> Values(string[] headers, string name) =>
        headers.Where(h => h.StartsWith(name, StringComparison.Ordinal)).Select(h => h[name.Length..]);
}
