using System.Diagnostics.CodeAnalysis;
using Akka.Actor;
using Akka.Persistence;

namespace EOrda.Actors.Persistence;

/// <summary>
/// The journal's plugin of Akka.Persistence for pages, over the tables of Akka.Persistence.Sql. It knows what <see cref="PersistedEntity"/> asks for: one page a write,
/// replay, and nothing deleted.
/// </summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "An actor ends with PostStop, which disposes of them.")]
internal sealed class JournalActor : UntypedActor
{
    private readonly Queue<ReplayMessages> waiting = new();
    private readonly JournalSetup setup;
    private readonly GroupWriter writer;
    private int replaying;

    /// <summary>Connects with the system's <see cref="JournalSetup"/>.</summary>
    public JournalActor()
    {
        setup = Context.System.Settings.Setup.Get<JournalSetup>().Value;
        setup.Health.WhenFailed = setup.Database.DropConnections;
        writer = new GroupWriter(setup.Database, setup.Health, setup.Time, setup.Metrics);
    }

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case WriteMessages write:
                Write(write);
                break;
            case ReplayMessages replay:
                waiting.Enqueue(replay);
                ReplayNext();
                break;
            case ReplayEnded:
                replaying--;
                ReplayNext();
                break;
            case DeleteMessagesTo delete:
                delete.PersistentActor.Tell(new DeleteMessagesFailure(new NotSupportedException("The journal is append-only."), delete.ToSequenceNr), Self);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    /// <inheritdoc/>
    protected override void PostStop() => writer.Dispose();

    private void Write(WriteMessages write)
    {
        foreach (var envelope in write.Messages)
        {
            if (envelope is AtomicWrite { Payload: IReadOnlyList<IPersistentRepresentation> and [{ Payload: Page page } only] })
            {
                writer.Add(new WaitingPage(only, page, write.PersistentActor, write.ActorInstanceId));
            }
            else
            {
                write.PersistentActor.Tell(new WriteMessagesFailed(new NotSupportedException("The journal stores pages, one a write."), 1), Self);
            }
        }
    }

    // Akka bounds how many entities recover at once, and so how many wait here.
    private void ReplayNext()
    {
        while (replaying < setup.Database.Readers && waiting.TryDequeue(out var next))
        {
            replaying++;
            ThreadPool.UnsafeQueueUserWorkItem(Replay, (setup, next, Self), preferLocal: false);
        }
    }

    private static void Replay((JournalSetup Setup, ReplayMessages Asked, IActorRef Journal) one)
    {
        PageReplay.Run(one.Setup.Database, one.Setup.Health, one.Asked);
        one.Journal.Tell(ReplayEnded.Message, ActorRefs.NoSender);
    }

    private sealed class ReplayEnded
    {
        public static readonly ReplayEnded Message = new();
    }
}
