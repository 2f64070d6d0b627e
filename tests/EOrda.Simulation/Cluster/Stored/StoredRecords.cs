using EOrda.Actors.Answers;
using EOrda.Actors.Entities;
using EOrda.Actors.Hosting;
using EOrda.Actors.Journal;
using EOrda.Actors.Persistence;
using EOrda.Queues;
using EOrda.Queues.Country;
using EOrda.Queues.Twins;

namespace EOrda.Simulation.Cluster.Stored;

/// <summary>What the journal holds, read record by record as it is committed: which command was decided and which step taken, when and how, and the state that follows.</summary>
internal sealed class StoredRecords(ClusterWorld world)
{
    private static readonly ActorsBounds Wide = new() { KeyLifetime = TimeSpan.FromDays(1_000) };

    private readonly SortedDictionary<string, Entity> entities = new(StringComparer.Ordinal);
    private readonly Dictionary<CommandKey, DecidedCommand> commands = [];
    private readonly Dictionary<(string Entity, CommandKey StepKey), TakenStep> steps = [];
    private readonly HashSet<CommandKey> processes = [];
    private readonly HashSet<CommandKey> held = [];

    /// <summary>All entities that have records, in the order of their names.</summary>
    public IEnumerable<string> Entities => entities.Keys;

    /// <summary>An entity's records, in order.</summary>
    public IReadOnlyList<StoredRecord> Of(string entity) => entities.TryGetValue(entity, out var own) ? own.Records : [];

    /// <summary>An entity's memory as the journal gives it; null when it has no record.</summary>
    public EntityMemory? MemoryOf(string entity) => entities.GetValueOrDefault(entity)?.Memory;

    /// <summary>A queue as the journal gives it; null when it has no record.</summary>
    public Queue? QueueOf(string entity) => (MemoryOf(entity)?.State as QueueState)?.Queue;

    /// <summary>A bucket of the register as the journal gives it; null when it has no record.</summary>
    public Register? RegisterFor(string identifier) => (MemoryOf(EntityNames.OfRegisterFor(identifier))?.State as RegisterState)?.Register;

    /// <summary>The localities as the journal gives them; null when they have no record.</summary>
    public Localities? Localities => (MemoryOf(EntityNames.Localities)?.State as LocalitiesState)?.Localities;

    /// <summary>True when some entity took a step for a command.</summary>
    public bool HasSteps(CommandKey command) => processes.Contains(command);

    /// <summary>True when the leader of a batch across queues has held it.</summary>
    public bool IsHeld(CommandKey batch) => held.Contains(batch);

    /// <summary>The decision of a command, or null when it is not stored.</summary>
    public DecidedCommand? Find(CommandKey key) => commands.GetValueOrDefault(key);

    /// <summary>The step with a key that an entity took, or null when it is not stored.</summary>
    public TakenStep? Find(string entity, CommandKey stepKey) => steps.GetValueOrDefault((entity, stepKey));

    /// <summary>A transaction is committed.</summary>
    public void Committed(IReadOnlyList<StoredEvent> transaction)
    {
        foreach (var stored in transaction)
        {
            var page = Page.Read(stored.Bytes);
            world.Trace.Add($"{stored.Entity}#{stored.Sequence}: {page.First}+{page.Count} {Convert.ToHexString(page.HashBefore[..4])}");
            if (!entities.TryGetValue(stored.Entity, out var own))
            {
                entities[stored.Entity] = own = new Entity(stored.Entity);
            }

            try
            {
                own.Read(page, record => Note(record, own));
                if (stored.Entity == EntityNames.Localities)
                {
                    world.LocalityLines.Follow(own.Records, Localities!, world.RightCommand);
                }
            }
            catch (JournalDamagedException damage)
            {
                world.Fail("journal", damage.Message);
                return;
            }
        }
    }

    private void Note(StoredRecord record, Entity own)
    {
        CheckHorizon(record, own);
        if (record is TakenStep { Step: not TellOutcome } step)
        {
            processes.Add(step.Step.Key);
            if (step is { Step: HoldTwins, Reply: TwinsKept { AreHeld: true } })
            {
                held.Add(step.Step.Key);
            }

            if (world.RightCommand(step.Step.Key) is null)
            {
                world.Fail("asked", $"Record {record.Number} of {record.Entity} takes a step of a command that nobody asked: {step.Step}.");
            }
        }

        switch (record)
        {
            case DecidedCommand decided when !commands.TryAdd(decided.Key, decided):
                var first = commands[decided.Key];
                world.Fail("decided once", $"{decided.Command} is decided in record {first.Number} of {first.Entity} and again in record {decided.Number} of {decided.Entity}.");
                break;
            case TakenStep taken when !steps.TryAdd((taken.Entity, taken.StepKey), taken):
                var before = steps[(taken.Entity, taken.StepKey)];
                if (taken.At.UnixMilliseconds - before.At.UnixMilliseconds < new ActorsBounds().KeyLifetime.TotalMilliseconds)
                {
                    world.Fail("decided once", $"{taken.Step} is taken in record {before.Number} of {taken.Entity} and again in record {taken.Number}.");
                }

                break;
        }
    }

    // A queue decides nothing at instants from which on other rules are in force than it knows.
    private void CheckHorizon(StoredRecord record, Entity own)
    {
        if (own.Memory.State is not QueueState { Queue: var queue } || queue.RulesAdopted == own.RulesAdopted)
        {
            return;
        }

        if (own.RulesAdopted > 0 && Localities!.RulesOf(queue.Key.Locality)![queue.RulesAdopted - 1].From is var from && record.At > from)
        {
            world.Fail("horizon", $"{own.Memory.State.GetType().Name} {queue.Key} adopts at {record.At}, in record {record.Number}, rules that are in force from {from} on.");
        }

        own.RulesAdopted = queue.RulesAdopted;
    }

    private sealed class Entity(string name)
    {
        private readonly PageReader reader = new(name, 0, RecordFormat.FirstHash(name));

        public List<StoredRecord> Records { get; } = [];

        public int RulesAdopted { get; set; }

        public EntityMemory Memory { get; } = new(EntityNames.Empty(name), new RecentAnswers(Wide.KeysKept, Wide.KeyLifetime));

        public void Read(Page page, Action<StoredRecord> note)
        {
            foreach (var content in reader.Contents(page))
            {
                RecordContent.Apply(Memory, content.Span);
                Records.Add(StoredRecord.Read(name, reader.Last, content.Span));
                note(Records[^1]);
            }
        }
    }
}
