using EOrda.Queues.Order;
using EOrda.Queues.Rules;
using EOrda.Queues.Time;
using NodaTime;

namespace EOrda.Queues.Applications;

/// <summary>Filing, review, category, prolonging and withdrawing (rules, section 4).</summary>
internal static class ApplicationDecisions
{
    /// <summary>The checks of filing that need only this queue, in the order of docs/replay.md; null when there is no fault.</summary>
    public static Reason? FilingFault(Queue queue, Submit submit, Moment at)
    {
        var today = queue.Schedule.DateOf(at);
        if (submit.Born <= today && today >= Age.Birthday(submit.Born, queue.Rules.AgeLimit))
        {
            return Reason.TooOld;
        }

        if (submit.Born > today)
        {
            return Reason.NotBorn;
        }

        return IsOfCohort(queue, submit.Born) ? null : Reason.WrongCohort;
    }

    private static bool IsOfCohort(Queue queue, LocalDate born) => queue.Key.Kind == Names.Kind.Sanatorium || born.Year == queue.Key.Year;

    public static ApplicationSubmitted File(Queue queue, Submit submit, Moment at, CommandKey key) => new(
        submit.Application,
        submit.Child,
        submit.Applicant,
        submit.Born,
        submit.Category,
        submit.Submitted ?? at,
        submit.UnderReview,
        queue.Schedule.DateOf(at).PlusMonths(queue.Rules.ValidMonths),
        key);

    public static Decision Review(Queue queue, string name, bool approve, Moment at)
    {
        var application = queue.FindApplication(name);
        if (application < 0)
        {
            return Decision.Refuse(Reason.UnknownApplication);
        }

        if (queue.Applications[application].Status != Status.Review)
        {
            return Decision.Refuse(Reason.NotUnderReview);
        }

        if (approve)
        {
            return Decision.AcceptStanding(application, Comings.Back(queue, application, at, PositionCause.Reviewed));
        }

        var general = new CategoryChanged(application, Category.General);
        return queue.Key.Kind == Names.Kind.General
            ? Decision.AcceptStanding(application, general, Comings.Back(queue, application, at, PositionCause.Reviewed))
            : Decision.AcceptStanding(application, general, new ApplicationArchived(application, Cause.Refused));
    }

    public static Decision ChangeCategory(Queue queue, string name, Category category)
    {
        var fault = ActiveFault(queue, name, out var application);
        return fault is { } reason ? Decision.Refuse(reason) : Decision.AcceptStanding(application, new CategoryChanged(application, category));
    }

    public static Decision Transfer(Queue queue, string name, string applicant) =>
        ActiveFault(queue, name, out var application) is { } reason
            ? Decision.Refuse(reason)
            : Decision.Accept(Answer.Done, new ApplicationTransferred(application, applicant));

    /// <summary>The 1 June follows from the new date. One that is returning, stop-listed or referred leaves when it would come back.</summary>
    public static Decision Correct(Queue queue, string name, LocalDate born, Moment at)
    {
        if (ActiveFault(queue, name, out var application) is { } reason)
        {
            return Decision.Refuse(reason);
        }

        if (born > queue.Schedule.DateOf(at))
        {
            return Decision.Refuse(Reason.NotBorn);
        }

        if (!IsOfCohort(queue, born))
        {
            return Decision.Refuse(Reason.WrongCohort);
        }

        var corrected = new BirthDateCorrected(application, born);
        return at >= queue.LeavesForAgeAt(born) && queue.Applications[application].Status is Status.Waiting or Status.Review
            ? Decision.AcceptStanding(application, [corrected, .. Comings.Away(queue, application, Cause.TooOld, at)])
            : Decision.AcceptStanding(application, corrected);
    }

    public static Decision Prolong(Queue queue, string name, Moment at)
    {
        if (ActiveFault(queue, name, out var application) is { } reason)
        {
            return Decision.Refuse(reason);
        }

        var through = queue.Schedule.DateOf(at).PlusMonths(queue.Rules.ValidMonths);
        return Decision.Accept(new ValidUntil(queue.Schedule.EndOf(through)), new ApplicationProlonged(application, through));
    }

    public static Decision Withdraw(Queue queue, string name, Moment at)
    {
        if (ActiveFault(queue, name, out var application) is { } reason)
        {
            return Decision.Refuse(reason);
        }

        return queue.Applications[application].Status == Status.Referred
            ? Decision.Refuse(Reason.Referred)
            : Decision.Accept(Answer.Done, Comings.Away(queue, application, Cause.Withdrawn, at));
    }

    private static Reason? ActiveFault(Queue queue, string name, out int application)
    {
        application = queue.FindApplication(name);
        if (application < 0)
        {
            return Reason.UnknownApplication;
        }

        return queue.Applications[application].IsActive ? null : Reason.NotActive;
    }
}
