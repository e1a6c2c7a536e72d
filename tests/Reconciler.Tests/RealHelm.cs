using System.Collections.Immutable;
using System.Diagnostics;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests;

/// <summary>What a program left behind.</summary>
internal sealed record ProgramRun(int ExitCode, string Output, string Errors);

/// <summary>The real Helm, in both majors. tests/tools/install puts it where it is looked for.</summary>
internal sealed class RealHelm
{
    private readonly string path;

    private RealHelm(string name, string version, string file) => (Name, Version, path) = (name, version, file);

    public static RealHelm Three { get; } = new("Helm 3", "3.17.3", "helm3");

    public static RealHelm Four { get; } = new("Helm 4", "4.2.3", "helm4");

    public static ImmutableArray<RealHelm> Both { get; } = [Three, Four];

    public string Name { get; }

    /// <summary>As <c>odoosky hash --helm</c> takes it.</summary>
    public string Version { get; }

    /// <summary>Renders a chart with values files in the order of <c>--values</c>; the test fails when Helm does.</summary>
    public async Task<RenderedManifests> RenderAsync(string chart, IEnumerable<string> valueFiles, params string[] arguments)
    {
        var run = await TemplateAsync(chart, [.. valueFiles.SelectMany(file => new[] { "--values", file }), .. arguments], string.Empty);
        return Read(run);
    }

    /// <summary>Renders a chart with one overlay given as text.</summary>
    public async Task<RenderedManifests> RenderTextAsync(string chart, string overlay, params string[] arguments) =>
        Read(await TemplateTextAsync(chart, overlay, arguments));

    /// <summary>The same, for overlays that Helm may refuse.</summary>
    public Task<ProgramRun> TemplateTextAsync(string chart, string overlay, params string[] arguments) =>
        TemplateAsync(chart, ["--values", "-", .. arguments], overlay);

    public Task<ProgramRun> LintAsync(string chart, string overlay) =>
        RunAsync(["lint", chart, "--strict", "--values", overlay], string.Empty);

    public Task<ProgramRun> RunAsync(IEnumerable<string> arguments, string input) => TestTool.RunAsync(path, arguments, input);

    public override string ToString() => Name;

    private Task<ProgramRun> TemplateAsync(string chart, IEnumerable<string> arguments, string input) =>
        RunAsync(["template", "release", chart, "--namespace", "odoo-test", .. arguments], input);

    private RenderedManifests Read(ProgramRun run)
    {
        Assert.True(run.ExitCode == 0, $"{Name}: {run.Errors}");
        return RenderedManifests.Parse(run.Output);
    }
}

/// <summary>Programs under <c>.tools</c>.</summary>
internal static class TestTool
{
    public static async Task<ProgramRun> RunAsync(string tool, IEnumerable<string> arguments, string input)
    {
        var program = Path.Combine(ExampleRepo.Sources, ".tools", tool);
        Assert.True(File.Exists(program), $"{tool} is missing; run ./test, which installs it.");
        return await TestProgram.RunAsync(program, arguments, input);
    }
}

/// <summary>Programs of the machine.</summary>
internal static class TestProgram
{
    public static async Task<ProgramRun> RunAsync(string program, IEnumerable<string> arguments, string input = "")
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return new ProgramRun(process.ExitCode, await output, await errors);
    }
}

/// <summary>The files of <c>examples/repo</c>, where they stand in the sources.</summary>
internal static class ExampleRepo
{
    /// <summary>The root of the sources.</summary>
    public static string Sources { get; } = FindSources();

    public static string Root { get; } = Path.Combine(Sources, "examples", "repo");

    public static string Chart { get; } = Path.Combine(Root, "charts", "instance");

    public static ImmutableArray<string> Overlays { get; } = ["alpenhof", "bluefin", "cobalt", "driftwood", "eastgate"];

    public static string Overlay(string code) => Path.Combine(Root, "instances", code, "values.yaml");

    private static string FindSources()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "OdooSky.GitOps.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests do not lie in the sources.");
    }
}
