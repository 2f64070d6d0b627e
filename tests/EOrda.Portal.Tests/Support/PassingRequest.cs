using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace EOrda.Portal.Tests.Support;

/// <summary>A request on its way through <see cref="BadNetwork"/>.</summary>
internal sealed class PassingRequest
{
    private const string EndOfHead = "\r\n\r\n";
    private readonly string[] lines;
    private readonly int headLength;

    private PassingRequest(byte[] bytes, int headLength)
    {
        Bytes = bytes;
        this.headLength = headLength;
        lines = Encoding.ASCII.GetString(bytes, 0, headLength).Split("\r\n");
        var first = lines[0].Split(' ');
        (Method, Path) = (first[0], first[1]);
    }

    /// <summary>The method.</summary>
    public string Method { get; }

    /// <summary>The path and query.</summary>
    public string Path { get; }

    /// <summary>The whole request.</summary>
    public byte[] Bytes { get; }

    /// <summary>When it came, as <see cref="Stopwatch.GetTimestamp"/> tells it.</summary>
    public long At { get; } = Stopwatch.GetTimestamp();

    /// <summary>The status that the portal answered with; null before that, or where it was not asked.</summary>
    public int? Answered { get; private set; }

    /// <summary>True when it asks for a WebSocket.</summary>
    public bool IsUpgrade => Header("Upgrade") is not null;

    /// <summary>True for a command.</summary>
    public bool IsCommand => Method is "POST" or "DELETE";

    /// <summary>A header; null when it is not there.</summary>
    public string? Header(string name) =>
        lines.FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase)) is { } line ? line[(name.Length + 1)..].Trim() : null;

    /// <summary>Reads one; null where the browser closed without sending any.</summary>
    public static async Task<PassingRequest?> ReadAsync(Stream browser, int longestHead, int longestBody, CancellationToken stop)
    {
        var buffer = new byte[longestHead + longestBody];
        int read = 0, head;
        while ((head = Encoding.ASCII.GetString(buffer, 0, Math.Min(read, longestHead)).IndexOf(EndOfHead, StringComparison.Ordinal)) < 0)
        {
            var more = read < longestHead ? await browser.ReadAsync(buffer.AsMemory(read), stop) : 0;
            if (more == 0)
            {
                return null;
            }

            read += more;
        }

        head += EndOfHead.Length;
        var announced = new PassingRequest(buffer[..head], head).Header("Content-Length");
        var length = head + (announced is null ? 0 : int.Parse(announced, CultureInfo.InvariantCulture));
        await browser.ReadExactlyAsync(buffer.AsMemory(read, Math.Max(0, length - read)), stop);
        return new PassingRequest(buffer[..length], head);
    }

    /// <summary>The request, asking for the connection's end after its answer.</summary>
    public byte[] Closing()
    {
        var head = lines.Where(line => line.Length > 0 && !line.StartsWith("Connection:", StringComparison.OrdinalIgnoreCase)).Append("Connection: close");
        return [.. Encoding.ASCII.GetBytes(string.Join("\r\n", head) + EndOfHead), .. Bytes.AsSpan(headLength)];
    }

    /// <summary>Passes the answer on, and remembers its status.</summary>
    public async Task CopyAnswerAsync(Stream server, Stream browser, CancellationToken stop)
    {
        var buffer = new byte[16 * 1024];
        for (int read; (read = await server.ReadAsync(buffer, stop)) > 0;)
        {
            Answered ??= int.Parse(Encoding.ASCII.GetString(buffer, "HTTP/1.1 ".Length, 3), CultureInfo.InvariantCulture);
            await browser.WriteAsync(buffer.AsMemory(0, read), stop);
        }
    }
}
