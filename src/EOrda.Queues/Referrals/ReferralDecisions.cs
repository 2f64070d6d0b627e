using EOrda.Queues.Applications;
using EOrda.Queues.Rules;
using EOrda.Queues.Time;
using NodaTime;

namespace EOrda.Queues.Referrals;

/// <summary>Issuing, cancelling, extending, verifying, using, refusing and missing referrals (rules, section 7; 000: 15-8 … 15-12, 15-20 … 15-23).</summary>
internal static class ReferralDecisions
{
    /// <summary>Issues a referral on a live reservation.</summary>
    /// <param name="queue">The application's queue.</param>
    /// <param name="application">The application that holds the reservation.</param>
    /// <param name="at">The instant of issue.</param>
    /// <param name="issuedBefore">How many referrals the queue has issued before this one.</param>
    /// <param name="phase">The pattern's phase before this one.</param>
    public static ReferralIssued Issue(Queue queue, int application, Moment at, int issuedBefore, int phase)
    {
        var today = queue.Schedule.DateOf(at);
        var lastValid = queue.Schedule.WorkingDayAfter(today, queue.Rules.ReferralWorkingDays);
        var category = queue.Applications[application].Category;
        return new ReferralIssued(
            application,
            $"{queue.Key}/{issuedBefore + 1}",
            at,
            today,
            lastValid,
            queue.Schedule.EndOf(lastValid),
            Verified: category != Category.OutOfTurn || !queue.Key.UsesCategories,
            Phase: queue.Rules.Carry && queue.Applications[application].ReservedInPriority ? PhaseAfter(category, phase, queue.Rules.GeneralShare) : phase);
    }

    public static Decision Cancel(Queue queue, string name, Moment at)
    {
        if (Find(queue, name, out var application, out var referral) is { } reason)
        {
            return Decision.Refuse(reason);
        }

        if (at >= referral.CancellableUntil(queue.Rules))
        {
            return Decision.Refuse(Reason.TooLate);
        }

        // Given up on the date of its issue the place goes on counting for the window (rules, section 5).
        var today = queue.Schedule.DateOf(at);
        var annulled = Annul(queue, application, at) with
        {
            GivenUpOn = queue.Applications[application].ReservedInPriority && referral.IssuedOn == today ? today : null,
        };
        var returnsAt = at.PlusMinutes(queue.Rules.ReturnMinutes);
        return Decision.Accept(new ReferralCancelled(returnsAt, annulled.AvailableAt), annulled, new ApplicationReturning(application, returnsAt));
    }

    public static Decision Extend(Queue queue, string name, int days, Moment at)
    {
        if (Find(queue, name, out var application, out var referral) is { } reason)
        {
            return Decision.Refuse(reason);
        }

        if (referral.Extended)
        {
            return Decision.Refuse(Reason.AlreadyExtended);
        }

        if (queue.Schedule.DateOf(at) != referral.LastValid)
        {
            return Decision.Refuse(Reason.NotLastDay);
        }

        if (days < 1 || days > queue.Rules.ExtensionMaxDays)
        {
            return Decision.Refuse(Reason.BadLength);
        }

        var lastValid = referral.LastValid.PlusDays(days);
        var until = queue.Schedule.EndOf(lastValid);
        return Decision.Accept(new ValidUntil(until), new ReferralExtended(application, lastValid, until));
    }

    public static Decision Verify(Queue queue, string name, bool approve, Moment at)
    {
        if (Find(queue, name, out var application, out var referral) is { } reason)
        {
            return Decision.Refuse(reason);
        }

        if (referral.Verified)
        {
            return Decision.Refuse(Reason.NotUnverified);
        }

        return approve
            ? Decision.AcceptStanding(application, new ReferralVerified(application))
            : Decision.AcceptStanding(application, new CategoryChanged(application, Category.General), Annul(queue, application, at), Comings.Back(queue, application, at));
    }

    /// <summary>Why a child cannot be enrolled; null when it can.</summary>
    public static Reason? EnrolmentFault(Queue queue, string name, out int application)
    {
        if (Find(queue, name, out application, out var referral) is { } reason)
        {
            return reason;
        }

        return referral.Verified ? null : Reason.Unverified;
    }

    public static Decision Refuse(Queue queue, string name, Moment at) =>
        Find(queue, name, out var application, out _) is { } reason
            ? Decision.Refuse(reason)
            : Decision.AcceptStanding(application, Annul(queue, application, at) with { Undone = true }, Comings.Back(queue, application, at));

    /// <summary>
    /// The referral expired unused: the stop-list, or out for good when that happened too often. The place returns on the day after the last valid date.
    /// A benefit that nobody confirmed is lost.
    /// </summary>
    public static QueueEvent[] Expire(Queue queue, int application, Moment at)
    {
        var referral = queue.Referrals[application];
        QueueEvent annulled = new ReferralAnnulled(application, queue.Schedule.ReleaseOn(referral.LastValid.PlusDays(1)), Missed: true, Undone: false, GivenUpOn: null);
        var gone = Missed(queue, application, referral.LastValid, at);
        return referral.Verified ? [annulled, gone] : [annulled, new CategoryChanged(application, Category.General), gone];
    }

    private static QueueEvent Missed(Queue queue, int application, LocalDate lastValid, Moment at)
    {
        if (queue.Applications[application].Misses + 1 > queue.Rules.MissesAllowed)
        {
            return new ApplicationArchived(application, Cause.MissedTwice);
        }

        var until = queue.Schedule.EndOf(queue.Schedule.WorkingDayAfter(lastValid, queue.Rules.StopListWorkingDays));
        return new ApplicationStopListed(application, Cause.ReferralExpired, queue.Schedule.DateOf(at), until);
    }

    private static ReferralAnnulled Annul(Queue queue, int application, Moment at) =>
        new(application, queue.Schedule.ReleaseOn(queue.Schedule.DateOf(at).PlusDays(1)), Missed: false, Undone: false, GivenUpOn: null);

    private static int PhaseAfter(Category category, int phase, int generalShare) => category switch
    {
        Category.FirstPriority => generalShare,
        Category.General => Math.Max(0, phase - 1),
        _ => phase,
    };

    private static Reason? Find(Queue queue, string name, out int application, out Referral referral)
    {
        referral = null!;
        application = queue.FindApplication(name);
        if (application < 0)
        {
            return Reason.UnknownApplication;
        }

        return queue.Referrals.TryGetValue(application, out referral!) ? null : Reason.NoReferral;
    }
}
