using System.Runtime.InteropServices;
using EOrda.Actors.Entities;
using EOrda.Actors.Persistence;
using EOrda.Actors.Processes;
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
    private readonly List<DatedEvent> happened = [];

    public QueueActor(QueueKey key, ILocalityRules rules, EntityServices services)
        : base(EntityNames.Of(key), services)
    {
        this.key = key;
        this.rules = rules;
    }

    /// <inheritdoc/>
    protected override Action<ByteWriter, DatedEvent> Format { get; } = static (to, dated) => EventFormat.Write(to, dated.Event);

    private Queue Queue => ((QueueState)Memory.State).Queue;

    /// <inheritdoc/>
    protected override void OnMessage(object message)
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
                base.OnMessage(message);
                break;
        }
    }

    /// <inheritdoc/>
    protected override Reply Take(ProcessStep step, Moment at, List<DatedEvent> happened) => Queue.Take((QueueStep)step, at, rules, happened);

    /// <summary>Settles the queue up to an instant under the rules in force. It decides only at instants before the horizon up to which the rules are known.</summary>
    protected override RequestFailure? BringUp(Moment at)
    {
        if (rules.RulesOf(key.Locality, at) is not { } known)
        {
            return BusyFor("does not know the rules in force yet");
        }

        happened.Clear();
        RulesAdoption.BringUp(Queue, known, at, happened);

        // One record for each instant: a record has one.
        for (int start = 0, end; start < happened.Count; start = end)
        {
            var instant = happened[start].At;
            for (end = start + 1; end < happened.Count && happened[end].At == instant; end++)
            {
            }

            Record(instant, CollectionsMarshal.AsSpan(happened)[start..end], Format);
        }

        return null;
    }

    private void Decide(AskQueue ask)
    {
        var command = new EncodedCommand(ask.Command, ask.Key);
        try
        {
            if (FirstAnswer(command) is { } first)
            {
                Reply(ask.Request, first);
                return;
            }
        }
        catch (KeyReusedException)
        {
            Reply(ask.Request, RequestFailure.KeyReused);
            return;
        }

        var at = InstantNow();
        if ((RoomFault(at) ?? BringUp(at)) is { } fault)
        {
            Reply(ask.Request, fault);
            return;
        }

        happened.Clear();
        var answer = Queue.Execute(ask.Command, at, rules, happened);
        Record(at, command, answer, CollectionsMarshal.AsSpan(happened), Format);
        Reply(ask.Request, answer);
    }

    private void Answer(QueryQueue query)
    {
        var at = InstantNow();
        Reply(query.Request, BringUp(at) ?? query.Query switch
        {
            SummaryQuery => (object)new QueueSummary(at, Queue.ApplicationCount, Queue.Counts, Queue.Pattern, Queue.AvailablePlaces),
            _ => throw new ArgumentException($"Unknown query {query.Query.GetType().Name}.", nameof(query)),
        });
    }
}
