using System.Buffers;
using System.Text.Json;
using EOrda.Actors.Live;
using EOrda.Portal.Json;
using EOrda.Queues;
using EOrda.Queues.Order;
using EOrda.Queues.Time;

namespace EOrda.Portal.Live;

/// <summary>
/// Writes snapshots and updates in the short form of docs/api.md, "Live". States, accesses, lanes and causes are numbers; an update goes to every browser ten
/// times a second, so it names its feed by a number, counts time from the feed's beginning, and leaves out what is nothing.
/// </summary>
/// <param name="feed">The number that updates name the feed by.</param>
/// <param name="beginning">The instant from which updates count time.</param>
internal sealed class LiveWriter(long feed, Moment beginning)
{
    private static readonly JsonWriterOptions Options = new() { Encoder = ApiJson.Encoder };

    /// <summary>The whole state of a queue.</summary>
    public LiveMessage Snapshot(long number, LiveSnapshot snapshot, IReadOnlyList<PlaceView> places) => Write(json =>
    {
        json.WriteString("q", snapshot.Queue.ToString());
        json.WriteNumber("f", feed);
        json.WriteNumber("b", beginning.UnixMilliseconds);
        json.WriteNumber("n", number);
        json.WriteNumber("t", snapshot.At.UnixMilliseconds);
        WriteNumbers(json, "c", snapshot.Counts.OutOfTurn, snapshot.Counts.FirstPriority, snapshot.Counts.General);
        WriteNumbers(json, "p", snapshot.Pattern.FirstPriorityShare, snapshot.Pattern.GeneralShare, snapshot.Pattern.Phase);
        WriteWindow(json, snapshot.Window);
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

    /// <summary>What changed.</summary>
    public LiveMessage Update(BrowserUpdate news) => Write(json =>
    {
        Begin(json, news.Number, news.At);
        if (news.First < news.At)
        {
            json.WriteNumber("w", news.At.UnixMilliseconds - news.First.UnixMilliseconds);
        }

        if (news.Window != news.WindowBefore)
        {
            json.WriteString("i", Window(news.Window, news.WindowBefore));
        }

        if (news.Changes.Count > 0)
        {
            json.WriteString("d", Changes(news.Changes, news.At));
        }

        if (news.Places.Count > 0)
        {
            json.WriteString("s", States(news.Places.OrderBy(place => place.Number >= news.Known ? int.MaxValue : WireCodes.Of(place.Place)).ThenBy(place => place.Number), news.At));
        }

        var named = news.Places.Where(place => place.Number >= news.Known).ToList();
        if (named.Count > 0)
        {
            json.WriteStartArray("m");
            named.ForEach(place => WriteNames(json, place.Place));
            json.WriteEndArray();
        }
    });

    /// <summary>Tells the browsers to ask for a snapshot, and for their own position, anew.</summary>
    public LiveMessage Reload(long number, Moment at) => Write(json =>
    {
        Begin(json, number, at);
        json.WriteNumber("r", 1);
    });

    private static LiveMessage Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, Options);
        json.WriteStartObject();
        write(json);
        json.WriteEndObject();
        json.Flush();
        return new LiveMessage(buffer.WrittenMemory);
    }

    private void Begin(Utf8JsonWriter json, long number, Moment at)
    {
        json.WriteNumber("f", feed);
        json.WriteNumber("n", number);
        json.WriteNumber("t", at.UnixMilliseconds - beginning.UnixMilliseconds);
    }

    // The lanes that have another last slot than before; none when only the size changed, as after most reservations.
    private string Window(LiveWindow window, LiveWindow before)
    {
        var text = new NumberText().Add(window.Size);
        foreach (var lane in WireCodes.Lanes.Values.Where(lane => window.Last(lane) != before.Last(lane)))
        {
            var last = window.Last(lane);
            text.Add(WireCodes.Of(lane, last?.Number));
            if (last is { Submitted: var submitted })
            {
                text.Add(submitted.UnixMilliseconds - beginning.UnixMilliseconds);
            }
        }

        return text.ToString();
    }

    private string Changes(IReadOnlyList<OrderChange> changes, Moment at)
    {
        var text = new NumberText();
        var when = at.UnixMilliseconds;
        foreach (var change in changes)
        {
            text.Add(change.At.UnixMilliseconds - when).Add(change.Application);
            when = change.At.UnixMilliseconds;
            if (change.Application == OrderChange.Pattern)
            {
                text.Add(change.Step);
            }
            else
            {
                text.Add(WireCodes.Of(change)).Add(change.Submitted.UnixMilliseconds - beginning.UnixMilliseconds);
            }
        }

        return text.ToString();
    }

    // Each number and instant is told from the one before, and like states stand together: many places that became available at once differ in nothing else.
    private static string States(IEnumerable<NumberedPlace> places, Moment at)
    {
        var text = new NumberText();
        var (number, from) = (0, at.UnixMilliseconds);
        foreach (var place in places)
        {
            text.Add(place.Number - number).Add(WireCodes.Of(place.Place));
            number = place.Number;
            if (place.Place.From is { } instant)
            {
                text.Add(instant.UnixMilliseconds - from);
                from = instant.UnixMilliseconds;
            }
        }

        return text.ToString();
    }

    private static void WriteWindow(Utf8JsonWriter json, LiveWindow window)
    {
        json.WriteStartArray("i");
        json.WriteNumberValue(window.Size);
        foreach (var last in WireCodes.Lanes.Values.Select(window.Last))
        {
            if (last is { } slot)
            {
                json.WriteStartArray();
                json.WriteNumberValue(slot.Number);
                json.WriteNumberValue(slot.Submitted.UnixMilliseconds);
                json.WriteEndArray();
            }
            else
            {
                json.WriteNullValue();
            }
        }

        json.WriteEndArray();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, params ReadOnlySpan<int> numbers)
    {
        json.WriteStartArray(name);
        foreach (var number in numbers)
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
    }

    private static void WriteState(Utf8JsonWriter json, PlaceView place)
    {
        json.WriteNumberValue(WireCodes.States.Of(place.State));
        if (place.Access is { } access)
        {
            json.WriteNumberValue(WireCodes.Accesses.Of(access));
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
