using System.Buffers.Binary;

namespace EOrda.Documents.Content;

/// <summary>Walks a JPEG picture's segments from its start to its end mark.</summary>
/// <remarks>What phones append after the end (a second picture, their own data) is left to <see cref="SecondFormats"/>: a rule that forbids it would refuse every other photograph.</remarks>
internal static class JpegInspection
{
    private const byte Mark = 0xFF;
    private const byte EndOfImage = 0xD9;
    private const byte StartOfScan = 0xDA;

    public static DocumentFault? Inspect(ReadOnlySpan<byte> content)
    {
        var hasFrame = false;
        var at = 2;
        while (TryReadMarker(content, ref at, out var marker))
        {
            if (marker == EndOfImage)
                return hasFrame ? null : DocumentFault.Damaged;
            if (marker is 0x01 or (>= 0xD0 and <= 0xD7))
                continue;
            if (content.Length - at < 2)
                break;
            var length = BinaryPrimitives.ReadUInt16BigEndian(content[at..]);
            if (length < 2 || length > content.Length - at)
                break;
            hasFrame |= IsFrame(marker);
            at += length;
            if (marker == StartOfScan)
                at = EndOfScan(content, at);
        }

        return DocumentFault.Damaged;
    }

    private static bool TryReadMarker(ReadOnlySpan<byte> content, ref int at, out byte marker)
    {
        marker = 0;
        if (at >= content.Length || content[at] != Mark)
            return false;
        while (at < content.Length && content[at] == Mark)
            at++;
        if (at >= content.Length)
            return false;
        marker = content[at++];
        return marker != 0;
    }

    /// <summary>A frame's head: C0 to CF but for the tables C4 and CC and the reserved C8.</summary>
    private static bool IsFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);

    /// <summary>The next mark in a scan's data that is neither a stuffed byte nor a restart.</summary>
    private static int EndOfScan(ReadOnlySpan<byte> content, int at)
    {
        while (at < content.Length - 1)
        {
            var mark = content[at..^1].IndexOf(Mark);
            if (mark < 0)
                break;
            at += mark;
            if (content[at + 1] is not (0 or Mark or (>= 0xD0 and <= 0xD7)))
                return at;
            at += content[at + 1] == Mark ? 1 : 2;
        }

        return content.Length;
    }
}
