using System.Text;

namespace OdooSky.GitOps.Overlay.Helm;

/// <summary>The text of an argument, read from the front.</summary>
internal sealed class SetReader(string text, bool hasEscapes)
{
    private int position;

    public bool AtEnd => position == text.Length;

    public ReadOnlySpan<char> Rest => text.AsSpan(position);

    public void Skip(int count) => position += count;

    /// <summary>Reads up to one of some characters, which is taken too; a backslash makes the next character plain.</summary>
    /// <param name="stops">The characters.</param>
    /// <param name="stop">The one found, or <c>\0</c> at the end of the text (a text cannot hold that one).</param>
    public string Until(string stops, out char stop)
    {
        var read = new StringBuilder();
        while (position < text.Length)
        {
            stop = text[position++];
            if (stops.Contains(stop, StringComparison.Ordinal)) return read.ToString();
            if (stop == '\\' && hasEscapes)
            {
                if (AtEnd) break;
                stop = text[position++];
            }

            read.Append(stop);
        }

        stop = '\0';
        return read.ToString();
    }

    public bool Take(char wanted)
    {
        if (AtEnd || text[position] != wanted) return false;
        position++;
        return true;
    }

    /// <summary>Over blanks and one comma; whether a value was missing there.</summary>
    public bool SkipEmpty()
    {
        while (!AtEnd)
        {
            if (Take(',')) return true;
            if (!char.IsWhiteSpace(text[position])) return false;
            position++;
        }

        return true;
    }
}
