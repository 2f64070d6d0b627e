using EOrda.Queues.Applications;
using EOrda.Queues.Places;
using EOrda.Queues.Referrals;
using EOrda.Queues.Reservations;
using EOrda.Queues.Rules;
using EOrda.Queues.StopList;
using EOrda.Queues.Time;

namespace EOrda.Queues;

public sealed partial class Queue
{
    /// <summary>The rules as a function of this state, a command and an instant up to which everything is settled. Changes nothing.</summary>
    internal Decision Decide(Command command, Moment at, ITargets targets) => command switch
    {
        Reserve c => ReservationDecisions.Reserve(this, c, at, targets),
        Confirm c => ReservationDecisions.Confirm(this, c.Application, at),
        Drop c => ReservationDecisions.Drop(this, c.Application, at),
        Cancel c => ReferralDecisions.Cancel(this, c.Application, at),
        Extend c => ReferralDecisions.Extend(this, c.Application, c.Days, at),
        Verify c => ReferralDecisions.Verify(this, c.Application, c.Approve, at),
        Enrol c when FindApplication(c.Application) < 0 => Decision.Refuse(Reason.UnknownApplication),
        Refuse c => ReferralDecisions.Refuse(this, c.Application, at),
        Leave c => PlaceDecisions.Leave(this, c.Application, at),
        RevokePlace c => PlaceDecisions.Revoke(this, c.Place, at),
        Review c => ApplicationDecisions.Review(this, c.Application, c.Approve, at),
        ChangeCategory c => ApplicationDecisions.ChangeCategory(this, c.Application, c.Category),
        Transfer c => ApplicationDecisions.Transfer(this, c.Application, c.Applicant),
        Correct c => ApplicationDecisions.Correct(this, c.Application, c.Born, at),
        Prolong c => ApplicationDecisions.Prolong(this, c.Application, at),
        Withdraw c => ApplicationDecisions.Withdraw(this, c.Application, at),
        CleanUp => StopListDecisions.CleanUp(this, at),
        _ => throw new ArgumentException($"A queue alone does not decide {command.GetType().Name}.", nameof(command)),
    };
}
