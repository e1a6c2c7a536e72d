using System.Diagnostics;
using System.IO.Compression;
using System.Xml.Linq;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Deploy;

/// <summary>The program as a .NET tool: packed from what was built, installed from a folder and nothing else, and run.</summary>
public sealed class ToolTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("odoosky-tool-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void The_project_says_what_a_tool_needs()
    {
        var project = XDocument.Load(Path.Combine(ExampleRepo.Sources, "src", "Reconciler", "Reconciler.csproj"));

        Assert.Equal(
            ["OdooSky.GitOps", "true", "odoosky", "README.md"],
            ((string[])["PackageId", "PackAsTool", "ToolCommandName", "PackageReadmeFile"]).Select(name => project.Descendants(name).Single().Value));
    }

    [Fact]
    public async Task It_is_packed_installed_from_a_folder_alone_and_runs()
    {
        await DotnetAsync("pack", Path.Combine(ExampleRepo.Sources, "src", "Reconciler"), "--configuration", "Release", "--no-build", "--output", folder, "--nologo");
        var package = Path.Combine(folder, "OdooSky.GitOps.0.1.0.nupkg");
        await CheckAsync(package);
        await File.WriteAllTextAsync(
            Path.Combine(folder, "nuget.config"),
            $"<configuration><packageSources><clear/><add key=\"here\" value=\"{folder}\"/></packageSources></configuration>", Cancel);

        await DotnetAsync("tool", "install", "OdooSky.GitOps", "--tool-path", Path.Combine(folder, "bin"), "--configfile", Path.Combine(folder, "nuget.config"), "--version", "0.1.0");
        var version = await TestProgram.RunAsync(Path.Combine(folder, "bin", "odoosky"), ["--version"]);

        Assert.Equal((0, ""), (version.ExitCode, version.Errors));
        Assert.StartsWith("0.1.0", version.Output, StringComparison.Ordinal);
    }

    private static async Task CheckAsync(string package)
    {
        await using var zip = await ZipFile.OpenReadAsync(package, Cancel);
        var names = zip.Entries.Select(entry => entry.FullName).ToList();

        Assert.Contains("README.md", names);
        Assert.Contains("tools/net10.0/any/odoosky.dll", names);
        Assert.DoesNotContain(names, name => name.Contains("Sandbox", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".pdb", StringComparison.Ordinal) && name.Contains("Tests", StringComparison.Ordinal));
        Assert.InRange(new FileInfo(package).Length, 1_000_000, 60_000_000);
    }

    // A package folder of its own: nothing comes from what the machine has cached, nor from a server.
    private async Task DotnetAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        if (arguments[0] == "tool") start.Environment["NUGET_PACKAGES"] = Path.Combine(folder, "packages");
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(Cancel), process.StandardError.ReadToEndAsync(Cancel));
        await process.WaitForExitAsync(Cancel);
        Assert.True(process.ExitCode == 0, $"dotnet {string.Join(' ', arguments)}: {await output}{await errors}");
    }
}
