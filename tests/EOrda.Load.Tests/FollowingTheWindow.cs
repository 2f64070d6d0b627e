using System.Text.Json;
using EOrda.Actors;
using EOrda.Actors.Live;
using EOrda.Actors.Queries;
using EOrda.Load.Live;
using EOrda.Load.Tests.Support;
using EOrda.Portal.Live;
using EOrda.Queues;
using EOrda.Queues.Names;
using EOrda.Queues.Tests.Properties;
using EOrda.Queues.Time;
using EOrda.Simulation.Virtual;
using NodaTime;
using Xunit;

namespace EOrda.Load.Tests;

/// <summary>A browser that is told nothing but the live messages, byte for byte as the portal writes them, knows who is in the window.</summary>
public sealed class FollowingTheWindow
{
    private const int Sequences = 20;
    private const int Longest = 60;

    [Fact]
    public void What_a_browser_reckons_from_the_live_messages_is_the_servers_answer() => Steps.ForAll(Sequences, Longest, steps =>
    {
        var town = new WatchedTown(steps.Length);
        foreach (var step in steps)
        {
            town.GoOn(new Dice(step));
            foreach (var family in town.Families())
            {
                Assert.Equal((family.Rank <= family.Size, family.Size), (family.IsInsideByTheBrowser, family.SizeByTheBrowser));
            }
        }
    });

    [Fact]
    public void The_mornings_have_families_on_both_sides_of_the_window_and_inside_it_behind_others()
    {
        var (inside, outside, behind) = (0, 0, 0);
        for (var seed = 1; seed <= 4; seed++)
        {
            var town = new WatchedTown(seed);
            foreach (var step in Steps.Of(seed, Longest))
            {
                town.GoOn(new Dice(step));
                foreach (var family in town.Families().Where(family => family.Size > 0))
                {
                    inside += family.Rank <= family.Size ? 1 : 0;
                    outside += family.Rank > family.Size ? 1 : 0;
                    behind += family.Rank <= family.Size && family.Position > family.Size ? 1 : 0;
                }
            }
        }

        Assert.True(inside > 200 && outside > 200 && behind > 20, $"{inside} inside, {outside} outside, {behind} inside whose position says otherwise");
    }

    /// <summary>A family as the server has it and as a browser has it.</summary>
    private readonly record struct Seen(int Position, int Rank, int Size, bool IsInsideByTheBrowser, int SizeByTheBrowser);

    /// <summary>A node on virtual time, and a browser that watches its queue from the beginning.</summary>
    private sealed class WatchedTown
    {
        // What takes longer is a step of the clock, which the node sees within seconds.
        private static readonly TimeSpan LongestPass = TimeSpan.FromHours(2);
        private static readonly TimeSpan UntilTold = TimeSpan.FromSeconds(3);

        private readonly Mornings mornings = new();
        private readonly VirtualNode node;
        private readonly QueueKey queue = QueueKey.TryParse(Mornings.Queue, out var key) ? key : throw new InvalidOperationException();
        private readonly OneBrowser browser;
        private ulong keys;

        public WatchedTown(int seed)
        {
            // What goes on after an await stays on this thread.
            SynchronizationContext.SetSynchronizationContext(null);
            node = new VirtualNode(seed, Moment.From(Instant.FromUtc(2026, 6, 1, 4, 0)));
            foreach (var command in mornings.Beginning())
            {
                Ask(command);
            }

            browser = new OneBrowser(node, queue);
        }

        /// <summary>Lets one thing happen and its update come.</summary>
        public void GoOn(Dice dice)
        {
            var (wait, command) = mornings.Next(dice, node.Time.Now.UnixMilliseconds);
            var passes = TimeSpan.FromMilliseconds(wait);
            if (passes > LongestPass)
            {
                node.Time.Step(passes);
            }
            else
            {
                node.Pass(passes);
            }

            Ask(command);
            node.Pass(UntilTold);
        }

        /// <summary>Everyone who waits.</summary>
        public List<Seen> Families()
        {
            var window = browser.Picture.Window!;
            var order = node.Wait(node.Node.Query(queue, new OrderQuery(1, PageSize.Most)));
            Assert.Equal(order.Waiting, order.Applications.Count);
            return [.. order.Applications.Select((name, i) =>
            {
                var found = node.Wait(node.Node.Query(queue, new ApplicationQuery(name, changes: 0))).Found!;
                var (own, standing) = (found.Window!, found.Lanes!);
                return new Seen(
                    i + 1,
                    own.Rank,
                    own.Size,
                    window.Contains((int)standing.Lane, new SlotNow(standing.Number, standing.Submitted.UnixMilliseconds)),
                    window.Size);
            })];
        }

        private void Ask(Command command) => node.Wait(node.Node.Ask(command, new CommandKey(++keys)));
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
            state.Restart(node.Wait(node.Node.Query(queue, new SnapshotQuery())));
            return Picture.Read(Json(state.Message));
        }

        private static JsonElement Json(LiveMessage message) => JsonDocument.Parse(message.Json).RootElement;
    }
}
