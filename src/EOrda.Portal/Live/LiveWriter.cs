using System.Buffers;
using System.Text.Json;
using EOrda.Actors.Live;
using EOrda.Portal.Json;
using EOrda.Queues;
using EOrda.Queues.Places;

namespace EOrda.Portal.Live;

/// <summary>Writes snapshots and updates in the short form of docs/api.md, "Live". States, accesses, lanes and causes are written as numbers.</summary>
internal static class LiveWriter
{
    private static readonly JsonWriterOptions Options = new() { Encoder = ApiJson.Encoder };

    /// <summary>The whole state of a queue.</summary>
    public static LiveMessage Write(LiveSnapshot snapshot, IReadOnlyList<PlaceView> places) => Write(snapshot, places, static (json, snapshot, places) =>
    {
        Begin(json, snapshot.Queue.ToString(), snapshot.Number, snapshot.At.UnixMilliseconds);
        WriteCounts(json, snapshot.Counts);
        json.WriteStartArray("p");
        json.WriteNumberValue(snapshot.Pattern.FirstPriorityShare);
        json.WriteNumberValue(snapshot.Pattern.GeneralShare);
        json.WriteNumberValue(snapshot.Pattern.Phase);
        json.WriteEndArray();
        json.WriteNumber("x", snapshot.LatestChange);
        json.WriteStartArray("s");
        foreach (var place in places)
        {
            json.WriteStartArray();
            WriteState(json, place);
            WriteNames(json, place);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    });

    /// <summary>What changed. Places with numbers from <paramref name="known"/> on are new to the browsers and are named.</summary>
    public static LiveMessage Write(LiveUpdate update, int known) => Write(update, known, static (json, update, known) =>
    {
        Begin(json, update.Queue.ToString(), update.Number, update.At.UnixMilliseconds);
        WriteCounts(json, update.Counts);
        json.WriteNumber("h", update.Phase);
        json.WriteNumber("x", update.FirstChange);
        json.WriteStartArray("d");
        foreach (var change in update.Changes)
        {
            json.WriteStartArray();
            json.WriteNumberValue(change.At.UnixMilliseconds);
            json.WriteNumberValue((int)change.Cause);
            json.WriteNumberValue(change.Application);
            json.WriteNumberValue(change.Submitted.UnixMilliseconds);
            json.WriteNumberValue((int)change.Lane);
            json.WriteNumberValue(change.Step);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteStartArray("s");
        foreach (var (number, place) in update.Places)
        {
            json.WriteStartArray();
            json.WriteNumberValue(number);
            WriteState(json, place);
            if (number >= known)
            {
                WriteNames(json, place);
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
    });

    /// <summary>Tells the browsers to ask for a snapshot, and for their own position, anew.</summary>
    public static LiveMessage WriteReload(LiveSnapshot snapshot) => Write(snapshot, true, static (json, snapshot, reload) =>
    {
        Begin(json, snapshot.Queue.ToString(), snapshot.Number, snapshot.At.UnixMilliseconds);
        json.WriteBoolean("r", reload);
    });

    private static LiveMessage Write<T, TMore>(T subject, TMore more, Action<Utf8JsonWriter, T, TMore> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, Options);
        json.WriteStartObject();
        write(json, subject, more);
        json.WriteEndObject();
        json.Flush();
        return new LiveMessage(buffer.WrittenMemory);
    }

    private static void Begin(Utf8JsonWriter json, string queue, long number, long at)
    {
        json.WriteString("q", queue);
        json.WriteNumber("n", number);
        json.WriteNumber("t", at);
    }

    private static void WriteCounts(Utf8JsonWriter json, CategoryCounts counts)
    {
        json.WriteStartArray("c");
        json.WriteNumberValue(counts.OutOfTurn);
        json.WriteNumberValue(counts.FirstPriority);
        json.WriteNumberValue(counts.General);
        json.WriteEndArray();
    }

    private static void WriteState(Utf8JsonWriter json, PlaceView place)
    {
        json.WriteNumberValue((int)place.State);
        if (place.Access is { } access)
        {
            json.WriteNumberValue((int)access);
        }
        else
        {
            json.WriteNullValue();
        }

        if (place.From is { } from)
        {
            json.WriteNumberValue(from.UnixMilliseconds);
        }
        else
        {
            json.WriteNullValue();
        }
    }

    private static void WriteNames(Utf8JsonWriter json, PlaceView place)
    {
        json.WriteStringValue(place.Place);
        json.WriteStringValue(place.Kindergarten);
    }
}
