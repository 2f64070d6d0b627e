using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using EOrda.Actors.Answers;
using EOrda.Actors.Entities;
using EOrda.Actors.Facts;
using EOrda.Actors.Journal;
using EOrda.Actors.Live;
using EOrda.Actors.Mailboxes;
using EOrda.Actors.Queries;
using EOrda.Actors.Telemetry;
using EOrda.Actors.Turns;
using EOrda.Queues;
using EOrda.Queues.Country;
using EOrda.Queues.Names;
using EOrda.Queues.Rules;
using EOrda.Queues.Time;
using Microsoft.Extensions.Logging;

namespace EOrda.Actors;

/// <summary>All entities of a process: the queues, the register's shards and the localities, one journal and one clock.</summary>
public sealed partial class Node : IQueues
{
    private readonly ConcurrentDictionary<string, Entity> entities = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<QueueKey, bool> queues = new();
    private readonly ConcurrentDictionary<QueueKey, Entity> queueEntities = new();
    private readonly Lock publishing = new();
    private readonly bool ownsScheduler;
    private readonly ClockSteps clockSteps;
    private Localities localities = new();
    private CountryDirectory country = DirectoryOf(new Localities());
    private volatile bool stopping;
    private TaskCompletionSource? noJointTurns;
    private int jointTurns;

    private Node(IJournal journal, NodeOptions options, TimeProvider time, ILoggerFactory logs, INodeScheduler? scheduler)
    {
        Journal = journal;
        Options = options;
        Time = time;
        Log = logs.CreateLogger<Node>();
        ownsScheduler = scheduler is null;
        Scheduler = scheduler ?? new ThreadPoolScheduler();
        Metrics = new NodeMetrics(() => entities.Select(named => named.Value));
        Commits = new GroupCommit(journal, Scheduler, time, options, Metrics, Log);
        Targets = new NodeTargets(this);
        clockSteps = new ClockSteps(time);
    }

    /// <inheritdoc/>
    public Moment Now => Moment.From(Time.GetUtcNow());

    /// <summary>The queues that have a record or were named in a filing or freeing since the start, in no order.</summary>
    public IEnumerable<QueueKey> Queues => queues.Keys;

    internal bool IsStopping => stopping;

    /// <summary>The localities and kindergartens as the disk has them: the same object until one of them changes.</summary>
    internal CountryDirectory Country => Volatile.Read(ref country);

    internal IJournal Journal { get; }

    internal NodeOptions Options { get; }

    internal TimeProvider Time { get; }

    internal ILogger Log { get; }

    internal INodeScheduler Scheduler { get; }

    internal GroupCommit Commits { get; }

    internal NodeTargets Targets { get; }

    internal NodeMetrics Metrics { get; }

    /// <summary>Starts a node on its journal, which is the node's from then on. Entities are recovered when they are first asked.</summary>
    /// <param name="journal">The journal.</param>
    /// <param name="options">The bounds.</param>
    /// <param name="time">The one clock.</param>
    /// <param name="logs">Where the node logs.</param>
    /// <param name="scheduler">Where its work runs; the thread pool by default.</param>
    /// <exception cref="JournalDamagedException">The localities cannot be recovered.</exception>
    public static async Task<Node> Start(IJournal journal, NodeOptions options, TimeProvider time, ILoggerFactory logs, INodeScheduler? scheduler = null)
    {
        var node = new Node(journal, options, time, logs, scheduler);
        try
        {
            await node.ReadCountry();
        }
        catch (Exception fault)
        {
            await node.DisposeAsync();
            if (fault.InnerException is JournalDamagedException damage)
            {
                throw damage;
            }

            throw;
        }

        node.restTimer = time.CreateTimer(_ => node.RestIdle(), state: null, RestEvery, RestEvery);
        node.stepTimer = time.CreateTimer(_ => node.WakeAfterStep(), state: null, ClockSteps.Every, ClockSteps.Every);
        return node;
    }

    /// <inheritdoc/>
    /// <remarks>An amendment is in force as soon as it is on disk, so nothing is promised beyond now.</remarks>
    public ValueTask<CountryDirectory> Directory(CancellationToken cancel = default) => ValueTask.FromResult(Country with { Horizon = Now });

    /// <inheritdoc/>
    public ValueTask<QueueFacts> Facts(QueueKey queue, long from, int most, CancellationToken cancel = default) =>
        throw new NotSupportedException("The journal of this layer is not read for facts.");

    /// <inheritdoc/>
    public ValueTask<bool> Knows(QueueKey queue, CancellationToken cancel = default) => ValueTask.FromResult(queues.ContainsKey(queue));

    /// <inheritdoc/>
    public ValueTask<Answer> Ask(Command command, CommandKey key, QueueKey? queue = null, CancellationToken cancel = default)
    {
        ThrowIfStopping();
        switch (command)
        {
            case CleanUp cleanUp:
                return CleanUpAll(cleanUp, key, cancel);
            case ApplicationCommand or RevokePlace when queue is null:
                return FindAndAsk(command, key, cancel);
            case ApplicationCommand or RevokePlace when KnownEntity(queue) is { } entity:
                var own = new Ask(this, command, key);
                entity.Post(own);
                return Awaited(own.Task, cancel);
            case ApplicationCommand or RevokePlace:
                return ValueTask.FromResult<Answer>(Refusal.For(command is RevokePlace ? Reason.UnknownPlace : Reason.UnknownApplication));
            default:
                var joint = new Ask(this, command, key) { Queue = queue };
                StartJointTurn(joint);
                return Awaited(joint.Task, cancel);
        }
    }

    /// <inheritdoc/>
    public ValueTask<TReply> Query<TReply>(QueueKey queue, QueueQuery<TReply> query, CancellationToken cancel = default)
        where TReply : class
    {
        ThrowIfStopping();
        if (!queues.ContainsKey(queue))
        {
            return ValueTask.FromResult(query.AnswerFrom(EmptyQueue(queue)));
        }

        var message = new AskedQuery<TReply>(query);
        EntityNamed(queue).Post(message);
        return Awaited(message.Task, cancel);
    }

    /// <inheritdoc/>
    public async ValueTask<LiveWatch> Watch(QueueKey queue, ILiveListener listener, CancellationToken cancel = default)
    {
        ThrowIfStopping();
        ThrowIfUnknown(queue);
        var entity = EntityNamed(queue);
        var watching = new Watching(listener);
        var begin = new BeginWatch(watching);
        entity.Post(begin);
        try
        {
            return new LiveWatch(await Awaited(begin.Task, cancel), End);
        }
        catch
        {
            // It may have begun all the same.
            End();
            throw;
        }

        void End() => entity.PostOwn(new EndWatch(watching));
    }

    /// <summary>Looks at a queue in its entity's turn, for those who test the node: the function must be quick and must not keep the queue.</summary>
    internal ValueTask<T> Look<T>(QueueKey queue, Func<Queue, Moment, T> look)
    {
        ThrowIfStopping();
        if (!queues.ContainsKey(queue))
        {
            var nothing = EmptyQueue(queue);
            return ValueTask.FromResult(look(nothing.Queue, nothing.At));
        }

        var message = new Look<T>(look);
        EntityNamed(queue).Post(message);
        return message.Task;
    }

    private QueriedQueue EmptyQueue(QueueKey key)
    {
        var (queue, now) = (new Queue(key), Now);
        RulesAdoption.BringUp(queue, RulesOf(key.Locality), now, happened: null);
        return new QueriedQueue(queue, now, LatestUpdate: 0);
    }

    private async Task ReadCountry()
    {
        foreach (var head in Journal.Heads())
        {
            if (EntityNames.QueueOf(head.Entity) is { } queue)
            {
                queues[queue] = true;
            }
        }

        Publish(await LookAt(EntityNames.Localities, (LocalitiesState state) => state.Localities.Copy()));
    }

    internal Entity EntityNamed(string name)
    {
        if (entities.TryGetValue(name, out var entity))
        {
            return entity;
        }

        if (entities.Count >= Options.EntityCapacity)
        {
            throw new BusyException("The node has as many entities as it may.", Options.JournalPause);
        }

        return entities.GetOrAdd(name, MakeEntity);
    }

    /// <summary>The entity of a name if anybody has needed it yet.</summary>
    internal Entity? FindEntity(string name) => entities.GetValueOrDefault(name);

    // A queue that was never filed or freed in has none.
    private Entity? KnownEntity(QueueKey queue) =>
        queueEntities.TryGetValue(queue, out var entity) ? entity : queues.ContainsKey(queue) ? EntityNamed(queue) : null;

    // Found by the key itself: its name need not be written out for each command.
    private Entity EntityNamed(QueueKey queue) => queueEntities.TryGetValue(queue, out var entity)
        ? entity
        : queueEntities.GetOrAdd(queue, EntityNamed(EntityNames.Of(queue)));

    /// <summary>The rules of a known locality.</summary>
    /// <exception cref="ArgumentException">The locality is not known.</exception>
    internal IReadOnlyList<RulesInForce> RulesOf(string locality) =>
        Country.Localities.GetValueOrDefault(locality) ?? throw new ArgumentException($"The locality '{locality}' is not known.", nameof(locality));

    /// <summary>The localities as the disk has them; nobody changes this copy.</summary>
    internal Localities Localities => Volatile.Read(ref localities);

    internal void Publish(Localities changed)
    {
        // Commits are answered by several threads; an older state must not come after a newer one.
        lock (publishing)
        {
            if (changed.Version >= localities.Version)
            {
                Volatile.Write(ref localities, changed);
                Volatile.Write(ref country, DirectoryOf(changed));
            }
        }

        WakeWatched();
    }

    // Amended rules take effect when a queue is next touched; those who watch one see at once what they mean for the window.
    private void WakeWatched()
    {
        foreach (var watched in entities.Values.Where(entity => entity.Duty?.IsWatched == true).OrderBy(entity => entity.Name, StringComparer.Ordinal))
        {
            watched.PostOwn(new Wake());
        }
    }

    private static CountryDirectory DirectoryOf(Localities localities) => new(
        localities.Keys.ToDictionary(key => key, key => (IReadOnlyList<RulesInForce>)[.. localities.RulesOf(key)!]),
        localities.Kindergartens.ToDictionary(),
        Horizon: Moment.Beginning);

    internal void StartJointTurn(Ask ask, Entity? home = null)
    {
        var (homeName, names) = JointTurnEntities.For(ask.Command, this);
        if (Interlocked.Increment(ref jointTurns) > Options.JointTurns)
        {
            JointTurnEnded();
            throw new BusyException("The node has as many turns over several entities under way as it may.", Options.JournalPause);
        }

        JointTurn turn;
        try
        {
            turn = new JointTurn(this, ask, home?.Name ?? homeName, names);
        }
        catch
        {
            JointTurnEnded();
            throw;
        }

        turn.Begin();
    }

    internal void JointTurnEnded()
    {
        if (Interlocked.Decrement(ref jointTurns) == 0)
        {
            Volatile.Read(ref noJointTurns)?.TrySetResult();
        }
    }

    internal ValueTask<T> LookAt<TState, T>(string entity, Func<TState, T> look)
        where TState : IEntityState
    {
        var message = new LookAt<TState, T>(look);
        EntityNamed(entity).Post(message);
        return message.Task;
    }

    private static ValueTask<T> Awaited<T>(ValueTask<T> task, CancellationToken cancel) =>
        cancel.CanBeCanceled ? new ValueTask<T>(task.AsTask().WaitAsync(cancel)) : task;

    private Entity MakeEntity(string name)
    {
        if (EntityNames.QueueOf(name) is not { } queue)
        {
            return new Entity(this, name);
        }

        queues[queue] = true;
        return new Entity(this, name) { Duty = new QueueDuty(this, queue) };
    }

    private async ValueTask<Answer> FindAndAsk(Command command, CommandKey key, CancellationToken cancel)
    {
        var queue = command is RevokePlace revoke
            ? await LookAt(EntityNames.OfFormerRegisterFor(revoke.Place), (RegisterState state) => state.Register.QueueOfPlace(revoke.Place))
            : await QueueOfApplication(((ApplicationCommand)command).Application);
        return queue is not null
            ? await Ask(command, key, queue, cancel)
            : Refusal.For(command is RevokePlace ? Reason.UnknownPlace : Reason.UnknownApplication);
    }

    private ValueTask<QueueKey?> QueueOfApplication(string application) =>
        LookAt(EntityNames.OfFormerRegisterFor(application), (RegisterState state) => state.Register.QueueOfApplication(application));

    private async ValueTask<Answer> CleanUpAll(CleanUp command, CommandKey key, CancellationToken cancel)
    {
        if (!Country.Localities.ContainsKey(command.Locality))
        {
            return Refusal.For(Reason.UnknownLocality);
        }

        var stopListed = new List<string>();
        foreach (var queue in queues.Keys.Where(queue => queue.Locality == command.Locality).OrderBy(queue => queue.ToString(), StringComparer.Ordinal))
        {
            ThrowIfStopping();
            var ask = new Ask(this, command, KeyFor(key, queue));
            EntityNamed(queue).Post(ask);
            stopListed.AddRange(((CleanedUp)await Awaited(ask.Task, cancel)).StopListed);
        }

        return new CleanedUp(stopListed);
    }

    /// <summary>The key of a queue's part of a clean-up.</summary>
    internal static CommandKey KeyFor(CommandKey key, QueueKey queue)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{key.Value:X32}/{queue}"), hash);
        return new CommandKey(System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(hash));
    }

    private void ThrowIfUnknown(QueueKey queue)
    {
        if (!queues.ContainsKey(queue))
        {
            throw new ArgumentException($"The queue {queue} is not known.", nameof(queue));
        }
    }

    private void ThrowIfStopping()
    {
        if (stopping)
        {
            throw new BusyException("The node is stopping.", Options.JournalPause);
        }
    }
}
