using OdooSky.GitOps.Overlay.Desired;

namespace OdooSky.GitOps.Reconciler.Desired;

/// <summary>Reads instance files while further ones are still on their way. For one caller at a time.</summary>
/// <param name="entries">The files that are on their way.</param>
internal sealed class DesiredAhead(IEnumerable<DesiredEntry> entries)
{
    private const int Together = 128;

    private readonly ILookup<string, DesiredEntry> byBlob = entries.ToLookup(entry => entry.Blob, StringComparer.Ordinal);
    private readonly List<Task<List<InstanceFile>>> reading = [];
    private List<(DesiredEntry Entry, ReadOnlyMemory<byte> Text)> next = [];

    /// <summary>Takes a text that has come; it is read soon, on another thread.</summary>
    /// <param name="blob">Its blob id; of any file.</param>
    /// <param name="text">Its bytes.</param>
    public void Take(string blob, ReadOnlyMemory<byte> text)
    {
        foreach (var entry in byBlob[blob]) next.Add((entry, text));
        if (next.Count >= Together) Read();
    }

    /// <summary>Waits for all that was taken.</summary>
    /// <returns>The files, in no order.</returns>
    public async Task<IEnumerable<InstanceFile>> EndAsync()
    {
        Read();
        return (await Task.WhenAll(reading)).SelectMany(files => files);
    }

    private void Read()
    {
        var batch = next;
        next = [];
        reading.Add(Task.Run(() => batch.ConvertAll(each => InstanceFile.Read(each.Entry.Path, each.Text, each.Entry.Blob))));
    }
}
