using EOrda.Queues.Country;
using EOrda.Queues.Names;
using EOrda.Queues.Recording;
using EOrda.Queues.Steps;
using EOrda.Queues.Time;

namespace EOrda.Queues.Tests.Properties;

/// <summary>All queues in memory, with everything that happened in each of them; it can be stopped and read back from its snapshots.</summary>
internal sealed class RecordingCountry : ITurn, ITargets
{
    private readonly Dictionary<QueueKey, Queue> queues = [];
    private Register register = new();
    private ulong commands;

    public Moment At { get; private set; } = Moment.Beginning;

    public Localities Localities { get; private set; } = new();

    public bool AllAtOnce => true;

    /// <summary>What happened in each queue, in order.</summary>
    public Dictionary<QueueKey, List<DatedEvent>> Happened { get; } = [];

    /// <summary>The queues that exist, settled up to now.</summary>
    public IEnumerable<Queue> Queues => queues.Keys.ToList().Select(QueueOf);

    public Answer Execute(Said said)
    {
        At = said.At;
        return Turn.Take(said.Command, new CommandKey(++commands), this);
    }

    /// <summary>Writes everything down as bytes and goes on with what is read back.</summary>
    public void Restart()
    {
        foreach (var (key, queue) in queues.ToList())
        {
            var bytes = Bytes.Of(queue);
            var reader = new ByteReader(bytes);
            queues[key] = QueueSnapshot.Read(ref reader, key, queue.Now);
            Assert.Equal(bytes, Bytes.Of(queues[key]));
        }

        var ofRegister = Bytes.Written(to => RegisterSnapshot.Write(to, register));
        var registers = new ByteReader(ofRegister);
        register = RegisterSnapshot.Read(ref registers);
        Assert.Equal(ofRegister, Bytes.Written(to => RegisterSnapshot.Write(to, register)));
        var ofLocalities = Bytes.Written(to => LocalitiesSnapshot.Write(to, Localities));
        var localities = new ByteReader(ofLocalities);
        Localities = LocalitiesSnapshot.Read(ref localities);
        Assert.Equal(ofLocalities, Bytes.Written(to => LocalitiesSnapshot.Write(to, Localities)));
    }

    public Queue QueueOf(QueueKey key)
    {
        if (!queues.TryGetValue(key, out var queue))
        {
            queue = queues[key] = new Queue(key);
            Happened[key] = [];
        }

        RulesAdoption.BringUp(queue, Localities.RulesOf(key.Locality)!, At, Happened[key]);
        return queue;
    }

    public bool IsKindergarten(string kindergarten) => Localities.Kindergartens.ContainsKey(kindergarten);

    public bool IsPlace(string place) => register.QueueOfPlace(place) is not null;

    public Reply Take(ProcessStep asked) => asked switch
    {
        RegisterStep step => register.Take(step, noted: null),
        FindQueues step => new QueuesFound([.. queues.Keys.Where(key => key.Locality == step.Locality)]),
        LocalityStep step => Localities.Take(step, At, happened: null),
        QueueStep step => QueueOf(step.Queue).Take(step, At, this, Happened[step.Queue]),
        _ => throw new ArgumentException(asked.GetType().Name, nameof(asked)),
    };
}

/// <summary>Things as bytes, so that they can be compared whole.</summary>
internal static class Bytes
{
    public static byte[] Of(Queue queue) => Written(to => QueueSnapshot.Write(to, queue));

    public static byte[] Of(Answer answer) => Written(to => AnswerFormat.Write(to, answer));

    public static byte[] Of(IEnumerable<QueueEvent> events) => Written(to =>
    {
        foreach (var e in events)
        {
            EventFormat.Write(to, e);
        }
    });

    public static byte[] Written(Action<ByteWriter> write)
    {
        var writer = new ByteWriter();
        write(writer);
        return writer.Written.ToArray();
    }
}
