using System.Buffers;
using System.IO.Compression;

namespace EOrda.Documents.Content;

/// <summary>Inflates the streams of a PDF file, one window at a time, and looks for names in what comes out.</summary>
internal static class PdfStreams
{
    /// <summary>Thirty pages scanned at 300 dots an inch in grey come to some 260 MB; a file that inflates to more is not looked into.</summary>
    private const long MostInflated = 300L * 1024 * 1024;

    /// <summary>Streams do not overlap in an honest file, so what is offered to inflate is no more than the file; more than this is a trick.</summary>
    private const long MostOffered = 6L * DocumentInspection.MostBytes;

    private const int Window = 128 * 1024;

    private static ReadOnlySpan<byte> Keyword => "stream"u8;

    private static ReadOnlySpan<byte> EndKeyword => "endstream"u8;

    public static DocumentFault? Find(ReadOnlySpan<byte> content)
    {
        var file = content.ToArray();
        var window = ArrayPool<byte>.Shared.Rent(Window);
        try
        {
            return Find(file, window);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(window);
        }
    }

    private static DocumentFault? Find(byte[] file, byte[] window)
    {
        var inflated = 0L;
        var offered = 0L;
        for (var at = NextBody(file, 0); at >= 0; at = NextBody(file, at))
        {
            var length = LengthOfBody(file, at);
            if (!LooksDeflated(file.AsSpan(at, length)))
                continue;
            offered += length;
            if (offered > MostOffered)
                return DocumentFault.Opaque;
            if (FindInflated(file, at, length, window, ref inflated) is { } fault)
                return fault;
        }

        return null;
    }

    /// <summary>Where the next stream's bytes begin, or -1.</summary>
    private static int NextBody(ReadOnlySpan<byte> file, int from)
    {
        while (true)
        {
            var found = file[from..].IndexOf(Keyword);
            if (found < 0)
                return -1;
            from += found + Keyword.Length;
            if (from < file.Length && file[from] == '\n')
                return from + 1;
            if (from < file.Length && file[from] == '\r')
                return from + 1 < file.Length && file[from + 1] == '\n' ? from + 2 : from + 1;
        }
    }

    private static int LengthOfBody(ReadOnlySpan<byte> file, int at)
    {
        var end = file[at..].IndexOf(EndKeyword);
        return end < 0 ? file.Length - at : end;
    }

    /// <summary>The two bytes before deflated data: the method 8, and together a multiple of 31.</summary>
    private static bool LooksDeflated(ReadOnlySpan<byte> body) => body.Length > 2 && (body[0] & 0x0F) == 8 && ((body[0] << 8) | body[1]) % 31 == 0;

    private static DocumentFault? FindInflated(byte[] file, int at, int length, byte[] window, ref long inflated)
    {
        using var body = new MemoryStream(file, at, length, writable: false);
        using var stream = new ZLibStream(body, CompressionMode.Decompress);
        var kept = 0;
        while (true)
        {
            int read;
            try
            {
                read = stream.Read(window, kept, window.Length - kept);
            }
            catch (InvalidDataException)
            {
                // Readers show what they could inflate before the damage, so that much is looked at.
                read = 0;
            }

            inflated += read;
            if (inflated > MostInflated)
                return DocumentFault.Opaque;
            var filled = kept + read;
            if (PdfNames.Find(window.AsSpan(0, filled), isLast: read == 0, out var done) is { } fault)
                return fault;
            if (read == 0)
                return null;
            kept = filled - done;
            window.AsSpan(done, kept).CopyTo(window);
        }
    }
}
