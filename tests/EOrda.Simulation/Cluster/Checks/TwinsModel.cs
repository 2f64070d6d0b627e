using EOrda.Model;
using EOrda.Queues;
using EOrda.Queues.Names;
using EOrda.Queues.Steps;
using EOrda.Queues.Time;
using EOrda.Queues.Twins;
using static EOrda.Simulation.Cluster.Checks.QueueModel;

namespace EOrda.Simulation.Cluster.Checks;

/// <summary>Has the model take the steps of batches across queues that a queue took.</summary>
/// <param name="queue">The queue.</param>
/// <param name="model">Its model.</param>
/// <param name="isHeld">Whether a batch was held by its leader.</param>
/// <param name="compare">Compares the model's answer with one, for what was asked.</param>
internal sealed class TwinsModel(QueueKey queue, NaiveModel model, Func<CommandKey, bool> isHeld, Func<string, Answer, object, string?> compare)
{
    /// <summary>Takes a step again.</summary>
    /// <returns>What is wrong, or null.</returns>
    public string? Take(ProcessStep step, Reply reply, Moment at) => (step, reply) switch
    {
        (HoldHalf or ConfirmHalf or EndHalf, _) when !isHeld(step.Key) => $"{step} is taken, and the leader never held the batch.",
        (DescribeTwins s, TwinFacts r) => Describe(s, r, at),
        (LeadTwins s, _) => Lead(s, reply, at),
        (TakeHalf s, _) => TakeHalf(s, reply, at),
        (HoldTwins s, TwinsKept) => Hold(s.Key, at),
        (HoldHalf s, Noted) => Hold(s.Key, at),
        (UndoTwins s, Noted) => Undo(s.Key, at),
        (UndoHalf s, Noted) => Undo(s.Key, at),
        (EndTwins s, _) => End(s, reply, at),
        (ConfirmHalf s, HalfConfirmed r) => compare(model.ConfirmHalf($"{s.Key}", decides: false, at.ToInstant()), new ReferralsGiven(r.Referrals), s),
        (EndHalf s, Noted) => Differ(model.DropHalf($"{s.Key}", decides: false, s.At.ToInstant(), at.ToInstant()), null, s),
        (TellOutcome or NoteSettled, _) => null,
        _ => $"{step} is answered {reply}.",
    };

    private string? Describe(DescribeTwins step, TwinFacts facts, Moment at)
    {
        var modelled = model.Tell(step.Applications, at.ToInstant());
        var (available, open) = model.Count(step.Kindergarten, at.ToInstant());
        return !modelled.SequenceEqual(facts.Members.Select(Told)) || available != facts.Available || open != facts.Open
            ? $"{step} is told {string.Join(", ", facts.Members)}, {facts.Available}, {facts.Open}; the model says {string.Join(", ", modelled)}, {available}, {open}."
            : null;
    }

    private string? Lead(LeadTwins step, Reply reply, Moment at)
    {
        var own = model.Tell(OwnOf(step.Members), at.ToInstant());
        var (available, open) = model.Count(step.Kindergarten, at.ToInstant());
        var (ofOwn, ofOthers) = (new Queue<MemberTold>(own), step.Others.ToDictionary(facts => facts.Queue, facts => new Queue<MemberFacts>(facts.Members)));
        var members = step.Members.Select(member => member.Queue == queue ? ofOwn.Dequeue() : Told(ofOthers[member.Queue].Dequeue())).ToList();
        var inWindow = members.Exists(member => member.InWindow);
        var fault = model.MembersFault(queue.ToString(), members, step.Kindergarten, at.ToInstant())
            ?? (available < own.Count || step.Others.Any(facts => facts.Available < facts.Members.Count) ? "no-place" : null)
            ?? (!inWindow && (open < own.Count || step.Others.Any(facts => facts.Open < facts.Members.Count)) ? "outside-window" : null);
        if (reply is not TwinsLed led || fault is not null)
        {
            return Differ(fault, RefusalOf(reply), step);
        }

        var places = model.TakeHalf($"{step.Key}", leads: true, OwnOf(step.Members), step.Kindergarten, until: null, inWindow, at.ToInstant());
        return Differ(string.Join(' ', places), string.Join(' ', led.Places), step)
            ?? Differ(Moment.From(model.EndOfHalf($"{step.Key}")), led.Until, step)
            ?? Differ(inWindow, led.InWindow, step);
    }

    private string? TakeHalf(TakeHalf step, Reply reply, Moment at)
    {
        if (reply is TwinsKept)
        {
            return at >= step.Until ? null : $"{step} is answered {reply} at {at}.";
        }

        var own = model.Tell(OwnOf(step.Members), at.ToInstant());
        var (available, open) = model.Count(step.Kindergarten, at.ToInstant());
        var inWindow = step.InWindow || own.Any(member => member.InWindow);
        var fault = model.MembersFault(queue.ToString(), own, step.Kindergarten, at.ToInstant())
            ?? (available < own.Count ? "no-place" : null)
            ?? (!inWindow && open < own.Count ? "outside-window" : null);
        if (reply is not HalfTaken taken || fault is not null)
        {
            return Differ(fault, RefusalOf(reply), step);
        }

        var places = model.TakeHalf($"{step.Key}", leads: false, OwnOf(step.Members), step.Kindergarten, step.Until.ToInstant(), inWindow, at.ToInstant());
        return Differ(string.Join(' ', places), string.Join(' ', taken.Places), step);
    }

    private string? Hold(CommandKey key, Moment at)
    {
        model.HoldHalf($"{key}", at.ToInstant());
        return null;
    }

    private string? Undo(CommandKey key, Moment at)
    {
        model.UndoHalf($"{key}", at.ToInstant());
        return null;
    }

    private string? End(EndTwins step, Reply reply, Moment at) => step.Confirm
        ? compare(model.ConfirmHalf($"{step.Batch}", decides: true, at.ToInstant()), reply is TwinsEnded ended ? new ReferralsGiven(ended.Referrals) : ((Answered)reply).Answer, step)
        : Differ(model.DropHalf($"{step.Batch}", decides: true, at.ToInstant(), at.ToInstant()), RefusalOf(reply), step);

    private List<string> OwnOf(IEnumerable<BatchMember> members) => [.. members.Where(member => member.Queue == queue).Select(member => member.Application)];

    private static string? RefusalOf(Reply reply) => reply is Answered { Answer: Refusal refusal } ? Words.Of(refusal.Reason) : null;

    private static MemberTold Told(MemberFacts facts) => new(
        facts.NotWaiting is { } reason ? Words.Of(reason) : null,
        facts.Applicant,
        facts.Born,
        facts.HoldsReservation,
        facts.IsAtReferralLimit,
        facts.IsAtLapseLimit,
        facts.IsInWindow);
}
