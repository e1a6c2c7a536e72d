using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Example;

/// <summary>The script of <c>filestore-chown</c>, extracted from the rendered manifest and run by dash on a real folder.</summary>
public sealed class FilestoreScriptTests : IDisposable
{
    private const string Mount = "/var/lib/odoo";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("odoosky-filestore-");

    private string Root => Path.Combine(folder.FullName, "odoo");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Whoever_wrote_the_files_they_become_Odoos_and_a_second_run_touches_nothing()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root gives files to another user.");
        await ShellAsync("""
            mkdir -p odoo/filestore/acme outside; cd odoo
            echo a >own; echo g >group; echo b >filestore/acme/seeded; echo c >tool; echo d >'a name with spaces'; echo e >../outside/file
            ln -s ../outside/file link
            chown -h 101:101 filestore filestore/acme filestore/acme/seeded link; chown 100:101 own; chown 100:0 group; chmod 660 group
            chmod 700 filestore; chmod 400 filestore/acme/seeded; chmod 660 own; chmod 700 tool; chmod 755 .
            chmod 604 ../outside/file; chown 7:7 ../outside/file
            """);

        Assert.Equal($"filestore-chown: {Root} belongs to 100:101, mode drwxrwxr-x\n", await RunAsync());

        Assert.Equal(
            [
                ". 100:101 775", "./a name with spaces 100:101 664", "./filestore 100:101 770", "./filestore/acme 100:101 775",
                "./filestore/acme/seeded 100:101 660", "./group 100:101 660", "./link 100:101 777", "./own 100:101 660",
                "./tool 100:101 770",
            ],
            await ListAsync("%n %u:%g %a"));
        Assert.Equal("7:7 604\n", await ShellAsync("stat -c '%u:%g %a' outside/file"));
        var changed = await ListAsync("%n %z");
        await RunAsync();
        Assert.Equal(changed, await ListAsync("%n %z"));
    }

    private async Task<string> RunAsync()
    {
        var scripts = (await Renderings.OfAsync("nothing but a code"))
            .Select(item => Assert.Single(item.Manifests.InitContainer("filestore-chown").Texts("args"))).ToList();
        Assert.Equal(scripts[0], scripts[1]);
        Assert.Equal(2, scripts[0].Split(Mount).Length);
        var run = await TestProgram.RunAsync("dash", ["-c", scripts[0].Replace(Mount, Root, StringComparison.Ordinal)]);
        Assert.True(run.ExitCode == 0, run.Errors);
        return run.Output;
    }

    private async Task<string[]> ListAsync(string format)
    {
        var listed = await ShellAsync($"cd odoo; find . | LC_ALL=C sort | while read -r name; do stat -c '{format}' \"$name\"; done");
        return listed.TrimEnd('\n').Split('\n');
    }

    private async Task<string> ShellAsync(string commands)
    {
        var run = await TestProgram.RunAsync("dash", ["-c", $"set -eu; umask 022; cd '{folder.FullName}'\n{commands}"]);
        Assert.True(run.ExitCode == 0, run.Errors);
        return run.Output;
    }
}
