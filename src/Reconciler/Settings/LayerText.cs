using System.Text;
using OdooSky.GitOps.Overlay.Desired;

namespace OdooSky.GitOps.Reconciler.Settings;

/// <summary>Writes a flag's or a variable's text as the file that would say the same.</summary>
internal static class LayerText
{
    public static string GitOps(SettingField field, string text) => Write("GitOps", field.Key, Value(field.Form, text));

    public static string Service(SettingField field, string text, string target)
    {
        var key = SettingField.Target.Contains(field) ? $"targets.{target}.{field.Key}" : field.Key;
        return Write("Settings", key, Value(field.Form, text));
    }

    private static string Write(string kind, string path, string value)
    {
        var file = new StringBuilder().Append("apiVersion: ").Append(StrictFile.ApiVersion).Append("\nkind: ").Append(kind).Append('\n');
        var keys = path.Split('.');
        for (var depth = 0; depth < keys.Length; depth++)
            file.Append(' ', depth * 2).Append(keys[depth]).Append(':').Append(depth == keys.Length - 1 ? $" {value}\n" : "\n");
        return file.ToString();
    }

    private static string Value(FieldForm form, string text) => form switch
    {
        FieldForm.List => "[" + string.Join(", ", Items(text).Select(Quoted)) + "]",
        FieldForm.Literal when text.Length > 0 && text.All(char.IsAsciiLetterOrDigit) => text,
        _ => Quoted(text),
    };

    private static string[] Items(string text) => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
            if (char.IsControl(c)) quoted.Append("\\x").Append(((int)c).ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
            else quoted.Append(c is '"' or '\\' ? "\\" : string.Empty).Append(c);
        return quoted.Append('"').ToString();
    }
}
