using System.Runtime.InteropServices;
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
                1 when root.GetProperty("target").GetString() == "update" && root.GetProperty("arguments") is var told && told.GetArrayLength() > 0 =>
                    new Updates([.. told.EnumerateArray().Select(Numbered.Read)]),
                3 when root.TryGetProperty("result", out var result) && result.ValueKind == JsonValueKind.Object =>
                    result.TryGetProperty("refused", out var refused) ? new Completion(refused.GetString()) : new Snapshot(Picture.Read(result)),
                3 => new Completion(root.TryGetProperty("error", out var error) ? error.GetString() : null),
                6 => new PingRecord(),
                7 => new CloseRecord(),
                var type => throw new FormatException($"a record of type {type} that the hub may not send"),
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

/// <summary>The answer to a call that gives nothing, or why: its refusal, or its error.</summary>
internal sealed record Completion(string? Error) : LiveRecord;

/// <summary>The server is there.</summary>
internal sealed record PingRecord : LiveRecord;

/// <summary>The server closes.</summary>
internal sealed record CloseRecord : LiveRecord;

/// <summary>Updates in the order of their numbers, at least one.</summary>
internal sealed record Updates(Numbered[] All) : LiveRecord;

/// <summary>What is told under one number.</summary>
/// <param name="Feed">The feed's number, which a snapshot gives together with the queue.</param>
/// <param name="Number">Its number, one more than the one before.</param>
/// <param name="Bytes">As it was told.</param>
internal abstract record Numbered(long Feed, long Number, byte[] Bytes)
{
    /// <summary>Reads one.</summary>
    public static Numbered Read(JsonElement told)
    {
        var (feed, number, bytes) = (told.GetProperty("f").GetInt64(), told.GetProperty("n").GetInt64(), JsonMarshal.GetRawUtf8Value(told).ToArray());
        return told.TryGetProperty("r", out _) ? new Reload(feed, number, bytes) : Update.Read(told, feed, number, bytes);
    }
}

/// <summary>Too much changed at once: a snapshot must be asked for.</summary>
internal sealed record Reload(long Feed, long Number, byte[] Bytes) : Numbered(Feed, Number, Bytes);

/// <summary>A numbered update. Its instants are told from others, so that they are short.</summary>
/// <param name="Feed">The feed's number.</param>
/// <param name="Number">Its number.</param>
/// <param name="Bytes">As it was told.</param>
/// <param name="At">When the latest was decided that it tells, milliseconds from the feed's beginning.</param>
/// <param name="Since">When the first was decided, likewise.</param>
/// <param name="Window">What it tells of the window, as numbers; empty when that is as before.</param>
/// <param name="Changes">The changes of the order.</param>
/// <param name="Places">The places that changed.</param>
/// <param name="Names">Names and kindergartens of the places among them that are new, in turn.</param>
internal sealed record Update(long Feed, long Number, byte[] Bytes, long At, long Since, string Window, OrderStep[] Changes, PlaceChange[] Places, string[] Names)
    : Numbered(Feed, Number, Bytes)
{
    /// <summary>Reads one.</summary>
    public static Update Read(JsonElement told, long feed, long number, byte[] bytes)
    {
        var at = told.GetProperty("t").GetInt64();
        return new Update(
            feed,
            number,
            bytes,
            at,
            at - (told.TryGetProperty("w", out var waited) ? waited.GetInt64() : 0),
            TextOf(told, "i"),
            [.. OrderStep.Read(TextOf(told, "d"))],
            [.. PlaceChange.Read(TextOf(told, "s"))],
            told.TryGetProperty("m", out var names) ? [.. names.EnumerateArray().Select(name => name.GetString()!)] : []);
    }

    private static string TextOf(JsonElement told, string name) => told.TryGetProperty(name, out var text) ? text.GetString()! : "";
}

/// <summary>One application came into a lane or left it, or the pattern moved on.</summary>
/// <param name="Application">Its registration number; -1 for the pattern.</param>
/// <param name="Submitted">Its submission instant: in an update from the feed's beginning, else Unix milliseconds.</param>
/// <param name="Lane">0 out of turn, 1 first priority, 2 general.</param>
/// <param name="Step">1 or -1; for the pattern, the phase's change.</param>
internal readonly record struct OrderStep(int Application, long Submitted, int Lane, int Step)
{
    /// <summary>The application number of a change of the pattern.</summary>
    public const int Pattern = -1;

    private const int Lanes = 3;

    /// <summary>Reads those of an update.</summary>
    public static IEnumerable<OrderStep> Read(string text)
    {
        var numbers = new NumberText(text);
        while (!numbers.IsAtEnd)
        {
            // When it was does not matter for the picture.
            numbers.Next();
            var application = (int)numbers.Next();
            if (application == Pattern)
            {
                yield return new OrderStep(application, 0, 0, (int)numbers.Next());
                continue;
            }

            var kind = numbers.Next();
            yield return new OrderStep(application, numbers.Next(), (int)(kind / 2 % Lanes), kind % 2 == 1 ? 1 : -1);
        }
    }
}

/// <summary>A place's new state.</summary>
/// <param name="Number">Its number in the queue.</param>
/// <param name="State">Its state's number.</param>
/// <param name="Access">Its access's number.</param>
/// <param name="From">The instant that goes with the state, milliseconds from the update's own.</param>
internal readonly record struct PlaceChange(int Number, int State, int? Access, long? From)
{
    private const int Accesses = 3;
    private const int NoAccess = 2;

    /// <summary>When it was reserved, milliseconds from the update's own instant; null in another state.</summary>
    public long? ReservedAt => State == PlaceNow.Reserved ? From - PlaceNow.ReservationMilliseconds : null;

    /// <summary>Reads those of an update.</summary>
    public static IEnumerable<PlaceChange> Read(string text)
    {
        var numbers = new NumberText(text);
        var (number, from) = (0, 0L);
        while (!numbers.IsAtEnd)
        {
            number += (int)numbers.Next();
            var code = (int)numbers.Next();
            var access = code / 2 % Accesses;
            yield return new PlaceChange(number, code / 2 / Accesses, access == NoAccess ? null : access, code % 2 == 1 ? from += numbers.Next() : null);
        }
    }
}

/// <summary>A place as the live picture has it.</summary>
/// <param name="State">Its state's number.</param>
/// <param name="Access">Its access's number.</param>
/// <param name="From">The instant that goes with the state.</param>
/// <param name="Name">Its identifier.</param>
/// <param name="Kindergarten">Its kindergarten.</param>
internal sealed record PlaceNow(int State, int? Access, long? From, string Name, string Kindergarten)
{
    /// <summary>The access of a place that anyone may take.</summary>
    public const int Open = 1;

    /// <summary>The state of a place that can be taken.</summary>
    public const int Available = 2;

    /// <summary>The state of a place that will be available at the release.</summary>
    public const int Locked = 1;

    /// <summary>The state of a place that is reserved.</summary>
    public const int Reserved = 3;

    /// <summary>How long a reservation lasts.</summary>
    public const long ReservationMilliseconds = 600_000;

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
