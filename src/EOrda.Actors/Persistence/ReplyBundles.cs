using Akka.Actor;
using EOrda.Actors.Routing;

namespace EOrda.Actors.Persistence;

/// <summary>Replies that leave together, bundled by the node that waits for them.</summary>
internal sealed class ReplyBundles
{
    // A page of the largest replies must fit a frame of the wire.
    private const int MostTogether = 64;

    // As many as there are nodes.
    private readonly List<(IActorRef To, List<Reply> Replies)> bundles = [];

    /// <summary>Adds a reply to a request.</summary>
    public void Add(Request request, object content)
    {
        var reply = new Reply(request.Number, content);
        foreach (var (to, replies) in bundles)
        {
            if (ReferenceEquals(to, request.ReplyTo) || to.Equals(request.ReplyTo))
            {
                replies.Add(reply);
                return;
            }
        }

        bundles.Add((request.ReplyTo, [reply]));
    }

    /// <summary>Sends all replies.</summary>
    public void Send(IActorRef from)
    {
        foreach (var (to, replies) in bundles)
        {
            foreach (var together in replies.Chunk(MostTogether))
            {
                to.Tell(new Replies(together), from);
            }
        }
    }

    /// <summary>Sends all who wait the same failure in place of a reply.</summary>
    public void SendInstead(RequestFailure failure, IActorRef from)
    {
        foreach (var (to, replies) in bundles)
        {
            foreach (var together in replies.Chunk(MostTogether))
            {
                to.Tell(new Replies(Array.ConvertAll(together, reply => reply with { Content = failure })), from);
            }
        }
    }
}
