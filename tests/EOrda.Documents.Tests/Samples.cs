using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace EOrda.Documents.Tests;

/// <summary>Small documents, whole and tampered with.</summary>
internal static class Samples
{
    public static byte[] Jpeg { get; } =
    [
        0xFF, 0xD8, // start
        0xFF, 0xE0, 0, 7, (byte)'J', (byte)'F', (byte)'I', (byte)'F', 0, // application's segment
        0xFF, 0xC0, 0, 8, 8, 0, 1, 0, 1, 0, // frame
        0xFF, 0xDA, 0, 3, 1, // scan
        0x12, 0xFF, 0x00, 0x34, 0xFF, 0xD0, 0x56,
        0xFF, 0xD9, // end
    ];

    public static byte[] Png { get; } = PngOf(("IHDR", new byte[13]), ("IDAT", [1, 2, 3]), ("IEND", []));

    public static byte[] Pdf { get; } = PdfOf("<< /Type /Catalog /Pages 2 0 R >>");

    public static byte[] PngOf(params (string Type, byte[] Data)[] chunks)
    {
        var png = new List<byte>([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        foreach (var (type, data) in chunks)
        {
            byte[] body = [.. Encoding.ASCII.GetBytes(type), .. data];
            var number = new byte[4];
            BinaryPrimitives.WriteUInt32BigEndian(number, (uint)data.Length);
            png.AddRange(number);
            png.AddRange(body);
            BinaryPrimitives.WriteUInt32BigEndian(number, CheckSum(body));
            png.AddRange(number);
        }

        return [.. png];
    }

    public static byte[] PdfOf(string firstObject) =>
        Encoding.Latin1.GetBytes($"%PDF-1.7\n1 0 obj\n{firstObject}\nendobj\n2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n");

    /// <summary>A PDF with a stream that inflates to the bytes.</summary>
    public static byte[] PdfWithStream(byte[] inflated, string dictionary = "/Filter /FlateDecode")
    {
        using var packed = new MemoryStream();
        using (var stream = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            stream.Write(inflated);
        return PdfOf($"<< {dictionary} /Length {packed.Length} >>\nstream\n{Encoding.Latin1.GetString(packed.ToArray())}\nendstream");
    }

    /// <summary>CRC-32, one bit at a time.</summary>
    private static uint CheckSum(byte[] bytes)
    {
        var sum = uint.MaxValue;
        foreach (var b in bytes)
        {
            sum ^= b;
            for (var bit = 0; bit < 8; bit++)
                sum = (sum & 1) == 0 ? sum >> 1 : (sum >> 1) ^ 0xEDB88320;
        }

        return ~sum;
    }
}
