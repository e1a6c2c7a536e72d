using System.Collections.Immutable;
using System.Diagnostics;
using System.Text;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Reconciler.Git;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Git;

/// <summary>A real bare repository in a folder of its own, worked on with git itself, and caches beside it.</summary>
internal sealed class RemoteRepository : IDisposable
{
    public static readonly RefName Main = RefName.TryBranch("main")!;
    public static readonly RefName Work = RefName.TryBranch("odoosky/prod/i-acme")!;
    public static readonly Identity Robot = Identity.TryParse("OdooSky GitOps", "odoosky@acme.example")!;
    public static readonly GitDate Noon = new(1767225600, "+0100");

    public RemoteRepository(string format = "sha1")
    {
        Folder = Directory.CreateTempSubdirectory("odoosky-git-").FullName;
        Path = System.IO.Path.Combine(Folder, "fleet.git");
        Git("init", "--quiet", "--bare", "--initial-branch=main", "--object-format=" + format, Path);
    }

    public string Folder { get; }

    public string Path { get; }

    public RemoteAddress Address => RemoteAddress.Read(Path, new Place("test")).Address!;

    public static RepositoryPath At(string path) => RepositoryPath.TryParse(path)!;

    public static ImmutableArray<RefPattern> Only(params RefName[] names) => [.. names.Select(RefPattern.Exactly)];

    public Repository Open(string cache = "cache", TimeProvider? time = null, GitLimits? limits = null) =>
        new(new GitProgram(time ?? TimeProvider.System, limits ?? new GitLimits()), Address, System.IO.Path.Combine(Folder, cache), Repository.NoCredentials);

    public string CacheOf(string cache = "cache") => System.IO.Path.Combine(Folder, cache, Address.CacheName);

    /// <summary>Commits files on top of a branch with fast-import; content null deletes; "mode:path" sets a mode.</summary>
    public ObjectId Commit(string branch, string message, params (string Path, string? Content)[] files)
    {
        var text = new StringBuilder();
        var parent = TryGit("rev-parse", "--verify", "--quiet", "refs/heads/" + branch).Output.Trim();
        text.Append($"commit refs/heads/{branch}\ncommitter Ann <ann@acme.example> 1767225600 +0100\ndata {Encoding.UTF8.GetByteCount(message)}\n{message}\n");
        text.Append(parent.Length > 0 ? $"from {parent}\n" : "");
        foreach (var (path, content) in files)
        {
            var mode = path.Contains(':', StringComparison.Ordinal) ? path.Split(':')[0] : "100644";
            var name = path[(path.IndexOf(':', StringComparison.Ordinal) + 1)..];
            text.Append(content is null ? $"D {name}\n"
                : mode == "160000" ? $"M {mode} {content} {name}\n"
                : $"M {mode} inline {name}\ndata {Encoding.UTF8.GetByteCount(content)}\n{content}\n");
        }

        Run(text.ToString(), "--git-dir=" + Path, "fast-import", "--quiet", "--force");
        return IdOf("refs/heads/" + branch)!;
    }

    /// <summary>What fast-import answers to a stream of commands.</summary>
    public string Import(string commands)
    {
        var (exit, output) = Run(commands, "--git-dir=" + Path, "fast-import", "--quiet", "--force");
        Assert.True(exit == 0, output);
        return output;
    }

    public ObjectId? IdOf(string name) => ObjectId.TryParse(TryGit("rev-parse", "--verify", "--quiet", name).Output.Trim());

    /// <summary>git on the remote; fails the test when git fails.</summary>
    public string Git(params string[] arguments)
    {
        var (exit, output) = TryGit(arguments);
        Assert.True(exit == 0, $"git {string.Join(' ', arguments)} ended with {exit}: {output}");
        return output;
    }

    public (int Exit, string Output) TryGit(params string[] arguments) => Run("", ["--git-dir=" + Path, .. arguments]);

    public void AddHook(string name, string script)
    {
        Directory.CreateDirectory(System.IO.Path.Combine(Path, "hooks"));
        TestScript.Write(System.IO.Path.Combine(Path, "hooks", name), "#!/bin/sh\n" + script + "\n");
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static (int Exit, string Output) Run(string input, params string[] arguments)
    {
        var start = new ProcessStartInfo("git") { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
        start.Environment["GIT_CONFIG_NOSYSTEM"] = "1";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        process.WaitForExit();
        return (process.ExitCode, output.Result.Length > 0 ? output.Result : errors.Result);
    }
}
