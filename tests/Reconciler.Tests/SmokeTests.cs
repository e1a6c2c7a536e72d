using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests;

public sealed class SmokeTests
{
    [Fact]
    public void The_program_has_its_name() => Assert.Equal("odoosky", typeof(Program).Assembly.GetName().Name);
}
