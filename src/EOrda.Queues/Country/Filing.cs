using EOrda.Queues.Applications;
using EOrda.Queues.Names;
using EOrda.Queues.Rules;

namespace EOrda.Queues.Country;

/// <summary>Filing an application: one active application a child and kind in the whole country (rules, section 4; 000: 10-9 … 10-30).</summary>
internal static class Filing
{
    public static Answer Take(Submit submit, ITurn turn)
    {
        if (!QueueKey.TrySplit(submit.Queue, out var locality, out var kind, out var cohort))
        {
            return Refusal.For(Reason.BadQueue);
        }

        if (turn.Localities.RulesOf(locality) is null)
        {
            return Refusal.For(Reason.UnknownLocality);
        }

        if (!QueueKey.TryCreate(locality, kind, cohort, out var key))
        {
            return Refusal.For(Reason.BadQueue);
        }

        if (turn.RegisterOf(submit.Application).QueueOfApplication(submit.Application) is not null)
        {
            return Refusal.For(Reason.DuplicateApplication);
        }

        var queue = turn.QueueOf(key);
        if (ApplicationDecisions.FilingFault(queue, submit, turn.At) is { } fault)
        {
            return Refusal.For(fault);
        }

        if (turn.RegisterOf(submit.Child).LastFiled(submit.Child, key.Kind) is { } last
            && turn.QueueOf(last.Queue).Applications[last.Application].IsActive)
        {
            return Refusal.For(Reason.AlreadyQueued);
        }

        var number = queue.ApplicationCount;
        turn.Happen(queue, ApplicationDecisions.File(queue, submit, turn.At));
        turn.Happen(submit.Application, new ApplicationRegistered(submit.Application, key));
        turn.Happen(submit.Child, new ChildFiled(submit.Child, key, number));
        return queue.StandingOf(number);
    }
}
