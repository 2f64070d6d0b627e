using System.Buffers.Binary;

namespace EOrda.Documents.Content;

/// <summary>Walks a PNG picture's chunks, each with its check sum, to the last byte.</summary>
internal static class PngInspection
{
    private const int AroundData = 12;
    private const int HeadLength = 13;

    private static readonly uint[] CheckSums = Table();

    public static ReadOnlySpan<byte> Start => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    public static DocumentFault? Inspect(ReadOnlySpan<byte> content)
    {
        var rest = content[Start.Length..];
        var isFirst = true;
        var hasData = false;
        while (rest.Length >= AroundData)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(rest);
            if (length > rest.Length - AroundData)
                return DocumentFault.Damaged;
            var typeAndData = rest.Slice(4, 4 + (int)length);
            if (CheckSum(typeAndData) != BinaryPrimitives.ReadUInt32BigEndian(rest[(8 + (int)length)..]))
                return DocumentFault.Damaged;
            var type = typeAndData[..4];
            if (isFirst && !(type.SequenceEqual("IHDR"u8) && length == HeadLength))
                return DocumentFault.Damaged;
            isFirst = false;
            hasData |= type.SequenceEqual("IDAT"u8);
            rest = rest[(AroundData + (int)length)..];
            if (type.SequenceEqual("IEND"u8))
                return !hasData ? DocumentFault.Damaged : rest.IsEmpty ? null : DocumentFault.SecondFormat;
        }

        return DocumentFault.Damaged;
    }

    private static uint CheckSum(ReadOnlySpan<byte> bytes)
    {
        var sum = uint.MaxValue;
        foreach (var b in bytes)
            sum = CheckSums[(byte)(sum ^ b)] ^ (sum >> 8);
        return ~sum;
    }

    private static uint[] Table()
    {
        var table = new uint[256];
        for (var i = 0u; i < table.Length; i++)
        {
            var value = i;
            for (var bit = 0; bit < 8; bit++)
                value = (value & 1) == 0 ? value >> 1 : (value >> 1) ^ 0xEDB88320;
            table[i] = value;
        }

        return table;
    }
}
