using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using EOrda.Queues;
using EOrda.Queues.Names;
using EOrda.Queues.Places;
using EOrda.Queues.Time;

namespace EOrda.Simulation.Checks;

/// <summary>The node's answers in the words of docs/replay.md, without the line's number.</summary>
internal static class AnswerLines
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>An answer to a command.</summary>
    public static string Of(Answer answer)
    {
        var line = Begin(answer is not Refusal);
        switch (answer)
        {
            case Refusal a:
                line["reason"] = Words.Of(a.Reason);
                break;
            case Standing a:
                line["status"] = Words.Of(a.Status);
                line["position"] = a.Position;
                break;
            case ValidUntil a:
                line["validUntil"] = Text(a.Until);
                break;
            case CleanedUp a:
                line["stopListed"] = Texts(a.StopListed);
                break;
            case PlaceFreed a:
                line["queue"] = a.Queue.ToString();
                line["availableAt"] = Text(a.AvailableAt);
                break;
            case PlacesReserved a:
                line["places"] = Texts(a.Places);
                line["until"] = Text(a.Until);
                break;
            case ReferralsGiven a:
                line["referrals"] = new JsonArray([.. a.Referrals.Select(given => new JsonObject
                {
                    ["application"] = given.Application,
                    ["referral"] = given.Referral,
                    ["validUntil"] = Text(given.ValidUntil),
                })]);
                break;
            case PlaceReturns a:
                line["availableAt"] = Text(a.AvailableAt);
                break;
            case ReferralCancelled a:
                line["returnsAt"] = Text(a.ReturnsAt);
                line["availableAt"] = Text(a.AvailableAt);
                break;
            case ChildEnrolled a:
                line["left"] = a.Left;
                break;
            case PlaceLeft a:
                line["place"] = a.Place;
                line["availableAt"] = Text(a.AvailableAt);
                break;
        }

        return line.ToJsonString(Plain);
    }

    /// <summary>What one application is doing.</summary>
    public static string Of(ApplicationState state)
    {
        var line = Begin(ok: true);
        line["status"] = Words.Of(state.Status);
        line["position"] = state.Position;
        line["cause"] = Words.Of(state.Cause);
        line["until"] = state.Until is { } until ? Text(until) : null;
        return line.ToJsonString(Plain);
    }

    /// <summary>A queue's order.</summary>
    public static string OfOrder(IEnumerable<string> order)
    {
        var line = Begin(ok: true);
        line["order"] = Texts(order);
        return line.ToJsonString(Plain);
    }

    /// <summary>A queue's places.</summary>
    public static string OfPlaces(IEnumerable<PlaceView> places)
    {
        var line = Begin(ok: true);
        line["places"] = new JsonArray([.. places.Select(place => new JsonObject
        {
            ["place"] = place.Place,
            ["state"] = Words.Of(place.State),
            ["access"] = place.Access switch { Access.Priority => "priority", Access.Open => "open", _ => null },
            ["from"] = place.From is { } from ? Text(from) : null,
        })]);
        return line.ToJsonString(Plain);
    }

    /// <summary>An answer of the model without the line's number, with its own referral numbers replaced.</summary>
    public static string OfModel(string answer, Func<string, string, string> referral)
    {
        var line = JsonNode.Parse(answer)!.AsObject();
        line.Remove("line");
        if (line["referrals"] is JsonArray given)
        {
            foreach (var one in given.OfType<JsonObject>())
            {
                one["referral"] = referral((string)one["application"]!, (string)one["referral"]!);
            }
        }

        return line.ToJsonString(Plain);
    }

    private static JsonObject Begin(bool ok) => new() { ["ok"] = ok };

    private static string Text(Moment moment) => moment.ToString();

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);
}
