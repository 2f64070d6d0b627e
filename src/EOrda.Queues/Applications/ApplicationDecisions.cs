using EOrda.Queues.Order;
using EOrda.Queues.Rules;
using EOrda.Queues.Time;

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

        return queue.Key.Kind != Names.Kind.Sanatorium && submit.Born.Year != queue.Key.Year ? Reason.WrongCohort : null;
    }

    public static ApplicationSubmitted File(Queue queue, Submit submit, Moment at) => new(
        submit.Application,
        submit.Child,
        submit.Applicant,
        submit.Born,
        submit.Category,
        submit.Submitted ?? at,
        submit.UnderReview,
        queue.Schedule.DateOf(at).PlusMonths(queue.Rules.ValidMonths));

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
