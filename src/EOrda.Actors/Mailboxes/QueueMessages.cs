using EOrda.Actors.Answers;
using EOrda.Actors.Entities;
using EOrda.Actors.Live;
using EOrda.Actors.Queries;
using EOrda.Actors.Telemetry;
using EOrda.Actors.Turns;
using EOrda.Queues;
using EOrda.Queues.Names;
using EOrda.Queues.Rules;
using EOrda.Queues.Time;

namespace EOrda.Actors.Mailboxes;

/// <summary>A command to be decided once and answered when that is on disk.</summary>
internal sealed class Ask(Node node, Command command, CommandKey key) : Reply<Answer>
{
    private readonly AskTrace? trace = AskTrace.Begin(command);
    private bool repeated;

    public Command Command { get; } = command;

    public CommandKey Key { get; } = key;

    /// <summary>The queue that the caller asked, where it named one.</summary>
    public QueueKey? Queue { get; init; }

    public ulong Fingerprint { get; } = Answers.Fingerprint.Of(command);

    /// <summary>Answers from memory when the key was used before; fails when nothing can be decided now. True when nothing remains to be done.</summary>
    public bool IsDone(Entity home, Moment at)
    {
        trace?.Deciding();
        var hasRoom = home.Memory.Answers.HasRoom(at);
        if (home.Memory.Answers.Find(Key, Fingerprint) is { } first)
        {
            repeated = true;
            Accept(home, first);
            return true;
        }

        if (!node.Commits.IsAvailable)
        {
            throw new NotRecordedException("The journal does not record at present; nothing has changed.", node.Options.JournalPause);
        }

        return hasRoom ? false : throw new BusyException($"{home.Name} keeps no more keys.", node.Options.JournalPause);
    }

    /// <summary>
    /// False of a refusal for an application or place that is not the entity's which was asked: it is recorded and kept nowhere, or anybody could fill the keys of
    /// a queue that is none of his.
    /// </summary>
    public bool IsKept(Answer answer) =>
        answer is not Refusal { Reason: var reason } || reason != (Command is RevokePlace ? Reason.UnknownPlace : Reason.UnknownApplication);

    /// <summary>Gives the answer, to go out when the disk has what the entity recorded.</summary>
    public void Accept(Entity home, Answer answer)
    {
        trace?.Decided();
        Answer(answer);
        home.ReleaseLater(this);
    }

    public override void Release()
    {
        node.Metrics.Decisions.Answered(Given, repeated);
        trace?.Answered(Given);
        base.Release();
    }

    public override void Fail(Exception fault)
    {
        node.Metrics.Decisions.Failed(fault);
        trace?.Failed(fault);
        base.Fail(fault);
    }

    public override void Run(Entity entity)
    {
        var at = entity.TurnInstant();
        if (IsDone(entity, at))
        {
            return;
        }

        var queue = entity.Duty!.BringUp(entity, at);
        if (JointTurn.IsNeeded(Command, queue))
        {
            node.StartJointTurn(this, entity);
            return;
        }

        Accept(entity, entity.Duty.Execute(entity, this, at));
    }
}

/// <summary>A look at a queue, settled up to now.</summary>
internal sealed class Look<T>(Func<Queue, Moment, T> look) : Reply<T>
{
    public override void Run(Entity entity)
    {
        var at = entity.TurnInstant();
        Answer(look(entity.Duty!.BringUpToLook(entity, at), at));
        entity.ReleaseLater(this);
    }
}

/// <summary>A query to a queue, settled up to now.</summary>
internal sealed class AskedQuery<TReply>(QueueQuery<TReply> query) : Reply<TReply>
    where TReply : class
{
    public override void Run(Entity entity)
    {
        var at = entity.TurnInstant();
        var queue = entity.Duty!.BringUpToLook(entity, at);
        Answer(query.AnswerFrom(new QueriedQueue(queue, at, entity.Duty.Feed.LatestUpdate)));
        entity.ReleaseLater(this);
    }
}

/// <summary>A look at an entity's state that is no queue's.</summary>
internal sealed class LookAt<TState, T>(Func<TState, T> look) : Reply<T>
    where TState : IEntityState
{
    public override void Run(Entity entity)
    {
        Answer(look((TState)entity.Memory.State));
        entity.ReleaseLater(this);
    }
}

/// <summary>The beginning of a watch.</summary>
internal sealed class BeginWatch(Watching watching) : Reply<LiveSnapshot>
{
    public override void Run(Entity entity)
    {
        var at = entity.TurnInstant();
        Answer(entity.Duty!.Feed.Add(watching, entity.Duty.BringUpToLook(entity, at), at));
        entity.ReleaseLater(this);
    }
}

/// <summary>The end of a watch.</summary>
internal sealed class EndWatch(Watching watching) : Message
{
    public override void Run(Entity entity) => entity.Duty!.Feed.Remove(watching, QueueDuty.QueueOf(entity));

    public override void Release()
    {
    }

    public override void Fail(Exception fault)
    {
    }
}

/// <summary>Has an entity write its snapshot and, if nobody needs it, give its memory back. Answered when all is on disk.</summary>
internal sealed class Rest(bool forget) : Reply<bool>
{
    public override void Run(Entity entity)
    {
        Answer(true);
        entity.Passivate(this, forget);
    }
}
