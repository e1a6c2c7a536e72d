using System.Diagnostics;
using System.Text;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests;

/// <summary>
/// Programs that tests write and run at once. Another process writes them: while this one had a file open for writing, a test beside it
/// could start a program that holds it open too, and then the kernel refuses to run it (<c>text file busy</c>).
/// </summary>
internal static class TestScript
{
    /// <summary>Writes a program that everybody may run.</summary>
    /// <param name="path">Where; what is there is written over.</param>
    /// <param name="text">All of it, from <c>#!</c> on.</param>
    public static void Write(string path, string text)
    {
        var start = new ProcessStartInfo("sh", ["-c", "cat >\"$0.new\" && chmod 755 \"$0.new\" && mv -f \"$0.new\" \"$0\"", path])
        {
            RedirectStandardInput = true, StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), UseShellExecute = false,
        };
        using var writer = Process.Start(start)!;
        writer.StandardInput.Write(text);
        writer.StandardInput.Close();
        writer.WaitForExit();
        Assert.Equal(0, writer.ExitCode);
    }
}
