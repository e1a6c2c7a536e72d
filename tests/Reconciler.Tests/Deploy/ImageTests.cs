using System.Diagnostics;
using System.Text.RegularExpressions;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Deploy;

/// <summary>
/// The Dockerfile, as far as it can be looked at without a builder of images: its instructions against the sources and the manifests,
/// and, in the long run, its own dotnet commands on nothing but what it copies.
/// </summary>
public sealed partial class ImageTests
{
    private static readonly string Folder = Path.Combine(ExampleRepo.Sources, "deploy");

    private static readonly List<(string Word, string Text)> Instructions =
    [
        .. Continued().Replace(string.Join('\n', File.ReadAllLines(Path.Combine(Folder, "Dockerfile")).Where(line => !line.StartsWith('#'))), " ")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => (line.Split(' ', 2)[0], line.Split(' ', 2)[1].Trim())),
    ];

    [Fact]
    public void It_is_built_in_two_stages_and_the_last_one_has_no_compiler()
    {
        var stages = All("FROM");

        Assert.Equal(["mcr.microsoft.com/dotnet/sdk:${DOTNET} AS build", "mcr.microsoft.com/dotnet/aspnet:${DOTNET} AS run"], stages);
        Assert.Contains("DOTNET=10.0", All("ARG"));
    }

    [Fact]
    public void Everything_that_is_copied_is_there_and_reaches_the_builder()
    {
        var sources = Copied().ToList();
        var let = File.ReadAllLines(Path.Combine(Folder, "Dockerfile.dockerignore")).Where(line => line.StartsWith('!')).Select(line => line[1..]).ToList();

        Assert.Equal(12, sources.Distinct().Count());
        Assert.All(sources, source => Assert.True(Path.Exists(Path.Combine(ExampleRepo.Sources, source)), source));
        Assert.All(sources, source => Assert.Contains(let, entry => source == entry || source.StartsWith(entry + "/", StringComparison.Ordinal)));
        Assert.All(let, entry => Assert.Contains(entry, sources));
    }

    [Fact]
    public void It_runs_as_a_number_that_is_not_root_and_nothing_is_done_as_root_after_that()
    {
        var user = Instructions.FindIndex(each => each.Word == "USER");

        Assert.Equal("1654:1654", Instructions[user].Text);
        Assert.DoesNotContain(Instructions.Skip(user), each => each.Word is "RUN" or "COPY" or "ADD");
    }

    [Fact]
    public void It_has_git_and_authorities_and_no_lists_of_packages()
    {
        var install = Assert.Single(All("RUN"), run => run.Contains("apt-get install", StringComparison.Ordinal));

        Assert.All((string[])["ca-certificates", "git", "openssh-client", "--no-install-recommends"], word => Assert.Contains($" {word} ", install, StringComparison.Ordinal));
        Assert.Contains("rm -rf /var/lib/apt/lists/*", install, StringComparison.Ordinal);
    }

    [Fact]
    public void It_starts_what_is_published_and_what_the_manifests_expect()
    {
        Assert.Equal("""["dotnet", "/app/odoosky.dll"]""", Assert.Single(All("ENTRYPOINT")));
        Assert.Equal("""["serve", "--urls", "http://0.0.0.0:8080"]""", Assert.Single(All("CMD")));
        Assert.Equal("8080", Assert.Single(All("EXPOSE")));
        Assert.Matches("ODOOSKY_CACHE=/var/cache/odoosky +ODOOSKY_CONFIG=/etc/odoosky/settings/odoosky.yaml +HOME=/tmp", Assert.Single(All("ENV")));
    }

    [Fact]
    public void No_secret_and_no_other_machine_is_in_it()
    {
        Assert.DoesNotContain(Instructions, each => each.Word is "ARG" or "ENV" && Secret().IsMatch(each.Text));
        Assert.DoesNotContain(Instructions, each => each.Word == "ADD" || each.Text.Contains("curl", StringComparison.Ordinal) || each.Text.Contains("wget", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_version_is_the_same_everywhere()
    {
        var version = VersionElement().Match(await File.ReadAllTextAsync(Path.Combine(ExampleRepo.Sources, "Directory.Build.props"))).Groups[1].Value;
        var chart = await File.ReadAllTextAsync(Path.Combine(Deployables.Chart, "Chart.yaml"));

        Assert.Contains($"image.version=\"{version}\"", string.Join(' ', All("LABEL")), StringComparison.Ordinal);
        Assert.Contains($"appVersion: {version}\n", chart, StringComparison.Ordinal);
        Assert.All(
            (await Deployables.KustomizeAsync("base")).Where(item => item.Text("kind") == "Deployment"),
            item => Assert.Equal($"odoosky-gitops:{version}", item.At("spec.template.spec")!.List("containers")[0].Text("image")));
    }

    [Fact]
    public async Task Its_commands_publish_a_program_that_runs()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("ODOOSKY_TEST_LONG") is not null, "publishes the program anew: ./test --long");
        var folder = Directory.CreateTempSubdirectory("odoosky-image-").FullName;
        foreach (var source in Copied().Distinct()) Copy(source, folder);
        var app = Path.Combine(folder, "app");
        foreach (var command in All("RUN").Where(run => run.StartsWith("dotnet ", StringComparison.Ordinal)))
        {
            var words = command.Replace("/app", app, StringComparison.Ordinal).Replace("${REVISION}", "0123abcd", StringComparison.Ordinal).Split(' ');
            var start = new ProcessStartInfo("dotnet", words[1..]) { UseShellExecute = false, WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
            using var process = Process.Start(start)!;
            var said = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            Assert.True(process.ExitCode == 0, $"{command}: {said}");
        }

        var version = await TestProgram.RunAsync("dotnet", [Path.Combine(app, "odoosky.dll"), "--version"]);

        Directory.Delete(folder, recursive: true);
        Assert.StartsWith("0.1.0+0123abcd", version.Output, StringComparison.Ordinal);
    }

    private static List<string> All(string word) => [.. Instructions.Where(each => each.Word == word).Select(each => each.Text)];

    private static IEnumerable<string> Copied() => All("COPY").Where(copy => !copy.StartsWith("--from", StringComparison.Ordinal)).SelectMany(copy => copy.Split(' ')[..^1]);

    private static void Copy(string source, string folder)
    {
        var from = Path.Combine(ExampleRepo.Sources, source);
        IEnumerable<string> files = File.Exists(from) ? [from] : Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories);
        foreach (var file in files.Where(file => !file.Split('/').Any(part => part is "bin" or "obj")))
        {
            var to = Path.Combine(folder, Path.GetRelativePath(ExampleRepo.Sources, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to, overwrite: true);
        }
    }

    [GeneratedRegex(@" *\\\n\s*")]
    private static partial Regex Continued();

    [GeneratedRegex("(?i)token|password|secret|credential|key")]
    private static partial Regex Secret();

    [GeneratedRegex("<Version>(.*)</Version>")]
    private static partial Regex VersionElement();
}
