using System.Text.Json;

namespace EOrda.Load.Live;

/// <summary>A record of the hub, read. Records with equal bytes are read once and shared.</summary>
internal abstract record LiveRecord
{
    /// <summary>Reads a record.</summary>
    /// <exception cref="FormatException">It is none that the hub may send.</exception>
    public static LiveRecord Parse(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            var root = document.RootElement;
            return root.GetProperty("type").GetInt32() switch
            {
                1 => root.GetProperty("arguments")[0] is var told && told.TryGetProperty("r", out _)
                    ? new Reload(told.GetProperty("q").GetString()!, told.GetProperty("n").GetInt64(), told.GetProperty("t").GetInt64())
                    : Update.Read(told),
                3 when root.TryGetProperty("result", out var result) && result.ValueKind == JsonValueKind.Object =>
                    new Snapshot(Picture.Read(result)),
                3 => new Completion(root.TryGetProperty("error", out var error) ? error.GetString() : null),
                6 => new PingRecord(),
                7 => new CloseRecord(),
                var type => throw new FormatException($"a record of type {type}"),
            };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or IndexOutOfRangeException)
        {
            throw new FormatException(e.Message, e);
        }
    }
}

/// <summary>The answer to <c>Watch</c> or <c>Snapshot</c>.</summary>
internal sealed record Snapshot(Picture Picture) : LiveRecord;

/// <summary>The answer to a call that gives nothing, or its error.</summary>
internal sealed record Completion(string? Error) : LiveRecord;

/// <summary>The server is there.</summary>
internal sealed record PingRecord : LiveRecord;

/// <summary>The server closes.</summary>
internal sealed record CloseRecord : LiveRecord;

/// <summary>Too much changed at once: a snapshot must be asked for.</summary>
internal sealed record Reload(string Queue, long Number, long At) : LiveRecord;

/// <summary>A numbered update.</summary>
/// <param name="Queue">The queue.</param>
/// <param name="Number">Its number, one more than the one before.</param>
/// <param name="At">When it was made, Unix milliseconds.</param>
/// <param name="Counts">How many wait: out of turn, first priority, general.</param>
/// <param name="Phase">The pattern's phase.</param>
/// <param name="FirstChange">The number of the first change of the order.</param>
/// <param name="Changes">The changes of the order.</param>
/// <param name="Places">The places that changed.</param>
internal sealed record Update(
    string Queue,
    long Number,
    long At,
    int[] Counts,
    int Phase,
    long FirstChange,
    OrderStep[] Changes,
    (int Number, PlaceNow Place, bool IsNamed)[] Places) : LiveRecord
{
    /// <summary>Reads one.</summary>
    public static Update Read(JsonElement told) => new(
        told.GetProperty("q").GetString()!,
        told.GetProperty("n").GetInt64(),
        told.GetProperty("t").GetInt64(),
        [.. told.GetProperty("c").EnumerateArray().Select(c => c.GetInt32())],
        told.GetProperty("h").GetInt32(),
        told.GetProperty("x").GetInt64(),
        [.. told.GetProperty("d").EnumerateArray().Select(d => new OrderStep(d[2].GetInt32(), d[3].GetInt64(), d[4].GetInt32(), d[5].GetInt32()))],
        [.. told.GetProperty("s").EnumerateArray().Select(s => (s[0].GetInt32(), PlaceNow.Read(s, 1), s.GetArrayLength() > 4))]);
}

/// <summary>One application came into a lane or left it.</summary>
/// <param name="Application">Its registration number.</param>
/// <param name="Submitted">Its submission instant, Unix milliseconds.</param>
/// <param name="Lane">0 out of turn, 1 first priority, 2 general.</param>
/// <param name="Step">1 or -1.</param>
internal readonly record struct OrderStep(int Application, long Submitted, int Lane, int Step);

/// <summary>A place as the live picture has it.</summary>
/// <param name="State">Its state's number.</param>
/// <param name="Access">Its access's number.</param>
/// <param name="From">The instant that goes with the state.</param>
/// <param name="Name">Its identifier.</param>
/// <param name="Kindergarten">Its kindergarten.</param>
internal sealed record PlaceNow(int State, int? Access, long? From, string Name, string Kindergarten)
{
    /// <summary>The state of a place that can be taken.</summary>
    public const int Available = 2;

    /// <summary>The state of a place that will be available at the release.</summary>
    public const int Locked = 1;

    /// <summary>The state of a place that is reserved.</summary>
    public const int Reserved = 3;

    private const long ReservationMilliseconds = 600_000;

    /// <summary>When it was reserved, Unix milliseconds: ten minutes before the reservation ends, which no rehearsal's freeze cuts short. Null in another state.</summary>
    public long? ReservedAt => State == Reserved ? From - ReservationMilliseconds : null;

    /// <summary>The states' words, as the protocols have them.</summary>
    public static readonly string[] Words = ["reported", "locked", "available", "reserved", "referred", "returning", "enrolled", "revoked"];

    /// <summary>Reads one from an array, beginning at an index. One that is known already comes without its names.</summary>
    public static PlaceNow Read(JsonElement array, int start) => new(
        array[start].GetInt32(),
        array[start + 1].ValueKind == JsonValueKind.Null ? null : array[start + 1].GetInt32(),
        array[start + 2].ValueKind == JsonValueKind.Null ? null : array[start + 2].GetInt64(),
        array.GetArrayLength() > start + 3 ? array[start + 3].GetString()! : "",
        array.GetArrayLength() > start + 4 ? array[start + 4].GetString()! : "");
}
