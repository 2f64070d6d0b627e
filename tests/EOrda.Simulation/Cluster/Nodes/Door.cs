using EOrda.Actors.Country;
using EOrda.Actors.Live;
using EOrda.Actors.Processes;
using EOrda.Actors.Queries;
using EOrda.Actors.Queues;
using EOrda.Actors.Routing;
using EOrda.Queues;
using EOrda.Queues.Names;

namespace EOrda.Simulation.Cluster.Nodes;

/// <summary>A node's door to the country's queues.</summary>
internal sealed class Door(Courier courier, Regions regions, EntityAddress.Book addresses, LocalitiesCopy copy, LiveRelays relays)
{
    /// <summary>Has a command decided.</summary>
    public async Task<Answer> Ask(Command command, CommandKey key, QueueKey? queue)
    {
        var home = Homes.Of(command, queue, addresses);
        var request = courier.Begin(home.Waiting, out var reply);
        regions.Tell(Homes.Asking(home, command, key, queue, request));
        var answer = (Answer)await reply;
        if (home.Kind == EntityKind.Localities)
        {
            await copy.RefreshAsync();
        }

        return answer;
    }

    /// <summary>Queries a queue.</summary>
    public async Task<TReply> Query<TReply>(QueueKey queue, QueueQuery<TReply> query)
        where TReply : class
    {
        var to = addresses.Of(queue);
        var request = courier.Begin(to.Waiting, out var reply);
        regions.Tell(new QueryQueue(to, query, request));
        return (TReply)await reply;
    }

    /// <summary>Watches a queue.</summary>
    public async Task<LiveWatch> Watch(QueueKey queue, ILiveListener listener) => await relays.Watch(queue, listener, CancellationToken.None);

    /// <summary>A numbered snapshot of a queue.</summary>
    public async Task<LiveSnapshot> Snapshot(QueueKey queue) => await relays.Snapshot(queue, CancellationToken.None);
}
