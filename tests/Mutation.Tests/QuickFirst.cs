using OdooSky.GitOps.Overlay.Tests;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(QuickFirst))]

namespace OdooSky.GitOps.Overlay.Tests;

/// <summary>Runs the vectors last: the first failure ends a mutant, and the small tables find most of them sooner.</summary>
public sealed class QuickFirst : ITestCollectionOrderer
{
    /// <inheritdoc/>
    public IReadOnlyCollection<T> OrderTestCollections<T>(IReadOnlyCollection<T> testCollections)
        where T : ITestCollection =>
        [.. testCollections.OrderBy(each => each.TestCollectionDisplayName.Contains("Vector", StringComparison.Ordinal)).ThenBy(each => each.TestCollectionDisplayName, StringComparer.Ordinal)];
}
