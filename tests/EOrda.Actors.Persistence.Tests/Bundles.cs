using Akka.Actor;
using EOrda.Actors.Routing;
using EOrda.Queues;

namespace EOrda.Actors.Persistence.Tests;

/// <summary>Replies leave together by node, few enough to fit a frame.</summary>
public sealed class Bundles
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Replies_of_a_page_leave_in_order_in_messages_that_fit_a_frame(bool hasFailed)
    {
        using var system = ActorSystem.Create("bundles", "akka.loglevel = OFF, akka.stdout-loglevel = OFF");
        var (first, second) = (Inbox.Create(system), Inbox.Create(system));
        var bundles = new ReplyBundles();
        for (var i = 0; i < 400; i++)
        {
            bundles.Add(new Request((i % 2 == 0 ? first : second).Receiver, i), Answer.Done);
        }

        var failure = new RequestFailure(FailureKind.NotRecorded, TimeSpan.Zero, "The disk is full.");
        if (hasFailed)
        {
            bundles.SendInstead(failure, ActorRefs.Nobody);
        }
        else
        {
            bundles.Send(ActorRefs.Nobody);
        }

        var got = new List<Reply>();
        while (got.Count < 200)
        {
            var replies = (Replies)await second.ReceiveAsync(TimeSpan.FromSeconds(20));
            Assert.InRange(replies.All.Count, 1, 64);
            got.AddRange(replies.All);
        }

        Assert.Equal(Enumerable.Range(0, 200).Select(i => i * 2L + 1), got.Select(reply => reply.Number));
        Assert.All(got, reply => Assert.Equal(hasFailed ? failure : Answer.Done, reply.Content));
    }
}
