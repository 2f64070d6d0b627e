using EOrda.Queues.Audit;
using EOrda.Queues.Country;
using EOrda.Queues.Names;
using EOrda.Queues.Recording;
using EOrda.Queues.Rules;
using EOrda.Queues.Steps;
using EOrda.Queues.Tests.Properties;
using EOrda.Queues.Time;
using NodaTime;

namespace EOrda.Queues.Tests.Processes;

/// <summary>
/// Entities that know each other only by steps and replies, as actors do: each has its memory, what it recorded, and its replies by key. A crash leaves what
/// was recorded.
/// </summary>
internal sealed class World : ITargets
{
    public const string Older = "almaty/general/2021", Younger = "almaty/general/2022";
    private const int Buckets = 4;

    private readonly Localities localities = new();
    private readonly SortedDictionary<string, OneQueue> queues = new(StringComparer.Ordinal);
    private readonly OneRegister[] registers = [.. Enumerable.Range(0, Buckets).Select(_ => new OneRegister())];
    private ulong commands;

    /// <summary>A town with two general kindergartens and a sanatorium, at nine in the morning of a Monday.</summary>
    public World()
    {
        At = Read("2026-06-01 09:00");
        new RulesDraft { TimeZone = "Asia/Almaty", LapsesPerDay = 1 }.TryBuild(out var rules, out _);
        localities.Apply(new RulesSet("almaty", rules, Moment.Beginning), At);
        localities.Apply(new KindergartenRegistered("kg", "almaty", Kind.General), At);
        localities.Apply(new KindergartenRegistered("kg2", "almaty", Kind.General), At);
        localities.Apply(new KindergartenRegistered("sanatorium", "almaty", Kind.Sanatorium), At);
    }

    private World(World other)
    {
        (At, localities, commands) = (other.At, other.localities, other.commands);
        foreach (var (name, queue) in other.queues)
        {
            queues.Add(name, queue.Copy());
        }

        registers = [.. other.registers.Select(register => register.Copy())];
    }

    public Moment At { get; set; }

    public bool AllAtOnce => false;

    public IEnumerable<Queue> Queues => queues.Values.Select(queue => queue.State);

    public IEnumerable<Register> Registers => registers.Select(register => register.State);

    public static Moment Read(string local) => Moment.From(
        DateTimeZoneProviders.Tzdb["Asia/Almaty"].AtStrictly(NodaTime.Text.LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm").Parse(local).Value).ToInstant());

    /// <summary>The same world, apart from this one.</summary>
    public World Copy() => new(this);

    public CommandKey NextKey() => new(++commands);

    /// <summary>Runs a command's process to its end.</summary>
    public Answer Do(Command command)
    {
        var running = new Running(new CommandProcess(NextKey(), command));
        running.RunToEnd(this);
        return running.Answer!;
    }

    public Reply Take(ProcessStep asked) => asked switch
    {
        RegisterStep step => BucketOf(step.Identifier).Take(step),
        FindQueues => new QueuesFound([.. queues.Values.Select(queue => queue.State.Key)]),
        LocalityStep step => localities.Take(step, At, happened: null),
        _ => QueueNamed(((QueueStep)asked).Queue.ToString()).Take((QueueStep)asked, this),
    };

    public bool IsKindergarten(string kindergarten) => localities.Kindergartens.ContainsKey(kindergarten);

    public bool IsPlace(string place) => throw new InvalidOperationException("The register knows that.");

    public Register RegisterOf(string identifier) => BucketOf(identifier).State;

    public Queue Queue(string name) => QueueNamed(name).Settled(this);

    /// <summary>Every entity loses its memory and reads again what it recorded.</summary>
    /// <param name="forgetReplies">True when a day has passed since: the replies by key are gone too.</param>
    public void Crash(bool forgetReplies = false)
    {
        foreach (var queue in queues.Values)
        {
            queue.Crash(forgetReplies);
        }

        foreach (var register in registers)
        {
            register.Crash(forgetReplies);
        }
    }

    /// <summary>What the entities say is not at its end; each is run by its own actor after a crash.</summary>
    public IReadOnlyList<Process> Unfinished() =>
    [
        .. Registers.SelectMany(UnfinishedProcesses.Of),
        .. queues.Values.SelectMany(queue => UnfinishedProcesses.Of(queue.Settled(this), At, new CommandKey(NextKey().Value << 64))),
    ];

    /// <summary>Runs what entities ask of leaders whose batches' end has come.</summary>
    public void SettleEnded()
    {
        foreach (var queue in queues.Values)
        {
            foreach (var process in UnfinishedProcesses.Of(queue.Settled(this), At, new CommandKey(NextKey().Value << 64)).ToList())
            {
                new Running(process).RunToEnd(this);
            }
        }
    }

    /// <summary>All applications and places as they stand.</summary>
    public string View() => string.Join('\n', queues.Values.Select(queue => queue.Settled(this)).SelectMany(queue =>
        QueueAudit.ApplicationNames(queue).Select(name => $"{queue.Find(name)}").Concat(queue.PlacesAt(At).Select(place => $"{place}"))));

    private OneRegister BucketOf(string identifier) => registers[identifier.Sum(letter => letter) % Buckets];

    private OneQueue QueueNamed(string name)
    {
        if (!queues.TryGetValue(name, out var queue))
        {
            Assert.True(QueueKey.TryParse(name, out var key));
            queues[name] = queue = new OneQueue(key, localities);
        }

        return queue;
    }

    private sealed class OneQueue(QueueKey key, Localities localities)
    {
        private readonly List<DatedEvent> recorded = [];
        private readonly KeptReplies replies = new();

        public Queue State { get; private set; } = new(key);

        public OneQueue Copy()
        {
            var copy = new OneQueue(key, localities);
            copy.recorded.AddRange(recorded);
            copy.replies.AddAll(replies);
            copy.State = copy.Rebuilt();
            return copy;
        }

        public Queue Settled(World world)
        {
            RulesAdoption.BringUp(State, localities.RulesOf(key.Locality)!, world.At, recorded);
            return State;
        }

        public Reply Take(QueueStep step, World world) => replies.Find(step) ?? replies.Keep(step, Settled(world).Take(step, world.At, world, recorded));

        public void Crash(bool forgetReplies)
        {
            var again = Rebuilt();
            Assert.Equal(Bytes.Of(State), Bytes.Of(again));
            var snapshot = new ByteReader(Bytes.Of(again));
            State = QueueSnapshot.Read(ref snapshot, key, again.Now);
            replies.Crash(forgetReplies);
        }

        private Queue Rebuilt()
        {
            var queue = new Queue(key);
            foreach (var happened in recorded)
            {
                var bytes = new ByteReader(Bytes.Of([happened.Event]));
                queue.Apply(new DatedEvent(happened.At, EventFormat.ReadQueueEvent(ref bytes)));
            }

            return queue;
        }
    }

    private sealed class OneRegister
    {
        private readonly List<RegisterEvent> recorded = [];
        private readonly KeptReplies replies = new();

        public Register State { get; private set; } = new();

        public OneRegister Copy()
        {
            var copy = new OneRegister();
            copy.recorded.AddRange(recorded);
            copy.replies.AddAll(replies);
            copy.State = copy.Rebuilt();
            return copy;
        }

        public Reply Take(RegisterStep step) => replies.Find(step) ?? replies.Keep(step, State.Take(step, recorded));

        public void Crash(bool forgetReplies)
        {
            var again = Rebuilt();
            Assert.Equal(Written(State), Written(again));
            var snapshot = new ByteReader(Written(again));
            State = RegisterSnapshot.Read(ref snapshot);
            Assert.Equal(Written(again), Written(State));
            replies.Crash(forgetReplies);
        }

        private static byte[] Written(Register register) => Bytes.Written(to => RegisterSnapshot.Write(to, register));

        private Register Rebuilt()
        {
            var register = new Register();
            foreach (var noted in recorded)
            {
                var bytes = new ByteReader(Bytes.Written(to => EventFormat.Write(to, noted)));
                register.Apply(EventFormat.ReadRegisterEvent(ref bytes));
            }

            return register;
        }
    }

    /// <summary>An entity's replies by key, kept as its answers are.</summary>
    private sealed class KeptReplies
    {
        private readonly Dictionary<(Type, CommandKey, string), Reply> kept = [];

        public void AddAll(KeptReplies others)
        {
            foreach (var (slot, reply) in others.kept)
            {
                kept.Add(slot, reply);
            }
        }

        public Reply? Find(ProcessStep step) => step.OnlyLooks ? null : kept.GetValueOrDefault(SlotOf(step));

        public Reply Keep(ProcessStep step, Reply reply)
        {
            if (!step.OnlyLooks && reply is not (Busy or PlaceNotHere))
            {
                kept.Add(SlotOf(step), reply);
            }

            return reply;
        }

        public void Crash(bool forget)
        {
            if (forget)
            {
                kept.Clear();
            }
        }

        private static (Type, CommandKey, string) SlotOf(ProcessStep step) => (step.GetType(), step.Key, step.Part);
    }
}
