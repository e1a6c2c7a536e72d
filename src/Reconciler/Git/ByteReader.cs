namespace OdooSky.GitOps.Reconciler.Git;

/// <summary>Reads parts that end with a byte, and parts of a known length, from a pipe.</summary>
internal sealed class ByteReader(Stream stream)
{
    private const int LongestPart = 1024 * 1024;

    private byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;

    /// <summary>The bytes before the next <paramref name="delimiter"/>, valid until the next read; null at the end.</summary>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadToAsync(byte delimiter, CancellationToken cancellation)
    {
        for (var searched = 0; ;)
        {
            var found = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf(delimiter);
            if (found >= 0)
            {
                var part = _buffer.AsMemory(_start, searched + found);
                _start += searched + found + 1;
                return part;
            }

            searched = _end - _start;
            if (!await FillAsync(cancellation))
            {
                return searched == 0 ? null : throw new EndOfStreamException("The output ends in the middle of a part.");
            }
        }
    }

    public async ValueTask ReadExactlyAsync(Memory<byte> target, CancellationToken cancellation)
    {
        var ready = Math.Min(target.Length, _end - _start);
        _buffer.AsMemory(_start, ready).CopyTo(target);
        _start += ready;
        await stream.ReadExactlyAsync(target[ready..], cancellation);
    }

    public async ValueTask SkipAsync(long count, CancellationToken cancellation)
    {
        while (count > _end - _start)
        {
            count -= _end - _start;
            _start = _end;
            if (!await FillAsync(cancellation))
            {
                throw new EndOfStreamException("The output ends in the middle of an object.");
            }
        }

        _start += (int)count;
    }

    private async ValueTask<bool> FillAsync(CancellationToken cancellation)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _end < LongestPart ? _end * 2 : throw new IOException("A part of the output is too long."));
        }

        var count = await stream.ReadAsync(_buffer.AsMemory(_end), cancellation);
        _end += count;
        return count > 0;
    }
}
