namespace OdooSky.GitOps.Reconciler.Tests.Example;

/// <summary>The chart that the assertions look at: the example's, or for a while a copy of it with one fault.</summary>
internal static class ChartUnderTest
{
    private static readonly AsyncLocal<string?> Other = new();

    public static string Folder => Other.Value ?? ExampleRepo.Chart;

    public static bool IsTheExamples => Other.Value is null;

    /// <summary>Runs an assertion on another chart. What runs beside it still sees the example's.</summary>
    public static async Task LookAtAsync(string folder, Func<Task> assertion)
    {
        Other.Value = folder;
        await assertion();
    }

    /// <summary>Copies a chart, or any folder of text files.</summary>
    public static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
