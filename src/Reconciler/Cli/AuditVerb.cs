using System.CommandLine;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Plan;
using OdooSky.GitOps.Reconciler.Audit;
using OdooSky.GitOps.Reconciler.Git;

namespace OdooSky.GitOps.Reconciler.Cli;

/// <summary><c>odoosky audit</c>: the whole trail as a file, and a file checked against a repository.</summary>
internal static class AuditVerb
{
    /// <summary>An export that is not what the repository says.</summary>
    public const string WrongExport = "OSG0801";

    private static readonly Argument<string> ExportFile = new("FILE") { Description = "what audit export has written; - reads stdin" };

    private static readonly Option<string?> Signers = new("--signers")
    {
        Description = "a file of allowed SSH signers (ssh-keygen(1)): each SSH signature must be by one of them", HelpName = "FILE",
    };

    /// <summary>Makes the verb.</summary>
    /// <param name="surroundings">What it runs with.</param>
    /// <returns>The verb.</returns>
    public static Verb Make(Surroundings surroundings) => new(
        "audit",
        "Write the whole audit trail as a file, and check such a file.",
        "odoosky audit export > audit.jsonl",
        "odoosky audit verify audit.jsonl") { Export(surroundings), Verify(surroundings) };

    private static Verb Export(Surroundings surroundings)
    {
        var export = new Verb(
            "export",
            "Write every change of every overlay as JSON Lines, each with the digest of the line before. The same commits and notes give the same bytes.",
            "odoosky audit export > audit.jsonl");
        CommonOptions.AddRepository(export);
        export.Does((parsed, cancellationToken) => Opening.WithAsync(
            parsed, surroundings, async open => Print(await open.Audit.SnapshotAsync(cancellationToken), surroundings.Terminal), cancellationToken));
        return export;
    }

    private static Verb Verify(Surroundings surroundings)
    {
        var verify = new Verb(
            "verify",
            "Check an export: its chain, each line against the repository, and the signatures of signed commits. Says the first line that is wrong.",
            "odoosky audit verify audit.jsonl",
            "odoosky audit verify audit.jsonl --signers allowed_signers") { ExportFile, Signers };
        CommonOptions.AddRepository(verify);
        verify.Does((parsed, cancellationToken) => Opening.WithAsync(
            parsed, surroundings, open => VerifyAsync(parsed, surroundings, open.Audit, cancellationToken), cancellationToken));
        return verify;
    }

    private static ExitCode Print(AuditSnapshot snapshot, Terminal terminal)
    {
        if (snapshot.Head.Notes is null) terminal.Say(AuditWords.NoNotes);
        foreach (var (line, _) in AuditChain.Lines(snapshot)) terminal.PrintBytes(Encoding.UTF8.GetBytes(line + "\n"));
        return ExitCode.Ok;
    }

    private static async Task<ExitCode> VerifyAsync(ParseResult parsed, Surroundings surroundings, AuditTrail audit, CancellationToken cancellationToken)
    {
        var (name, terminal) = (parsed.GetRequiredValue(ExportFile), surroundings.Terminal);
        using var reader = new StreamReader(name == "-" ? surroundings.Input : File.OpenRead(surroundings.PathOf(name)), new UTF8Encoding(false, throwOnInvalidBytes: false), detectEncodingFromByteOrderMarks: false);
        var signers = parsed.GetValue(Signers) is { } file ? surroundings.PathOf(file) : null;
        if (signers is not null && !File.Exists(signers)) throw new FileNotFoundException($"There is no file {signers}.");
        var verdict = await new AuditVerification(audit).VerifyAsync(await reader.ReadToEndAsync(cancellationToken), signers, cancellationToken);
        if (verdict.Wrong is { } wrong) terminal.Fail(WrongExport, FormattableString.Invariant($"{(name == "-" ? "stdin" : name)}:{wrong.Line}: {wrong.Why}."));
        if (terminal.IsForPrograms) terminal.PrintData(Data(verdict));
        else if (verdict.Wrong is null) terminal.Print($"{PlanWords.Count(verdict.Changes, "change")}, as the repository says them{Words(verdict.Signatures)}.");
        return verdict.Wrong is null ? ExitCode.Ok : ExitCode.Error;
    }

    private static string Words(ImmutableSortedDictionary<SignatureState, int> signatures) => signatures.IsEmpty
        ? "; no commit is signed"
        : "; signed commits: " + string.Join(", ", signatures.Select(pair => FormattableString.Invariant($"{pair.Value} {Word(pair.Key)}")));

    private static string Word(SignatureState state) => state switch
    {
        SignatureState.Good => "good",
        SignatureState.Bad => "bad",
        SignatureState.UnknownKey => "right, by a key that is not known here (--signers)",
        _ => "not checked (the key is not here, or --signers names no list)",
    };

    private static JsonObject Data(AuditVerdict verdict) => new()
    {
        ["changes"] = verdict.Changes,
        ["right"] = verdict.Wrong is null,
        ["line"] = verdict.Wrong?.Line,
        ["why"] = verdict.Wrong?.Why,
        ["signatures"] = new JsonObject(verdict.Signatures.Select(pair => KeyValuePair.Create(EnumWords.Word(pair.Key), (JsonNode?)pair.Value))),
    };
}
