using EOrda.Queues.Applications;
using EOrda.Queues.Places;

namespace EOrda.Queues.Audit;

/// <summary>Checks what must hold in a queue whatever happened: the promises at the end of the architecture.</summary>
public static class QueueAudit
{
    /// <summary>The first contradiction in the queue's state, or null.</summary>
    public static string? FirstContradiction(Queue queue) => Places(queue) ?? Applications(queue) ?? Order(queue) ?? Barred(queue) ?? Free(queue) ?? ProcessAudit.FirstContradiction(queue);

    /// <summary>The children with an active application, each with the application's registration number.</summary>
    public static IEnumerable<(string Child, int Application)> ActiveChildren(Queue queue)
    {
        for (var i = 0; i < queue.Applications.Count; i++)
        {
            if (queue.Applications[i].IsActive)
            {
                yield return (queue.PeopleNames[queue.Applications[i].Child], i);
            }
        }
    }

    /// <summary>The identifiers of all applications ever filed here.</summary>
    public static IEnumerable<string> ApplicationNames(Queue queue) => Enumerable.Range(0, queue.Applications.Count).Select(i => queue.ApplicationNames[i]);

    /// <summary>The identifiers of all places ever reported here.</summary>
    public static IEnumerable<string> PlaceNames(Queue queue) => Enumerable.Range(0, queue.Places.Count).Select(i => queue.PlaceNames[i]);

    private static string? Places(Queue queue)
    {
        if (queue.PlaceNames.Count != queue.Places.Count)
        {
            return $"{queue.Places.Count} places have {queue.PlaceNames.Count} identifiers";
        }

        for (var i = 0; i < queue.Places.Count; i++)
        {
            var place = queue.Places[i];
            var isHeld = place.State is PlaceState.Reserved or PlaceState.Referred or PlaceState.Enrolled;
            var holder = place.Holder;
            if (isHeld != (holder != Application.NoPlace))
            {
                return $"place {queue.PlaceNames[i]} is {place.State} and its holder is {holder}";
            }

            if (isHeld && (holder >= queue.Applications.Count || queue.Applications[holder].Place != i))
            {
                return $"place {queue.PlaceNames[i]} is held by application number {holder}, which does not hold it";
            }
        }

        return null;
    }

    private static string? Applications(Queue queue)
    {
        if (queue.ApplicationNames.Count != queue.Applications.Count)
        {
            return $"{queue.Applications.Count} applications have {queue.ApplicationNames.Count} identifiers";
        }

        for (var i = 0; i < queue.Applications.Count; i++)
        {
            var application = queue.Applications[i];
            var expected = application.Status switch
            {
                Status.Waiting => PlaceState.Reserved,
                Status.Referred => PlaceState.Referred,
                Status.Archived when application.Cause == Cause.Enrolled => PlaceState.Enrolled,
                _ => (PlaceState?)null,
            };
            if (application.Place == Application.NoPlace ? application.Status == Status.Referred : !Holds(queue, i, expected))
            {
                return $"application {queue.ApplicationNames[i]} is {application.Status} with place number {application.Place}";
            }

            if ((application.Status == Status.Referred) != queue.Referrals.ContainsKey(i))
            {
                return $"application {queue.ApplicationNames[i]} is {application.Status} and its referral contradicts that";
            }
        }

        return null;
    }

    private static bool Holds(Queue queue, int application, PlaceState? expected)
    {
        var place = queue.Applications[application].Place;
        return place < queue.Places.Count && queue.Places[place].Holder == application && queue.Places[place].State == expected;
    }

    private static string? Order(Queue queue)
    {
        var waiting = 0;
        for (var i = 0; i < queue.Applications.Count; i++)
        {
            waiting += queue.Applications[i].Status == Status.Waiting ? 1 : 0;
        }

        if (waiting != queue.Order.TotalCount)
        {
            return $"{waiting} applications wait and {queue.Order.TotalCount} stand in the order";
        }

        for (var position = 1; position <= waiting; position++)
        {
            var application = queue.Order.At(position);
            if (queue.Order.Position(application) != position || queue.Applications[application].Status != Status.Waiting)
            {
                return $"application {queue.ApplicationNames[application]} stands at position {position} and has position {queue.Order.Position(application)}";
            }
        }

        return null;
    }

    private static string? Barred(Queue queue)
    {
        for (var i = 0; i < queue.Applications.Count; i++)
        {
            var application = queue.Applications[i];
            var cannotReserve = application.HoldsReservation || queue.Limits.On(queue.Limits.Date, application.Child) is not null;
            if (application.Status == Status.Waiting && queue.Order.IsBarred(i) != cannotReserve)
            {
                return $"application {queue.ApplicationNames[i]} {(cannotReserve ? "cannot" : "can")} reserve on {queue.Limits.Date} and is counted as if it {(cannotReserve ? "could" : "could not")}";
            }
        }

        return null;
    }

    private static string? Free(Queue queue)
    {
        var available = 0;
        for (var i = 0; i < queue.Places.Count; i++)
        {
            available += queue.Places[i].State == PlaceState.Available ? 1 : 0;
        }

        var counted = queue.FreeByKindergarten.Sum(free => free.Count);
        if (available != counted)
        {
            return $"{available} places are available and {counted} are counted as free";
        }

        var givenUp = Enumerable.Range(0, queue.Places.Count).Count(i => queue.Places[i].GivenUpOn != Place.Never);
        return givenUp == queue.GivenUpPlaces.Total ? null : $"{givenUp} places were given up and {queue.GivenUpPlaces.Total} are counted so";
    }
}
