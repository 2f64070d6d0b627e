using System.Runtime.InteropServices;
using EOrda.Actors.Entities;
using EOrda.Actors.Persistence;
using EOrda.Actors.Queries;
using EOrda.Actors.Routing;
using EOrda.Queues;
using EOrda.Queues.Country;
using EOrda.Queues.Names;
using EOrda.Queues.Recording;
using EOrda.Queues.Time;

namespace EOrda.Actors.Queues;

/// <summary>A queue of the country: decides the commands about its applications and places, and answers queries.</summary>
internal sealed class QueueActor : PersistedEntity
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
                Unhandled(message);
                break;
        }
    }

    private void Decide(AskQueue ask)
    {
        if (IsFull)
        {
            Reply(ask.Request, Busy("has as much waiting for the database as it may"));
            return;
        }

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
            Reply(ask.Request, new RequestFailure(FailureKind.KeyReused, TimeSpan.Zero, "The key was used before with a different command."));
            return;
        }

        var at = InstantNow();
        if (!TryBringUp(at))
        {
            Reply(ask.Request, Busy("does not know the rules in force yet"));
            return;
        }

        if (!Memory.Answers.HasRoom(at))
        {
            Reply(ask.Request, Busy("keeps as many answers as it may"));
            return;
        }

        happened.Clear();
        var answer = Queue.Execute(ask.Command, at, rules, happened);
        Record(at, command, answer, CollectionsMarshal.AsSpan(happened), WriteEvent);
        Reply(ask.Request, answer);
    }

    private void Answer(QueryQueue query)
    {
        var at = InstantNow();
        if (!TryBringUp(at))
        {
            Reply(query.Request, Busy("does not know the rules in force yet"));
            return;
        }

        Reply(query.Request, query.Query.ReplyFrom(new QueriedQueue(Queue, at, LatestUpdate: 0)));
    }

    // The queue decides only at instants before the horizon up to which the rules are known.
    private bool TryBringUp(Moment at)
    {
        if (rules.RulesOf(key.Locality, at) is not { } known)
        {
            return false;
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

            Record(instant, CollectionsMarshal.AsSpan(happened)[start..end], WriteEvent);
        }

        return true;
    }

    private RequestFailure Busy(string why) => new(FailureKind.Busy, Services.Bounds.RetryAfter, $"{PersistenceId} {why}.");

    private static void WriteEvent(ByteWriter to, DatedEvent dated) => EventFormat.Write(to, dated.Event);
}
