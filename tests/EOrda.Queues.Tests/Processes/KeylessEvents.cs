using EOrda.Queues.Applications;
using EOrda.Queues.Country;
using EOrda.Queues.Names;
using EOrda.Queues.Recording;
using EOrda.Queues.Time;
using NodaTime;

namespace EOrda.Queues.Tests.Processes;

/// <summary>What was recorded before keys were noted is read as done by no command (<see cref="EventFormat"/>).</summary>
public sealed class KeylessEvents
{
    private static readonly QueueKey Queue = new("almaty", Kind.General, "2021");
    private static readonly LocalDate Date = new(2021, 3, 1);

    [Fact]
    public void Of_queues()
    {
        Assert.Equal(
            new ApplicationSubmitted("a", "c", "p", Date, Category.General, new Moment(5), UnderReview: true, Date, default),
            OfQueue(4, to =>
            {
                to.Text("a");
                to.Text("c");
                to.Text("p");
                to.Date(Date);
                to.Byte((byte)Category.General);
                to.Moment(new Moment(5));
                to.Flag(true);
                to.Date(Date);
            }));
        Assert.Equal(new PlaceReported("s", "kg", new Moment(5), new Moment(6), default), OfQueue(12, to =>
        {
            to.Text("s");
            to.Text("kg");
            to.Moment(new Moment(5));
            to.Moment(new Moment(6));
        }));
        Assert.Equal(new ReferralUsed(7, default, Left: null), OfQueue(20, to => to.Count(7)));
    }

    [Fact]
    public void Of_registers()
    {
        Assert.Equal(new ApplicationRegistered("a", Queue, default), OfRegister(1, to => Named(to, "a")));
        Assert.Equal(new PlaceRegistered("s", Queue, default), OfRegister(2, to => Named(to, "s")));
        Assert.Equal(new ChildPlaced("c", Queue, 7, default, Former: null), OfRegister(4, to =>
        {
            Named(to, "c");
            to.Count(7);
        }));
    }

    private static void Named(ByteWriter to, string name)
    {
        to.Text(name);
        to.Queue(Queue);
    }

    private static QueueEvent OfQueue(byte tag, Action<ByteWriter> write)
    {
        var from = new ByteReader(Written(tag, write));
        var read = EventFormat.ReadQueueEvent(ref from);
        Assert.True(from.AtEnd);
        return read;
    }

    private static RegisterEvent OfRegister(byte tag, Action<ByteWriter> write)
    {
        var from = new ByteReader(Written(tag, write));
        var read = EventFormat.ReadRegisterEvent(ref from);
        Assert.True(from.AtEnd);
        return read;
    }

    private static byte[] Written(byte tag, Action<ByteWriter> write) => Properties.Bytes.Written(to =>
    {
        to.Byte(tag);
        write(to);
    });
}
