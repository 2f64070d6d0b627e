using EOrda.Actors.Answers;
using EOrda.Actors.Entities;
using EOrda.Actors.Journal;
using EOrda.Actors.Mailboxes;
using EOrda.Queues;
using EOrda.Queues.Country;
using EOrda.Queues.Names;
using EOrda.Queues.Recording;
using EOrda.Queues.Rules;
using EOrda.Queues.Steps;
using EOrda.Queues.Time;

namespace EOrda.Actors.Turns;

/// <summary>
/// One command over several entities: each stops at this message, in the order of their keys so that two joint turns never wait for each other;
/// the last one's thread decides over all their states at one instant; what happened goes into one commit, so that a crash leaves all of it or none.
/// An entity that turns out to be needed besides is added, and the turn is taken again.
/// </summary>
internal sealed class JointTurn : ITurn
{
    // A turn needs at most a register shard and a queue for each name in a command, and the names are bounded.
    private const int MostEntities = 64;

    private readonly Node node;
    private readonly Ask ask;
    private readonly string home;
    private readonly SortedDictionary<string, Entity> entities = new(StringComparer.Ordinal);
    private readonly Dictionary<Entity, List<object>> happened = [];
    private int next;
    private List<Entity> stopping = [];

    public JointTurn(Node node, Ask ask, string home, IEnumerable<string> names)
    {
        this.node = node;
        this.ask = ask;
        this.home = home;
        foreach (var name in names.Append(home))
        {
            entities[name] = node.EntityNamed(name);
        }
    }

    /// <summary>The turn's instant.</summary>
    public Moment At { get; private set; }

    /// <summary>The country's localities and kindergartens.</summary>
    public Localities Localities => home == EntityNames.Localities
        ? ((LocalitiesState)Parked(EntityNames.Localities).Memory.State).Localities
        : node.Localities;

    /// <summary>True when a queue alone cannot decide the command.</summary>
    public static bool IsNeeded(Command command, Queue queue) => command switch
    {
        Reserve { Place: { } place } c => !queue.HasPlace(place) && queue.Find(c.Application) is not null,
        Confirm or Drop => queue.IsInBatchAcross(((ApplicationCommand)command).Application),
        Enrol c => queue.Find(c.Application) is not null,
        _ => false,
    };

    /// <summary>Begins: asks the first entity to stop.</summary>
    public void Begin()
    {
        stopping = [.. entities.Values];
        next = 0;
        AskNext();
    }

    /// <summary>The entity asked last has stopped.</summary>
    public void Arrived() => AskNext();

    /// <summary>The shard of the register that knows an identifier.</summary>
    public Register RegisterOf(string identifier) => ((RegisterState)Parked(EntityNames.OfFormerRegisterFor(identifier)).Memory.State).Register;

    /// <summary>A queue of a known locality, settled up to the turn's instant under the rules in force.</summary>
    public Queue QueueOf(QueueKey key)
    {
        var entity = Parked(EntityNames.Of(key));
        return entity.Duty!.BringUp(entity, At);
    }

    /// <inheritdoc/>
    public Reply Take(ProcessStep asked) => asked switch
    {
        RegisterStep step => Take(step),
        LocalityStep step => Take(step),
        QueueStep step => Take(step),
        _ => throw new ArgumentException($"Nobody takes the step {asked.GetType().Name}.", nameof(asked)),
    };

    private Reply Take(RegisterStep step)
    {
        var noted = new List<RegisterEvent>();
        var reply = RegisterOf(step.Identifier).Take(step, noted);
        Keep(EntityNames.OfFormerRegisterFor(step.Identifier), noted);
        return reply;
    }

    private Reply Take(LocalityStep step)
    {
        var changed = new List<LocalityEvent>();
        var reply = Localities.Take(step, At, changed);
        Keep(EntityNames.Localities, changed);
        return reply;
    }

    private Reply Take(QueueStep step)
    {
        var decided = new List<DatedEvent>();
        var reply = QueueOf(step.Queue).Take(step, At, node.Targets, decided);
        Keep(EntityNames.Of(step.Queue), decided.ConvertAll(dated => dated.Event));
        return reply;
    }

    private void AskNext()
    {
        while (next < stopping.Count)
        {
            if (!stopping[next++].TryStop(new Stop(this)))
            {
                return;
            }
        }

        Take();
    }

    private void Take()
    {
        var stopped = stopping;
        try
        {
            if (TakeOver(stopped) is { } needed)
            {
                entities[needed] = node.EntityNamed(needed);
                stopped.ForEach(entity => entity.Unpark());
                Begin();
                return;
            }

            End(stopped, fault: null);
        }
        catch (Exception fault) when (fault is BusyException or KeyReusedException or NotRecordedException)
        {
            End(stopped, fault);
        }
        catch (Exception fault)
        {
            stopped.ForEach(entity => entity.ThrowAway(fault));
            End(stopped, new OutcomeUnknownException("The command failed in the middle; ask again with the same key.", fault));
        }
    }

    private void End(List<Entity> stopped, Exception? fault)
    {
        stopped.ForEach(entity => entity.Unpark());
        if (fault is not null)
        {
            Answering.Fail(node.Scheduler, ask, fault);
        }

        node.JointTurnEnded();
    }

    // Gives the name of an entity that is needed besides, or null when the command is decided.
    private string? TakeOver(List<Entity> stopped)
    {
        try
        {
            Decide(stopped);
            return null;
        }
        catch (EntityNeededException needed) when (happened.Count == 0 && entities.Count < MostEntities)
        {
            return needed.Name;
        }
    }

    private void Decide(List<Entity> stopped)
    {
        var homeEntity = entities[home];
        At = stopped.Max(entity => entity.TurnInstant());
        happened.Clear();
        if (IsMisaddressed())
        {
            ask.Accept(homeEntity, Refusal.For(Reason.UnknownApplication));
        }
        else if (!ask.IsDone(homeEntity, At))
        {
            JointTurnEntities.Foresee(ask.Command, this);
            var answer = Turn.Take(ask.Command, ask.Key, this);
            foreach (var entity in stopped)
            {
                Record(entity, entity == homeEntity && ask.IsKept(answer) ? new RecordedCommand(ask.Key, ask.Fingerprint, answer) : null);
            }

            if (home == EntityNames.Localities)
            {
                homeEntity.ReleaseLater(new PublishLocalities(node, Localities.Copy()));
            }

            ask.Accept(homeEntity, answer);
        }

        node.Commits.Add(Entity.CommitOf(stopped));
    }

    // Siblings may wait in several queues; the one who asks must be of the queue that was asked.
    private bool IsMisaddressed() =>
        ask is { Command: ReserveBatch { Applications: [var first, ..] }, Queue: { } asked } && RegisterOf(first).QueueOfApplication(first) != asked;

    private void Record(Entity entity, RecordedCommand? command)
    {
        var events = happened.GetValueOrDefault(entity, []);
        if (EntityNames.IsRegister(entity.Name))
        {
            events = [.. WholeTurns.Lasting(events.ConvertAll(noted => (RegisterEvent)noted))];
        }

        foreach (var one in events)
        {
            if (one is QueueEvent e)
            {
                entity.Duty!.LookAtDeadline(QueueDuty.QueueOf(entity).Rules, e);
            }
        }

        if (events.Count > 0 || command is not null)
        {
            entity.Record(At, command, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(events), WriteEvent);
        }
    }

    private static void WriteEvent(ByteWriter to, object happened)
    {
        switch (happened)
        {
            case QueueEvent e: EventFormat.Write(to, e); break;
            case RegisterEvent e: EventFormat.Write(to, e); break;
            case LocalityEvent e: EventFormat.Write(to, e); break;
        }
    }

    private void Keep(string name, IReadOnlyCollection<object> events)
    {
        if (events.Count == 0)
        {
            return;
        }

        var entity = Parked(name);
        if (!happened.TryGetValue(entity, out var kept))
        {
            happened[entity] = kept = [];
        }

        kept.AddRange(events);
    }

    private Entity Parked(string name) => entities.GetValueOrDefault(name) ?? throw new EntityNeededException(name);

    /// <summary>Stops an entity for the joint turn.</summary>
    private sealed class Stop(JointTurn joint) : Message
    {
        public override void Run(Entity entity) => entity.Park(joint);

        public override void Release()
        {
        }

        public override void Fail(Exception fault) => joint.GiveUp(fault);
    }

    // An entity could not stop (it could not be recovered): those that have stopped go on.
    private void GiveUp(Exception fault) => End(stopping[..(next - 1)], fault);
}

/// <summary>A joint turn needs an entity that has not stopped for it.</summary>
internal sealed class EntityNeededException(string name) : Exception
{
    /// <summary>The entity's key.</summary>
    public string Name { get; } = name;
}

/// <summary>Makes a change of the localities known once it is on disk.</summary>
internal sealed class PublishLocalities(Node node, Localities localities) : Message
{
    public override void Run(Entity entity)
    {
    }

    public override void Release() => node.Publish(localities);

    public override void Fail(Exception fault)
    {
    }
}
