namespace EOrda.Cli.Replay;

/// <summary>The lines of a stream, one after another, each seen in place. A line has at most 16 MiB.</summary>
internal sealed class LineReader(Stream input)
{
    private const int MostBytes = 1 << 24;

    private byte[] buffer = new byte[1 << 18];
    private int start;
    private int end;
    private bool atEnd;

    /// <summary>The next line without its end; false after the last. The bytes are good until the next call.</summary>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        var searched = start;
        while (true)
        {
            var found = buffer.AsSpan(searched, end - searched).IndexOf((byte)'\n');
            if (found >= 0 || (atEnd && end > start))
            {
                var stop = found >= 0 ? searched + found : end;
                line = buffer.AsSpan(start, stop - start);
                start = found >= 0 ? stop + 1 : end;
                return true;
            }

            if (atEnd)
            {
                line = default;
                return false;
            }

            searched = end - start;
            Fill();
        }
    }

    private void Fill()
    {
        buffer.AsSpan(start, end - start).CopyTo(buffer);
        end -= start;
        start = 0;
        if (end == buffer.Length)
        {
            if (end >= MostBytes)
            {
                throw new MalformedLineException($"longer than {MostBytes} bytes");
            }

            Array.Resize(ref buffer, buffer.Length * 2);
        }

        var read = input.Read(buffer, end, buffer.Length - end);
        atEnd = read == 0;
        end += read;
    }
}
