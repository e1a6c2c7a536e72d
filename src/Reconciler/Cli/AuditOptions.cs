using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using OdooSky.GitOps.Overlay.Desired;

namespace OdooSky.GitOps.Reconciler.Cli;

/// <summary>What the audit verbs share: the instance, and times.</summary>
internal static class AuditOptions
{
    private static readonly string[] Forms = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm'Z'", "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:sszzz"];

    /// <summary>Makes the argument that names an instance.</summary>
    /// <returns>An argument.</returns>
    public static Argument<InstanceCode> Code() => new("CODE") { Description = "the instance's code", CustomParser = ReadCode };

    /// <summary>Makes an argument that may name an instance.</summary>
    /// <returns>An argument.</returns>
    public static Argument<InstanceCode?> MaybeCode() =>
        new("CODE") { Description = "the instance's code (default: all)", Arity = ArgumentArity.ZeroOrOne, CustomParser = ReadCode };

    /// <summary>Makes an option that takes a month.</summary>
    /// <returns>An option.</returns>
    public static Option<DateTimeOffset?> Month() => new("--month") { Description = "the month, in UTC (default: this one)", HelpName = "YYYY-MM", CustomParser = ReadMonth };

    /// <summary>Makes an option that takes a time.</summary>
    /// <param name="name">Its name with the hyphens.</param>
    /// <param name="description">What it is for.</param>
    /// <returns>An option.</returns>
    public static Option<DateTimeOffset?> Time(string name, string description) => new(name) { Description = description, HelpName = "TIME", CustomParser = ReadTime };

    /// <summary>Reads a time.</summary>
    /// <param name="text">What a person wrote.</param>
    /// <returns>The time, UTC where no zone is written; null when it is none.</returns>
    public static DateTimeOffset? TryTime(string text) =>
        DateTimeOffset.TryParseExact(text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    private static InstanceCode? ReadCode(ArgumentResult result)
    {
        var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : string.Empty;
        if (InstanceCode.TryParse(text) is { } code) return code;
        result.AddError($"{text} is no instance code.");
        return null;
    }

    private static DateTimeOffset? ReadMonth(ArgumentResult result)
    {
        var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : string.Empty;
        if (DateTimeOffset.TryParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var month)) return month;
        result.AddError($"{text} is no month; write 2026-11.");
        return null;
    }

    private static DateTimeOffset? ReadTime(ArgumentResult result)
    {
        var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : string.Empty;
        if (TryTime(text) is { } time) return time;
        result.AddError($"{text} is no time; write 2026-11-20 or 2026-11-20T10:00:00Z (UTC unless a zone stands behind it).");
        return null;
    }
}
