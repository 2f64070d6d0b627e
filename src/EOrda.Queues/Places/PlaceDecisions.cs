using EOrda.Queues.Applications;
using EOrda.Queues.Rules;
using EOrda.Queues.Time;

namespace EOrda.Queues.Places;

/// <summary>Reporting, revoking and leaving places (rules, section 5).</summary>
internal static class PlaceDecisions
{
    /// <summary>The handover that a report at the instant makes, and the release on the day after it.</summary>
    public static (Moment HandoverAt, Moment AvailableAt) Schedule(Queue queue, Moment at)
    {
        var handover = queue.Schedule.HandoverDate(at);
        return (queue.Schedule.HandoverOn(handover), queue.Schedule.ReleaseOn(handover.PlusDays(1)));
    }

    public static PlaceReported Report(Queue queue, string place, string kindergarten, Moment at, CommandKey key)
    {
        var (handoverAt, availableAt) = Schedule(queue, at);
        return new PlaceReported(place, kindergarten, handoverAt, availableAt, key);
    }

    public static Decision Revoke(Queue queue, string name, Moment at)
    {
        var place = queue.PlaceNames.Find(name);
        if (place < 0)
        {
            return Decision.Refuse(Reason.UnknownPlace);
        }

        var revoked = new PlaceRevoked(place);
        return queue.Places[place].State switch
        {
            PlaceState.Enrolled => Decision.Refuse(Reason.Enrolled),
            PlaceState.Revoked => Decision.Refuse(Reason.Revoked),
            PlaceState.Referred => Decision.Accept(Answer.Done, revoked, Comings.Back(queue, queue.Places[place].Holder, at)),
            _ => Decision.Accept(Answer.Done, revoked),
        };
    }

    public static Decision Leave(Queue queue, string name, Moment at)
    {
        var application = queue.FindApplication(name);
        if (application < 0)
        {
            return Decision.Refuse(Reason.UnknownApplication);
        }

        var place = queue.Applications[application].Place;
        if (!queue.IsEnrolled(application))
        {
            return Decision.Refuse(Reason.NotEnrolled);
        }

        var (handoverAt, availableAt) = Schedule(queue, at);
        return Decision.Accept(new PlaceLeft(queue.PlaceNames[place], availableAt), new PlaceReportedAgain(place, handoverAt, availableAt));
    }

    /// <summary>The child leaves the place on which it is enrolled, because it gets another (001: 32).</summary>
    public static FormerPlaceLeft LeaveFormer(Queue queue, int application, Moment at, CommandKey key)
    {
        var (handoverAt, availableAt) = Schedule(queue, at);
        return new FormerPlaceLeft(queue.Applications[application].Place, handoverAt, availableAt, key);
    }
}
