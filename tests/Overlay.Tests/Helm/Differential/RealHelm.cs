using System.Diagnostics;
using System.Globalization;
using System.Text;
using Xunit;

namespace OdooSky.GitOps.Overlay.Tests.Helm.Differential;

/// <summary>The real program, which ./test installs.</summary>
internal sealed class RealHelm
{
    /// <summary>Answers many texts in one run: the same Unmarshal as for values files, without Helm 4's cutting.</summary>
    private const string FromYaml = """
        kind: ConfigMap
        apiVersion: v1
        metadata: {name: answers}
        {{- range $i, $text := .Values.texts }}
        {{- $read := fromYaml (b64dec $text) }}
        # {{ $i }} {{ if hasKey $read "Error" }}! {{ index $read "Error" | toString | b64enc }}{{ else }}= {{ toJson $read | b64enc }}{{ end }}
        {{- end }}
        """;

    private readonly string program;

    private RealHelm(string program) => this.program = program;

    public static RealHelm Three => new(Find("helm3"));

    public static RealHelm Four => new(Find("helm4"));

    /// <summary>What Helm reads each text as: JSON, or null where it fails.</summary>
    public string?[] Read(IReadOnlyList<byte[]> texts)
    {
        using var folder = new ScratchFolder();
        folder.WriteChart(FromYaml);
        folder.Write("texts.yaml", "texts:\n" + string.Concat(texts.Select(text => $"- \"{Convert.ToBase64String(text)}\"\n")));
        var (output, errors, code) = Run(folder, "template", "x", "chart", "-f", "texts.yaml");
        Assert.True(code == 0, errors);
        var answers = new string?[texts.Count];
        var count = 0;
        foreach (var line in output.Split('\n').Where(line => line.StartsWith("# ", StringComparison.Ordinal) && line.Contains(' ', StringComparison.Ordinal)))
        {
            var parts = line.Split(' ');
            if (parts.Length < 4) continue;
            count++;
            if (parts[2] is "=") answers[int.Parse(parts[1], CultureInfo.InvariantCulture)] = Encoding.UTF8.GetString(Convert.FromBase64String(parts[3]));
        }

        Assert.Equal(texts.Count, count);
        return answers;
    }

    /// <summary>Runs <c>helm</c> in a folder.</summary>
    public (string Output, string Errors, int Code) Run(ScratchFolder folder, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder.Path,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (output, errors.GetAwaiter().GetResult(), process.ExitCode);
    }

    private static string Find(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(System.IO.Path.Combine(folder.FullName, "OdooSky.GitOps.sln"))) continue;
            var file = System.IO.Path.Combine(folder.FullName, ".tools", name);
            Assert.True(File.Exists(file), $"Real Helm is missing at {file}. ./test installs it; or run tests/tools/install.");
            return file;
        }

        throw new DirectoryNotFoundException("The tests do not stand inside the repository.");
    }
}

/// <summary>A folder that goes away with its test.</summary>
internal sealed class ScratchFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("odoosky-helm-").FullName;

    public void Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    public void Write(string name, byte[] bytes)
    {
        var file = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, bytes);
    }

    public void WriteChart(string template)
    {
        Write("chart/Chart.yaml", "apiVersion: v2\nname: answers\nversion: 1.0.0\n");
        Write("chart/templates/answers.yaml", template);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
