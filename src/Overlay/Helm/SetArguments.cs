using System.Collections.Immutable;
using System.Text;

namespace OdooSky.GitOps.Overlay.Helm;

/// <summary><c>--set</c> and its kin on top of the merged files; Helm applies them by kind, whatever their order.</summary>
internal static class SetArguments
{
    /// <summary>The kinds in the order in which Helm applies them.</summary>
    private static readonly ImmutableArray<string> Kinds = ["--set-json", "--set", "--set-string", "--set-literal"];

    public static HelmReading<HelmMap> Apply(ImmutableArray<string> arguments, HelmMap user, HelmVersion version)
    {
        var pairs = new List<(string Kind, string Text)>();
        for (var i = 0; i < arguments.Length; i++)
        {
            var equals = arguments[i].IndexOf('=', StringComparison.Ordinal);
            var kind = equals < 0 ? arguments[i] : arguments[i][..equals];
            if (!Kinds.Contains(kind, StringComparer.Ordinal)) return Unknown(kind);
            if (equals < 0 && ++i == arguments.Length) return new(Failure(FailureKind.HelmFails, "argument", $"{kind} needs a value."));
            pairs.Add((kind, equals < 0 ? arguments[i] : arguments[i][(equals + 1)..]));
        }

        return ApplyInOrder(pairs, user, version);
    }

    private static HelmReading<HelmMap> ApplyInOrder(List<(string Kind, string Text)> pairs, HelmMap user, HelmVersion version)
    {
        var target = new SetMap(user);
        foreach (var kind in Kinds)
        {
            foreach (var (_, text) in pairs.Where(pair => string.Equals(pair.Kind, kind, StringComparison.Ordinal)))
            {
                if (!text.EnumerateRunes().All(rune => rune != Rune.ReplacementChar))
                    return new(Failure(FailureKind.Refused, "argument-text", $"{kind} holds characters that are not certain (U+FFFD)."));
                var error = ApplyOne(kind, text, ref target, version);
                if (error is not null) return new(Failure(error.Kind, error.Rule, $"{kind} {text}: {error.Message}"));
            }
        }

        return new((HelmMap)target.ToValue());
    }

    private static SetError? ApplyOne(string kind, string text, ref SetMap target, HelmVersion version)
    {
        if (kind is "--set-json" && text.AsSpan().Trim().StartsWith("{"))
        {
            if (!version.SplitsDocuments) return new(FailureKind.Refused, "set-json-object", "Helm 3 reads a JSON object here only from some version on.");
            var error = SetJson.TryParse(Encoding.UTF8.GetBytes(text.Trim()), out var value, out var length);
            if (error is not null) return error;
            if (value is not HelmMap map || Encoding.UTF8.GetByteCount(text.Trim()) != length) return SetError.Fails("the text is not one JSON object.");
            target = new SetMap(MapJoin.Merge((HelmMap)target.ToValue(), map));
            return null;
        }

        return new SetParser(text, kind, version).Apply(target);
    }

    private static HelmReading<HelmMap> Unknown(string kind) => kind is "--set-file"
        ? new(Failure(FailureKind.Refused, "set-file", "--set-file names a file, which is not read here."))
        : new(Failure(FailureKind.Refused, "argument", $"The argument {kind} is not one of {string.Join(", ", Kinds)}."));

    private static HelmFailure Failure(FailureKind kind, string rule, string message) => new(kind, rule, message, -2, 0, 0);
}
