using System.Globalization;

namespace OdooSky.GitOps.Reconciler.Tests.Crashes;

/// <summary>
/// A script named <c>git</c>, for the front of PATH: it counts its calls, hands them to real git, and at a crash point kills
/// its whole process group: the program that called it, itself, and every git that runs. Pushes go to a <see cref="PushServer"/>.
/// </summary>
internal sealed class GitStandIn
{
    /// <summary>System calls that change names, lengths or content on a disk.</summary>
    public const string DiskCalls =
        "openat,open,creat,rename,renameat,renameat2,unlink,unlinkat,link,linkat,symlink,symlinkat,mkdir,mkdirat,rmdir,ftruncate,truncate,write,pwrite64,fsync,fdatasync,chmod,fchmod,fchmodat";

    private const string Killer = "|while read -r line; do case $line in *SIGKILL*) kill -9 0;; esac; done";

    private static readonly string RealGit = Environment.GetEnvironmentVariable("PATH")!.Split(':')
        .Select(folder => Path.Combine(folder, "git")).First(File.Exists);

    public GitStandIn(string folder, int port)
    {
        Folder = Directory.CreateDirectory(folder).FullName;
        WriteProgram("serve", $"#!/bin/bash\nexec 3<>/dev/tcp/127.0.0.1/{port}\ncat <&3 &\ncat >&3\nwait\n");
        Behave("");
    }

    public string Folder { get; }

    /// <summary>How many calls there were since it was last told how to behave.</summary>
    public int Calls => Directory.GetDirectories(Path.Combine(Folder, "calls")).Length;

    /// <summary>Writes each call's disk calls, all of them, to <see cref="LogOf"/>.</summary>
    public void Record() => Behave($"strace -f -qq -y -o '{Folder}/log.'$n -e trace={DiskCalls} {RealGit} \"$@\"; exit $?");

    public string LogOf(int call) => Path.Combine(Folder, string.Create(CultureInfo.InvariantCulture, $"log.{call}"));

    /// <summary>Kills at a point that lies in or beside a git call.</summary>
    public void KillAt(CrashPoint point) => Behave($"[ $n -ne {point.Call} ] || {{ {Act(point)}; }}");

    /// <summary>Only counts.</summary>
    public void CountOnly() => Behave("");

    /// <summary>How to start a program that is killed, with its children, at a system call of its own.</summary>
    public static string[] KillProgramAt(CrashPoint point) =>
    [
        "strace", "-f", "-qq", "-o", Killer, "-P", point.Path, "-e", "trace=" + point.SystemCall,
        "-e", $"inject={point.SystemCall}:signal=SIGKILL:when=1",
    ];

    private static string Act(CrashPoint point) => point.When switch
    {
        CrashWhen.BeforeGit => "kill -9 0",
        CrashWhen.AfterGit => $"{RealGit} \"$@\"; kill -9 0",
        _ => $"strace -f -qq -o '{Killer}' -e trace={point.SystemCall} -e inject={point.SystemCall}:signal=SIGKILL:when={point.Count} {RealGit} \"$@\"; exit $?",
    };

    private void Behave(string act)
    {
        var calls = Path.Combine(Folder, "calls");
        if (Directory.Exists(calls)) Directory.Delete(calls, recursive: true);
        Directory.CreateDirectory(calls);
        WriteProgram("git", $$"""
            #!/bin/sh
            n=1
            while ! mkdir "{{calls}}/$n" 2>/dev/null; do n=$((n + 1)); done
            for word; do
              shift; set -- "$@" "$word"
              [ "$word" != push ] || set -- "$@" '--receive-pack={{Folder}}/serve'
            done
            {{act}}
            exec {{RealGit}} "$@"

            """);
    }

    private void WriteProgram(string name, string text)
    {
        TestScript.Write(Path.Combine(Folder, name), text);
    }
}
