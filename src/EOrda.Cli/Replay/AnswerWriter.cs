using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using EOrda.Queues;
using EOrda.Queues.Names;
using EOrda.Queues.Places;
using EOrda.Queues.Time;

namespace EOrda.Cli.Replay;

/// <summary>Writes answers as JSON Lines (docs/replay.md).</summary>
internal sealed class AnswerWriter : IDisposable
{
    private const int FlushAt = 1 << 16;
    private const int InstantLength = 24;

    private readonly Stream output;
    private readonly ArrayBufferWriter<byte> buffer = new(2 * FlushAt);
    private readonly Utf8JsonWriter json;

    public AnswerWriter(Stream output)
    {
        this.output = output;
        json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
    }

    public void Write(long line, Answer answer)
    {
        Begin(line, ok: answer is not Refusal);
        switch (answer)
        {
            case Refusal a:
                json.WriteString("reason", Words.Of(a.Reason));
                break;
            case Standing a:
                json.WriteString("status", Words.Of(a.Status));
                WriteNumber("position", a.Position);
                break;
            case PlacesReserved a:
                WriteTexts("places", a.Places);
                WriteInstant("until", a.Until);
                break;
            case ReferralsGiven a:
                WriteReferrals(a);
                break;
            case ValidUntil a:
                WriteInstant("validUntil", a.Until);
                break;
            case PlaceFreed a:
                json.WriteString("queue", a.Queue.ToString());
                WriteInstant("availableAt", a.AvailableAt);
                break;
            case PlaceReturns a:
                WriteInstant("availableAt", a.AvailableAt);
                break;
            case ReferralCancelled a:
                WriteInstant("returnsAt", a.ReturnsAt);
                WriteInstant("availableAt", a.AvailableAt);
                break;
            case ChildEnrolled a:
                json.WriteString("left", a.Left);
                break;
            case PlaceLeft a:
                json.WriteString("place", a.Place);
                WriteInstant("availableAt", a.AvailableAt);
                break;
            case CleanedUp a:
                WriteTexts("stopListed", a.StopListed);
                break;
        }

        End();
    }

    public void Write(long line, ApplicationState state)
    {
        Begin(line, ok: true);
        json.WriteString("status", Words.Of(state.Status));
        WriteNumber("position", state.Position);
        json.WriteString("cause", Words.Of(state.Cause));
        WriteInstant("until", state.Until);
        End();
    }

    public void WriteOrder(long line, IReadOnlyList<string> order)
    {
        Begin(line, ok: true);
        WriteTexts("order", order);
        End();
    }

    public void WritePlaces(long line, IEnumerable<PlaceView> places)
    {
        Begin(line, ok: true);
        json.WriteStartArray("places");
        foreach (var place in places)
        {
            json.WriteStartObject();
            json.WriteString("place", place.Place);
            json.WriteString("state", Words.Of(place.State));
            json.WriteString("access", place.Access switch { Access.Priority => "priority", Access.Open => "open", _ => null });
            WriteInstant("from", place.From);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        End();
    }

    public void Flush()
    {
        output.Write(buffer.WrittenSpan);
        buffer.ResetWrittenCount();
        output.Flush();
    }

    public void Dispose() => json.Dispose();

    private void Begin(long line, bool ok)
    {
        json.WriteStartObject();
        json.WriteNumber("line", line);
        json.WriteBoolean("ok", ok);
    }

    private void End()
    {
        json.WriteEndObject();
        json.Flush();
        json.Reset();
        buffer.Write("\n"u8);
        if (buffer.WrittenCount >= FlushAt)
        {
            Flush();
        }
    }

    private void WriteReferrals(ReferralsGiven given)
    {
        json.WriteStartArray("referrals");
        foreach (var referral in given.Referrals)
        {
            json.WriteStartObject();
            json.WriteString("application", referral.Application);
            json.WriteString("referral", referral.Referral);
            WriteInstant("validUntil", referral.ValidUntil);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteTexts(string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    private void WriteNumber(string name, int? number)
    {
        if (number is { } value)
        {
            json.WriteNumber(name, value);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private void WriteInstant(string name, Moment? instant)
    {
        if (instant is not { } moment)
        {
            json.WriteNull(name);
            return;
        }

        Span<byte> text = stackalloc byte[InstantLength];
        DateTimeOffset.FromUnixTimeMilliseconds(moment.UnixMilliseconds).UtcDateTime.TryFormat(text, out var length, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'");
        json.WriteString(name, text[..length]);
    }
}
