using System.Collections.Concurrent;
using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Configuration;
using EOrda.Actors.Persistence.Tests.Telling;
using EOrda.Actors.Persistence.Tests.Watching;
using EOrda.Queues;

namespace EOrda.Actors.Persistence.Tests.Wiring;

/// <summary>Two nodes of a cluster understand each other and nothing else. Akka's own messages get by without its serializer for everything.</summary>
public sealed class TwoNodes : IDisposable
{
    private readonly TestDatabase database = new();
    private readonly RunningTime time = new(new DateTimeOffset(2026, 6, 2, 7, 30, 0, TimeSpan.FromHours(5)));

    [Fact]
    public async Task A_queue_on_one_node_is_asked_and_watched_from_both()
    {
        await using (await WatchedQueue.Start(database: database.Database))
        {
            // The queue's first records.
        }

        await using var first = await ClusterNode.Start(database.Database, time);
        await using var second = await ClusterNode.Start(database.Database, time, first);
        var listeners = new[] { await first.Listen(), await second.Listen() };
        Assert.IsType<PlacesReserved>(await first.Ask(new Reserve("a1", "p1", null), new CommandKey(1)));
        Assert.IsType<PlacesReserved>(await second.Ask(new Reserve("a2", "p2", null), new CommandKey(2)));
        Assert.IsType<PlacesReserved>(await second.Ask(new Reserve("a1", "p1", null), new CommandKey(1)));
        foreach (var listener in listeners)
        {
            await listener.HearsOf("p1");
            await listener.HearsOf("p2");
        }

        var snapshot = await second.Relays.Snapshot(WatchedQueue.Key, CancellationToken.None);
        Assert.Equal(1, snapshot.Available);
    }

    [Fact]
    public async Task A_node_takes_nothing_that_has_no_format_and_goes_on()
    {
        await using var node = await ClusterNode.Start(database.Database, time);
        var heard = new ConcurrentQueue<object>();
        var hearing = node.System.ActorOf(Props.Create(() => new Hearing(heard)), "hearing");
        var stranger = ActorSystem.Create("stranger", ConfigurationFactory.ParseString(
            """
            akka.loglevel = OFF
            akka.stdout-loglevel = OFF
            akka.actor.provider = remote
            akka.remote.dot-netty.tcp { hostname = 127.0.0.1, port = 0 }
            """));
        try
        {
            var there = await stranger.ActorSelection(new RootActorPath(node.Cluster.SelfAddress) / "user" / "hearing").ResolveOne(WatchedQueue.Patience);
            there.Tell("before");
            there.Tell(new Uri("http://localhost/"));
            there.Tell(new { Name = "anything" });
            there.Tell("after");
            using var patience = new CancellationTokenSource(WatchedQueue.Patience);
            while (!heard.Contains("after"))
            {
                await Task.Delay(10, patience.Token);
            }

            Assert.Equal(["before", "after"], heard);
        }
        finally
        {
            await stranger.Terminate().WaitAsync(WatchedQueue.Patience);
        }
    }

    [Fact]
    public async Task The_serializer_that_makes_objects_of_any_type_is_not_there()
    {
        await using var node = await ClusterNode.Start(database.Database, time);
        var serialization = node.System.Serialization;
        Assert.Throws<SerializationException>(() => serialization.FindSerializerFor(new Uri("http://localhost/")).ToBinary(new Uri("http://localhost/")));
        Assert.ThrowsAny<SerializationException>(() => serialization.Deserialize("{}"u8.ToArray(), serializerId: 1, typeof(Uri)));
    }

    public void Dispose() => database.Dispose();

    private sealed class Hearing(ConcurrentQueue<object> heard) : UntypedActor
    {
        protected override void OnReceive(object message) => heard.Enqueue(message);
    }
}
