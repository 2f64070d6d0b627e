using System.Diagnostics;
using Akka.Actor;
using Akka.Hosting;
using EOrda.Actors.Hosting;
using EOrda.Actors.Routing;
using EOrda.Queues;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EOrda.Actors.Persistence.Tests;

/// <summary>An actor system on a database, with one entity in it and a courier to ask it through.</summary>
internal sealed class NotingNode : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly IHost host;
    private readonly Gathering gathering;
    private readonly WaitingPlace waiting = new(NotingEntity.Name, 100_000);
    private readonly Courier courier;
    private readonly EntityServices services;
    private readonly ActorSystem system;
    private IActorRef region;
    private int starts;

    private NotingNode(IHost host, Gathering gathering, Courier courier, EntityServices services)
    {
        this.host = host;
        this.gathering = gathering;
        this.courier = courier;
        this.services = services;
        system = host.Services.GetRequiredService<ActorSystem>();
        region = Make();
    }

    public ActorSystem System => system;

    /// <summary>Whether the node's database works.</summary>
    public DatabaseHealth Health => services.Health;

    public static async Task<NotingNode> Start(Database database, ActorsBounds? bounds = null)
    {
        bounds ??= new ActorsBounds { ReplyTimeout = TimeSpan.FromSeconds(20) };
        var closing = new Gathering(bounds.GatheringFrom, bounds.GatheringTime, TimeProvider.System);
        var replies = new Courier(bounds.Waiting, bounds.ReplyTimeout, TimeProvider.System);
        var shared = new EntityServices(bounds, TimeProvider.System, closing);
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddAkka("noting", akka => akka
            .AddHocon("akka.loglevel = OFF, akka.stdout-loglevel = OFF", HoconAddMode.Prepend)
            .WithJournal(database, shared.Health, shared.Time)
            .WithActors((system, _) =>
            {
                replies.Address = system.ActorOf(Props.Create(() => new CourierActor(replies)));
                system.ActorOf(Props.Create(() => new DeadLetterReplies(shared)));
            }));
        var started = builder.Build();
        await started.StartAsync().WaitAsync(Patience);
        return new NotingNode(started, closing, replies, shared);
    }

    /// <summary>Has an application noted; the answer comes when it is stored.</summary>
    public async Task Note(string application, CommandKey key) => await Ask(request => new Note(request, application, key));

    /// <summary>Has an application noted, and asks again with the same key until that is answered. Fails when the database does not come back in time.</summary>
    public Task NoteInTheEnd(string application, CommandKey key) => InTheEnd(async () =>
    {
        await Note(application, key);
        return 0;
    });

    /// <summary>How many applications are noted.</summary>
    public async Task<int> Count() => (int)await Ask(request => new CountNoted(request));

    /// <summary>How many applications are noted, as soon as the database is there again.</summary>
    public Task<int> CountInTheEnd() => InTheEnd(Count);

    private static async Task<T> InTheEnd<T>(Func<Task<T>> ask)
    {
        for (var waited = Stopwatch.StartNew(); ;)
        {
            try
            {
                return await ask();
            }
            catch (Exception fault) when (fault is NotRecordedException or OutcomeUnknownException or BusyException && waited.Elapsed < 2 * Patience)
            {
                await Task.Delay(100);
            }
        }
    }

    /// <summary>The entity starts anew, as it does after it has stopped.</summary>
    public async Task Restart()
    {
        await region.GracefulStop(Patience);
        region = Make();
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync().WaitAsync(Patience);
        host.Dispose();
        gathering.Dispose();
    }

    private async Task<object> Ask(Func<Request, object> message)
    {
        var request = courier.Begin(waiting, out var reply);
        region.Tell(message(request));
        return await reply.AsTask().WaitAsync(Patience);
    }

    private IActorRef Make()
    {
        var shared = services;
        return system.ActorOf(Props.Create(() => new Region(shared)), $"region-{++starts}");
    }

    /// <summary>As a shard does, starts the entity anew with the next message when it has stopped.</summary>
    private sealed class Region(EntityServices services) : UntypedActor
    {
        private IActorRef? entity;
        private int made;

        protected override void OnReceive(object message)
        {
            if (message is Terminated gone)
            {
                entity = gone.ActorRef.Equals(entity) ? null : entity;
                return;
            }

            if (entity is null)
            {
                var shared = services;
                entity = Context.Watch(Context.ActorOf(Props.Create(() => new NotingEntity(NotingEntity.Name, shared)), $"entity-{++made}"));
            }

            entity.Forward(message);
        }
    }
}
