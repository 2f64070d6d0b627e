using EOrda.Queues.Applications;
using EOrda.Queues.Names;
using EOrda.Queues.Reservations;
using EOrda.Queues.Rules;
using EOrda.Queues.Steps;
using EOrda.Queues.Time;
using NodaTime;

namespace EOrda.Queues.Twins;

/// <summary>What a queue tells of some members of a batch, at an instant up to which it is settled.</summary>
/// <param name="Queue">The queue.</param>
/// <param name="Members">Its members, in the order of the reservation.</param>
/// <param name="Available">How many places the kindergarten has available there, of either access.</param>
/// <param name="Open">How many of them are in open access.</param>
public sealed record TwinFacts(QueueKey Queue, IReadOnlyList<MemberFacts> Members, int Available, int Open) : Reply
{
    internal static TwinFacts Of(Queue queue, IEnumerable<string> applications, string kindergarten, Moment at)
    {
        var free = queue.FreeAt(kindergarten);
        return new TwinFacts(queue.Key, [.. applications.Select(name => MemberFacts.Of(queue, name, at))], free?.Count ?? 0, free?.OpenCount(at) ?? 0);
    }
}

/// <summary>What a queue tells of one member of a batch.</summary>
/// <param name="Application">The application.</param>
/// <param name="NotWaiting">Why it cannot reserve at all, or null.</param>
/// <param name="Applicant">Its legal representative.</param>
/// <param name="Born">The child's birth date.</param>
/// <param name="HoldsReservation">It holds a reservation.</param>
/// <param name="IsAtReferralLimit">The child has had as many referrals as it may.</param>
/// <param name="IsAtLapseLimit">The child has let as many reservations lapse as it may.</param>
/// <param name="IsInWindow">It is in the window of priority access.</param>
public sealed record MemberFacts(
    string Application,
    Reason? NotWaiting,
    string Applicant,
    LocalDate Born,
    bool HoldsReservation,
    bool IsAtReferralLimit,
    bool IsAtLapseLimit,
    bool IsInWindow)
{
    internal static MemberFacts Of(Queue queue, string name, Moment at)
    {
        var index = queue.FindApplication(name);
        if (index < 0)
        {
            return new MemberFacts(name, Reason.UnknownApplication, "", LocalDate.MinIsoValue, false, false, false, false);
        }

        ref var application = ref queue.Applications[index];
        return new MemberFacts(
            name,
            ReservationDecisions.WaitingFault(queue, index),
            queue.PeopleNames[application.Applicant],
            application.Born,
            application.HoldsReservation,
            ReservationDecisions.AtReferralLimit(queue, index, at),
            ReservationDecisions.AtLapseLimit(queue, index, at),
            application.Status == Status.Waiting && queue.IsInWindow(index, at));
    }
}
