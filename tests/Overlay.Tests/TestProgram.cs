using OdooSky.GitOps.Overlay.Tests.Helm.Hostile;
using Xunit.MicrosoftTestingPlatform;

namespace OdooSky.GitOps.Overlay.Tests;

/// <summary>Runs the tests, or is the child that one of them starts.</summary>
internal static class TestProgram
{
    public static async Task<int> Main(string[] arguments) => arguments is [HostileChild.Verb, var way, var file]
        ? HostileChild.Run(way, file)
        : await TestPlatformTestFramework.RunAsync(arguments, SelfRegisteredExtensions.AddSelfRegisteredExtensions);
}
