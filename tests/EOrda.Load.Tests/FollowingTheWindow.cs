using System.Text.Json;
using EOrda.Actors;
using EOrda.Actors.Live;
using EOrda.Load.Live;
using EOrda.Portal.Live;
using EOrda.Queues.Names;
using EOrda.Queues.Tests.Properties;
using EOrda.Queues.Time;
using EOrda.Simulation.Virtual;
using Xunit;

namespace EOrda.Load.Tests;

/// <summary>A browser that is told nothing but the live messages, byte for byte as the portal writes them, knows who is in the window.</summary>
public sealed class FollowingTheWindow
{
    private const int Sequences = 25;
    private const int Longest = 80;

    [Fact]
    public void What_a_browser_reckons_from_the_live_messages_is_the_servers_answer() => Steps.ForAll(Sequences, Longest, steps =>
    {
        var town = new WatchedTown(steps.Length, Stories.Tell(steps));
        while (town.GoOn())
        {
            town.CheckWindows();
        }
    });

    [Fact]
    public void The_stories_have_windows_with_some_of_a_lane_inside_and_some_outside()
    {
        var (inside, outside, behindOthers) = (0, 0, 0);
        for (var seed = 1; seed <= 10; seed++)
        {
            var town = new WatchedTown(seed, Stories.Tell(Steps.Of(seed, Longest)));
            while (town.GoOn())
            {
                foreach (var (position, rank, size) in town.Standings())
                {
                    inside += rank <= size ? 1 : 0;
                    outside += rank > size && size > 0 ? 1 : 0;
                    behindOthers += rank <= size && position > size ? 1 : 0;
                }
            }
        }

        Assert.True(inside > 100 && outside > 100 && behindOthers > 10, $"{inside} inside, {outside} outside, {behindOthers} inside whose position says otherwise");
    }

    /// <summary>A node that a story is told to, and a browser for each queue from the moment it is there.</summary>
    private sealed class WatchedTown
    {
        // A leap of the story is a step of the clock, which the node sees within seconds.
        private static readonly TimeSpan Longest = TimeSpan.FromHours(30);
        private static readonly TimeSpan UntilTold = TimeSpan.FromSeconds(3);

        private readonly VirtualNode node;
        private readonly IReadOnlyList<Said> story;
        private readonly Dictionary<QueueKey, OneBrowser> browsers = [];
        private int told;

        public WatchedTown(int seed, IReadOnlyList<Said> story)
        {
            // What goes on after an await stays on this thread.
            SynchronizationContext.SetSynchronizationContext(null);
            this.story = story;
            node = new VirtualNode(seed, story[0].At);
        }

        /// <summary>Tells the next command and lets the updates come; false when there is none.</summary>
        public bool GoOn()
        {
            if (told == story.Count)
            {
                return false;
            }

            var said = story[told++];
            var left = TimeSpan.FromMilliseconds(said.At.UnixMilliseconds - node.Time.Now.UnixMilliseconds);
            if (left > Longest)
            {
                node.Time.Step(left);
            }
            else if (left > TimeSpan.Zero)
            {
                node.Pass(left);
            }

            node.Wait(node.Node.Ask(said.Command, new CommandKey((UInt128)told)));
            node.Pass(UntilTold);
            foreach (var queue in node.Node.Queues.Where(queue => !browsers.ContainsKey(queue)).ToList())
            {
                browsers[queue] = new OneBrowser(node, queue);
            }

            return true;
        }

        public void CheckWindows()
        {
            foreach (var (queue, browser) in browsers)
            {
                var (size, inside) = node.Wait(node.Node.Look(queue, (found, at) =>
                    (found.WindowSize(at), Inside: found.OrderFrom(1, int.MaxValue).ToDictionary(name => found.StandingInLanes(name)!, name => found.WindowOf(name, at) is { } window && window.Rank <= window.Size))));
                var window = browser.Picture.Window!;
                Assert.Equal(size, window.Size);
                foreach (var (standing, isInside) in inside)
                {
                    Assert.Equal(isInside, window.Contains((int)standing.Lane, new SlotNow(standing.Number, standing.Submitted.UnixMilliseconds)));
                }
            }
        }

        public IEnumerable<(int Position, int Rank, int Size)> Standings() => browsers.Keys.SelectMany(queue => node.Wait(node.Node.Look(queue, (found, at) =>
            found.OrderFrom(1, int.MaxValue).Select((name, i) => found.WindowOf(name, at) is { } window ? (i + 1, window.Rank, window.Size) : default).ToList())));
    }

    /// <summary>What the portal writes of one queue, read as the load tool's browsers read it.</summary>
    private sealed class OneBrowser : ILiveListener
    {
        private readonly VirtualNode node;
        private readonly QueueKey queue;
        private readonly List<LiveUpdate> waiting = [];
        private readonly FeedState state;
        private Picture picture;

        public OneBrowser(VirtualNode node, QueueKey queue)
        {
            (this.node, this.queue) = (node, queue);
            state = new FeedState(feed: 1, node.Wait(node.Node.Watch(queue, this)).Snapshot);
            picture = Picture.Read(Json(state.Message));
        }

        /// <summary>The picture with every update that has come.</summary>
        public Picture Picture
        {
            get
            {
                foreach (var update in waiting.Where(update => update.Number > state.Contained))
                {
                    picture = state.Take([update]) is { } message ? picture.After((Update)Numbered.Read(Json(message))) : Anew();
                }

                waiting.Clear();
                return picture;
            }
        }

        public void Publish(LiveUpdate update) => waiting.Add(update);

        private Picture Anew()
        {
            state.Restart(node.Wait(node.Node.Snapshot(queue)));
            return Picture.Read(Json(state.Message));
        }

        private static JsonElement Json(LiveMessage message) => JsonDocument.Parse(message.Json).RootElement;
    }
}
