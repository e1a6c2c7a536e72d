using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Xunit;

namespace OdooSky.GitOps.Overlay.Tests.Document;

/// <summary>Makes every case once and shows it to every property; a property's test then says which case broke it.</summary>
public sealed class EditSweep
{
    private readonly ConcurrentDictionary<string, (int Seed, string What)> failures = new();

    public EditSweep()
    {
        var files = Environment.GetEnvironmentVariable("ODOOSKY_TEST_LONG") is null ? 20_000 : 400_000;
        Parallel.For(0, files, Look);
        Files = files;
    }

    public int Files { get; }

    public void AssertHolds([CallerMemberName] string property = "")
    {
        Assert.Contains(property, EditProperties.All.Keys);
        if (failures.TryGetValue("making the case", out var unmade)) Assert.Fail(unmade.What);
        if (failures.TryGetValue(property, out var failure)) Assert.Fail(failure.What);
    }

    private void Look(int seed)
    {
        EditedFile? file = null;
        Try(seed, "making the case", () => file = new EditedFile(seed));
        if (file is null) return;
        foreach (var (name, property) in EditProperties.All) Try(seed, name, () => property(file));
    }

    private void Try(int seed, string name, Action act)
    {
        if (Record.Exception(act) is not { } failure) return;
        var what = string.Create(CultureInfo.InvariantCulture, $"seed {seed}: {failure.Message}\n{Encoding.UTF8.GetString(new GeneratedOverlay(seed).Text)}");
        failures.AddOrUpdate(name, (seed, what), (_, known) => known.Seed <= seed ? known : (seed, what));
    }
}
