using System.Runtime.InteropServices;
using EOrda.Actors.Country;
using EOrda.Actors.Entities;
using EOrda.Actors.Persistence;
using EOrda.Actors.Processes;
using EOrda.Actors.Queries;
using EOrda.Actors.Routing;
using EOrda.Queues;
using EOrda.Queues.Country;
using EOrda.Queues.Names;
using EOrda.Queues.Recording;
using EOrda.Queues.Steps;
using EOrda.Queues.Time;
using Reply = EOrda.Queues.Steps.Reply;

namespace EOrda.Actors.Queues;

/// <summary>A queue of the country: decides the commands about its applications and places, and answers queries.</summary>
internal sealed partial class QueueActor : ProcessEntity<DatedEvent>
{
    private readonly QueueKey key;
    private readonly ILocalityRules rules;
    private readonly QueueSurroundings around;
    private readonly List<DatedEvent> happened = [];

    public QueueActor(QueueKey key, ILocalityRules rules, EntityServices services, QueueSurroundings around)
        : base(EntityNames.Of(key), services, around.Processes)
    {
        this.key = key;
        this.rules = rules;
        this.around = around;
    }

    /// <inheritdoc/>
    protected override Action<ByteWriter, DatedEvent> Format { get; } = static (to, dated) => EventFormat.Write(to, dated.Event);

    /// <inheritdoc/>
    protected override bool HasUnfinished => Queue.HasProcesses;

    private Queue Queue => ((QueueState)Memory.State).Queue;

    /// <inheritdoc/>
    protected override void OnMessage(object message)
    {
        if (!TryRest(message) && !TryHold(message))
        {
            Used();
            Serve(message);
        }

        TellNews();
        SetDueTimer();
    }

    private void Serve(object message)
    {
        switch (message)
        {
            case AskQueue ask:
                Decide(ask);
                break;
            case QueryQueue query:
                Answer(query);
                break;
            default:
                if (!TryWatch(message))
                {
                    base.OnMessage(message);
                }

                break;
        }
    }

    /// <inheritdoc/>
    protected override Reply Take(ProcessStep step, Moment at, List<DatedEvent> happened)
    {
        var reply = Queue.Take((QueueStep)step, at, rules, happened);
        around.Dues.LookAtDeadlines(key.Locality, Queue.Rules, happened);
        return reply;
    }

    /// <inheritdoc/>
    protected override IEnumerable<Process> Unfinished(Moment at, CommandKey fresh) => UnfinishedProcesses.Of(Queue, at, fresh);

    /// <summary>Settles the queue up to an instant under the rules in force. It decides only at instants before the horizon up to which the rules are known.</summary>
    protected override RequestFailure? BringUp(Moment at)
    {
        if (rules.RulesOf(key.Locality, at) is not { } known)
        {
            return BusyFor("does not know the rules in force yet");
        }

        var inForce = Queue.RulesAdopted > 0 ? Queue.Rules : null;
        happened.Clear();
        RulesAdoption.BringUp(Queue, known, at, happened);
        around.Dues.LookAtDeadlines(key.Locality, inForce, happened);
        RecordSettled(at);
        return null;
    }

    private void Decide(AskQueue ask)
    {
        ask.Trace?.Deciding();
        var command = new EncodedCommand(ask.Command, ask.Key);
        if (TryReplyFirst(command, ask.Request) || TryJoin(command, ask.Request))
        {
            return;
        }

        var at = InstantNow();
        if ((RoomFault(at) ?? QuotaFault(command, at) ?? BringUp(at)) is { } fault)
        {
            Reply(ask.Request, fault);
        }
        else if (!IsKnown(ask.Command))
        {
            Reply(ask.Request, Homes.Unknown(ask.Command));
        }
        else if (TakesProcess(ask.Command) || HasBegunProcess(ask))
        {
            Run(command, ask.Command, ask.Request, ask.Trace);
        }
        else
        {
            DecideAlone(ask, command, at);
        }
    }

    private void DecideAlone(AskQueue ask, EncodedCommand command, Moment at)
    {
        happened.Clear();
        if (AnswerTo(ask, at) is not { } answer)
        {
            Reply(ask.Request, BusyFor("waits for the end of a process that the command depends on"));
            return;
        }

        around.Dues.LookAtDeadlines(key.Locality, Queue.Rules, happened);
        Record(at, command, answer, CollectionsMarshal.AsSpan(happened), Format);
        ask.Trace?.Decided();
        Reply(ask.Request, answer);
    }

    // Null while the answer depends on a process under way. There hardly ever is one, and then nothing is allocated for it.
    private Answer? AnswerTo(AskQueue ask, Moment at) => Queue.HasProcesses
        ? (Queue.Take(new DecideCommand(ask.Key, key, ask.Command), at, rules, happened) as Answered)?.Answer
        : Queue.Execute(ask.Command, at, rules, happened);

    private bool IsKnown(Command command) => command switch
    {
        ApplicationCommand c => Queue.HasApplication(c.Application),
        RevokePlace c => Queue.HasPlace(c.Place),
        _ => true,
    };

    // True when the queue alone cannot decide the command.
    private bool TakesProcess(Command command) => command switch
    {
        Reserve { Place: { } place } => !Queue.HasPlace(place),
        Confirm or Drop => Queue.IsInBatchAcross(((ApplicationCommand)command).Application),
        Enrol => true,
        _ => false,
    };

    // A batch that was ended by a process shows in the state as if it never was one: whoever asks again gets the answer from the process.
    private bool HasBegunProcess(AskQueue ask) =>
        ask.Command is Confirm or Drop && Memory.Answers.Contains(new EncodedStep(new DecideCommand(ask.Key, key, ask.Command)).Key);

    private void Answer(QueryQueue query)
    {
        var at = InstantNow();
        Reply(query.Request, BringUp(at) ?? query.Query.ReplyFrom(new QueriedQueue(Queue, at, LatestUpdate)));
    }
}
