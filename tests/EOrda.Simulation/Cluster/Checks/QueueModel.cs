using EOrda.Model;
using EOrda.Queues;
using EOrda.Queues.Names;
using EOrda.Queues.Rules;
using EOrda.Queues.Steps;
using EOrda.Queues.Time;
using EOrda.Queues.Twins;
using EOrda.Simulation.Checks;
using EOrda.Simulation.Cluster.Stored;

namespace EOrda.Simulation.Cluster.Checks;

/// <summary>
/// Has the model decide everything again that a queue decided, each command and each step at its own instant, in the order of the queue's records, and compares.
/// </summary>
internal sealed class QueueModel
{
    private readonly QueueKey queue;
    private readonly LocalityLines localities;
    private readonly Func<CommandKey, bool> hasSteps;
    private readonly NaiveModel model = new();
    private readonly TwinsModel twins;
    private readonly List<string> filed = [];
    private readonly HashSet<CommandKey> taken = [];
    private readonly Dictionary<string, string> referrals = [];
    private int localityLines;

    /// <summary>A queue before its first record.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="localities">What was set up and amended.</param>
    /// <param name="isHeld">Whether a batch across queues was held by its leader.</param>
    /// <param name="hasSteps">Whether a command was decided by steps, which are records of their own.</param>
    public QueueModel(QueueKey queue, LocalityLines localities, Func<CommandKey, bool> isHeld, Func<CommandKey, bool> hasSteps)
    {
        (this.queue, this.localities, this.hasSteps) = (queue, localities, hasSteps);
        twins = new TwinsModel(queue, model, isHeld, Compare);
    }

    /// <summary>How many decisions were compared.</summary>
    public int Decisions { get; private set; }

    /// <summary>What is not as it is replied, or null.</summary>
    public static string? Differ<T>(T modelled, T replied, object asked) =>
        EqualityComparer<T>.Default.Equals(modelled, replied) ? null : $"{asked} is answered {replied}, the model says {modelled}.";

    /// <summary>Decides a record again.</summary>
    /// <returns>What is wrong, or null.</returns>
    public string? Decide(StoredRecord record)
    {
        TakeLocalityLines(record.At);
        var wrong = record switch
        {
            DecidedCommand decided when !hasSteps(decided.Key) => Compare(Answer(decided.Command, decided.At), decided.Answer, decided.Command),
            TakenStep step when taken.Add(step.StepKey) => Take(step.Step, step.Reply, step.At),
            _ => null,
        };
        return wrong is null ? null : $"Record {record.Number} of {record.Entity}, at {record.At}: {wrong}";
    }

    /// <summary>The model's answer to a question at an instant.</summary>
    public string Ask(string question, Moment at)
    {
        TakeLocalityLines(at);
        return AnswerLines.OfModel(model.Answer(question)!, (_, number) => number);
    }

    private string? Take(ProcessStep step, Reply reply, Moment at) => (step, reply) switch
    {
        (DecideCommand s, Answered r) => Compare(s, r.Answer, at),
        (TellWhetherActive s, Activity r) => Differ(model.IsActive(filed[s.Application], at.ToInstant()), r.IsActive, s),
        (FileApplication s, ApplicationFiled r) => File(s, r, at),
        (FileApplication s, Answered r) => Compare(model.File(ModelLines.Of(s.Submit, at), s.OtherIsActive), r.Answer, s),
        (ReportPlace s, Answered r) => Report(s, r.Answer, at),
        (PrepareEnrolment s, EnrolmentReady) => Differ(model.PrepareEnrolment(s.Application, at.ToInstant()), null, s),
        (PrepareEnrolment s, Answered { Answer: Refusal r }) => Differ(model.PrepareEnrolment(s.Application, at.ToInstant()), Words.Of(r.Reason), s),
        (LeaveFormerPlace s, FormerPlace r) => Differ(model.LeaveFormer(filed[s.Application], at.ToInstant()), r.Place, s),
        (CompleteEnrolment s, Answered) => Complete(s, at),
        (PrepareEnrolment, Answered) or (DecideCommand, InTwins) => null,
        _ => twins.Take(step, reply, at),
    };

    private string? Compare(DecideCommand step, Answer answer, Moment at)
    {
        var modelled = Answer(step.Command, at);

        // Of places in other queues this model knows nothing.
        return step.IsPlaceElsewhere is true && answer is Refusal { Reason: Reason.WrongQueue } && modelled.Contains("\"unknown-place\"", StringComparison.Ordinal)
            ? null
            : Compare(modelled, answer, step);
    }

    private string Answer(Command command, Moment at) =>
        command is CleanUp ? model.CleanUpQueue(queue.ToString(), at.ToInstant()) : model.Answer(ModelLines.Of(command, at))!;

    private string? Compare(string modelled, Answer answer, object asked)
    {
        Decisions++;
        return Differ(AnswerLines.OfModel(modelled, Referral(answer)), AnswerLines.Of(answer), asked);
    }

    // The queue numbers referrals in its own way; each number may come once.
    private Func<string, string, string> Referral(Answer answer) => (application, number) =>
    {
        var given = (answer as ReferralsGiven)?.Referrals.FirstOrDefault(referral => referral.Application == application)?.Referral ?? number;
        return referrals.TryAdd(given, number) ? given : $"{given}, which is another referral's number";
    };

    private string? File(FileApplication step, ApplicationFiled reply, Moment at)
    {
        if (filed.IndexOf(step.Submit.Application) is >= 0 and var known)
        {
            return Differ(known, reply.Application, step);
        }

        filed.Add(step.Submit.Application);
        return Differ(filed.Count - 1, reply.Application, step) ?? Compare(model.File(ModelLines.Of(step.Submit, at), step.OtherIsActive), reply.Standing, step);
    }

    private string? Report(ReportPlace step, Answer answer, Moment at) =>
        Compare(model.Answer(ModelLines.Of(new FreePlace(step.Place, step.Kindergarten, queue.ToString(), Age: null), at))!, answer, step);

    private string? Complete(CompleteEnrolment step, Moment at) =>
        model.TryCompleteEnrolment(step.Application, at.ToInstant()) ? null : $"{step} is taken, and for the model there is no referral.";

    private void TakeLocalityLines(Moment at)
    {
        foreach (var line in localities.UpTo(queue.Locality, at, ref localityLines))
        {
            model.Answer(line);
        }
    }
}
