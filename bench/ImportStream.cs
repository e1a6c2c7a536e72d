using System.Globalization;
using System.Text;

namespace OdooSky.GitOps.Bench;

/// <summary>Input for a bare <c>git fast-import</c>.</summary>
internal sealed class ImportStream : IDisposable
{
    private readonly MemoryStream text = new();

    /// <summary>Begins a commit.</summary>
    public ImportStream Commit(string reference, string? parent, string message, long seconds = 1_790_000_000)
    {
        Line($"commit {reference}\ncommitter Fleet <fleet@nordlicht.example> {seconds} +0000\ndata {Encoding.UTF8.GetByteCount(message)}\n{message}");
        if (parent is not null) Line($"from {parent}");
        return this;
    }

    /// <summary>Writes a file into the commit.</summary>
    public ImportStream File(string path, ReadOnlySpan<byte> content)
    {
        Line(string.Create(CultureInfo.InvariantCulture, $"M 100644 inline {path}\ndata {content.Length}"));
        text.Write(content);
        text.WriteByte((byte)'\n');
        return this;
    }

    public ImportStream File(string path, string content) => File(path, Encoding.UTF8.GetBytes(content));

    /// <summary>The whole input.</summary>
    public byte[] Bytes()
    {
        Line("done");
        return text.ToArray();
    }

    public void Dispose() => text.Dispose();

    private void Line(string line) => text.Write(Encoding.UTF8.GetBytes(line + "\n"));
}
