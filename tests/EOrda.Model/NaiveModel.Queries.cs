using System.Text.Json.Nodes;
using EOrda.Model.Domain;
using EOrda.Model.Order;
using EOrda.Model.Replay;

namespace EOrda.Model;

/// <summary>replay.md, "Commands": `position`, `order`, `places`, and the status and position that other commands answer.</summary>
public sealed partial class NaiveModel
{
    private Answer StatusAndPosition(Application application) =>
        Replay.Answer.Ok(("status", application.Status), ("position", PositionOf(application)));

    /// <summary>rules.md 3: waiting applications have a position, those holding a reservation too.</summary>
    private int? PositionOf(Application application) =>
        application.IsWaiting ? QueueOrder.Of(application.Queue, application.Locality, applications).IndexOf(application) + 1 : null;

    private Answer ShowPosition(ReplayLine line)
    {
        if (FindApplication(line.Text("application")) is not { } application)
            return Replay.Answer.No("unknown-application");
        var cause = application.Status switch
        {
            Status.Archived => application.ArchiveCause,
            Status.StopListed => application.StopListing!.Cause,
            _ => null,
        };
        var until = application.Status switch
        {
            Status.StopListed => application.StopListing!.Until,
            Status.Returning => application.ReturnsAt,
            Status.Referred => application.Referral!.ValidUntil,
            _ => null,
        };
        Told($"seen: {application.Status} {cause}".TrimEnd());
        return Replay.Answer.Ok(
            ("status", application.Status),
            ("position", PositionOf(application)),
            ("cause", cause),
            ("until", InstantText.WriteOrNull(until)));
    }

    private Answer ShowOrder(ReplayLine line)
    {
        if (FindQueue(line.Text("queue")) is not { } queue)
            return Replay.Answer.No("bad-queue");
        var order = QueueOrder.Of(queue, localities[queue.Locality], applications);
        return Replay.Answer.Ok(("order", new JsonArray([.. order.Select(application => JsonValue.Create(application.Id))])));
    }

    private Answer ShowPlaces(ReplayLine line)
    {
        if (FindQueue(line.Text("queue")) is not { } queue)
            return Replay.Answer.No("bad-queue");
        var shown = new JsonArray();
        foreach (var place in places.Where(place => place.Queue == queue))
        {
            Told($"seen: place {place.State} {place.AccessAt(now)}".TrimEnd());
            shown.Add(new JsonObject
            {
                ["place"] = place.Id,
                ["state"] = place.State,
                ["access"] = place.AccessAt(now),
                ["from"] = InstantText.WriteOrNull(place.FromAt(now)),
            });
        }

        return Replay.Answer.Ok(("places", shown));
    }

    /// <summary>replay.md, below "Commands" and Precisions, "Queue text"; null: bad-queue. A queue exists as soon as it is named.</summary>
    private QueueName? FindQueue(string text) =>
        QueueName.Split(text) is { } queue && localities.ContainsKey(queue.Locality) && queue.HasKindAndCohort() ? queue : null;
}
