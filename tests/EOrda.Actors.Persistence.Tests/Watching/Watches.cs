using System.Collections.Concurrent;
using Akka.Actor;
using EOrda.Actors.Live;
using EOrda.Queues;
using EOrda.Queues.Names;
using EOrda.Queues.Places;

namespace EOrda.Actors.Persistence.Tests.Watching;

/// <summary>Who watches a queue hears everything that is stored, in order, or is told to look anew.</summary>
public sealed class Watches
{
    [Fact]
    public async Task A_watcher_hears_everything_in_order_and_has_the_picture_of_a_fresh_snapshot()
    {
        await using var queue = await WatchedQueue.Start();
        var listener = await queue.Listen();
        Assert.Equal(3, listener.Watch.Snapshot.Available);
        for (var i = 1; i <= 3; i++)
        {
            Assert.IsType<PlacesReserved>(await queue.Reserve(i, i));
            Assert.IsType<PlaceReturns>(await queue.Ask(new Drop($"a{i}")));
            Assert.IsType<Done>(await queue.Ask(new Withdraw($"a{i + 3}")));
        }

        await SeesWhatIs(queue, listener);
        Assert.NotEmpty(listener.Updates);
    }

    [Fact]
    public async Task Everybody_hears_the_same_also_a_watcher_that_came_later()
    {
        await using var queue = await WatchedQueue.Start();
        var first = await queue.Listen();
        await queue.Reserve(1, 1);
        await first.HearsOf("p1");
        var second = await queue.Listen();
        await queue.Reserve(2, 2);
        await second.HearsOf("p2");
        await SeesWhatIs(queue, first);
        await SeesWhatIs(queue, second);
        Assert.Same(first.Updates[^1], second.Updates[^1]);
    }

    [Fact]
    public async Task The_last_update_is_noticed_as_lost_by_the_next_renewal()
    {
        await using var queue = await WatchedQueue.Start();
        var listener = await queue.Listen();
        await queue.Lose(message => message is NewsOfQueue);
        await queue.Reserve(1, 1);
        var reload = await listener.Hears(update => update.Reload);
        Assert.Equal(listener.Watch.Snapshot.Number + 1, reload.Number);
        await HearsOnFrom(queue, listener, reload);
    }

    [Fact]
    public async Task An_update_that_was_lost_before_another_is_noticed()
    {
        await using var queue = await WatchedQueue.Start(renewalSeconds: 60);
        var listener = await queue.Listen();
        var lost = 0;
        await queue.Lose(message => message is NewsOfQueue && Interlocked.Increment(ref lost) == 1);
        await queue.Reserve(1, 1);
        await queue.Reserve(2, 2);
        var reload = await listener.Hears(update => update.Reload);
        Assert.Equal(PlaceState.Reserved, (await queue.Snapshot()).Places[0].State);
        await HearsOnFrom(queue, listener, reload);
    }

    [Fact]
    public async Task A_queue_that_stopped_and_came_back_has_another_incarnation_and_its_watchers_look_anew()
    {
        await using var queue = await WatchedQueue.Start();
        var listener = await queue.Listen();
        await queue.Reserve(1, 1);
        var before = await listener.HearsOf("p1");
        await queue.StopEntity();
        var reload = await listener.Hears(update => update.Reload);
        Assert.True(reload.Number >= before.Number + LiveNumbers.PerIncarnation);
        await HearsOnFrom(queue, listener, reload);
    }

    [Fact]
    public async Task What_happened_while_a_watch_was_lost_is_not_missed()
    {
        await using var queue = await WatchedQueue.Start();
        var listener = await queue.Listen();
        queue.Tell(new UnwatchQueue(queue.Address, queue.Line));
        await queue.Reserve(1, 1);
        var reload = await listener.Hears(update => update.Reload);
        await HearsOnFrom(queue, listener, reload);
    }

    [Fact]
    public async Task Nothing_is_told_before_it_is_stored()
    {
        await using var queue = await WatchedQueue.Start();
        var listener = await queue.Listen();
        await queue.Hold();
        var answer = queue.Reserve(1, 1);
        var late = queue.Listen();
        await Task.Delay(500);
        Assert.Empty(listener.Updates);
        Assert.False(answer.IsCompleted || late.IsCompleted);
        await queue.LetGo();
        await listener.HearsOf("p1");
        Assert.IsType<PlacesReserved>(await answer);
        Assert.Equal(PlaceState.Reserved, (await late).Watch.Snapshot.Places[0].State);
    }

    [Fact]
    public async Task What_was_not_stored_is_never_told()
    {
        await using var queue = await WatchedQueue.Start();
        var listener = await queue.Listen();
        await queue.Hold();
        var answer = queue.Reserve(1, 1);
        await Task.Delay(100);
        await queue.FailHeld();
        await Assert.ThrowsAsync<OutcomeUnknownException>(() => answer);
        var reload = await listener.Hears(update => update.Reload);
        Assert.Equal(3, reload.Available);
        Assert.Single(listener.Updates);
        Assert.Equal(PlaceState.Available, (await queue.Snapshot()).Places[0].State);
    }

    [Fact]
    public async Task Behind_the_last_listener_the_queue_has_no_more_work()
    {
        await using var queue = await WatchedQueue.Start();
        var (first, second) = (await queue.Listen(), await queue.Listen());
        var sent = new ConcurrentQueue<object>();
        await queue.Lose(message =>
        {
            sent.Enqueue(message);
            return false;
        });
        first.Watch.Dispose();
        await queue.Reserve(1, 1);
        await second.HearsOf("p1");
        Assert.DoesNotContain(first.Updates, update => update.Places.Count > 0);
        second.Watch.Dispose();
        await Assert.ThrowsAsync<ArgumentException>(() => queue.Relays.Watch(WatchedQueue.Elsewhere, second, CancellationToken.None).AsTask());
        sent.Clear();
        await queue.Reserve(2, 2);
        await queue.Reserve(3, 3);
        await Task.Delay(500);
        Assert.Empty(sent);
    }

    [Fact]
    public async Task A_node_that_does_not_renew_its_watch_is_forgotten()
    {
        await using var queue = await WatchedQueue.Start();
        var inbox = Inbox.Create(queue.System);
        queue.Tell(new WatchQueue(queue.Address, inbox.Receiver, Heard: 0));
        Assert.IsType<WatchBegun>(await inbox.ReceiveAsync(WatchedQueue.Patience));
        await queue.Reserve(1, 1);
        Assert.IsType<NewsOfQueue>(await inbox.ReceiveAsync(WatchedQueue.Patience));
        await Task.Delay(TimeSpan.FromSeconds(2));
        await queue.Reserve(2, 2);
        queue.Tell(new WatchQueue(queue.Address, inbox.Receiver, Heard: 1));
        Assert.IsType<WatchBegun>(await inbox.ReceiveAsync(WatchedQueue.Patience));
    }

    [Fact]
    public async Task What_the_clock_alone_changes_is_told_at_its_instant()
    {
        await using var queue = await WatchedQueue.Start(renewalSeconds: 60);
        var listener = await queue.Listen();
        var until = Assert.IsType<PlacesReserved>(await queue.Reserve(1, 1)).Until;
        await listener.HearsOf("p1");
        queue.Time.Jump(TimeSpan.FromMilliseconds(until.UnixMilliseconds - queue.Time.GetUtcNow().ToUnixTimeMilliseconds() - 300));
        await queue.Reserve(2, 2);
        await listener.Hears(update => update.Places.Any(place => place is { Number: 0, Place.State: not PlaceState.Reserved }));
        await SeesWhatIs(queue, listener);
    }

    [Fact]
    public async Task The_window_is_told_when_the_rules_are_amended()
    {
        await using var queue = await WatchedQueue.Start();
        var listener = await queue.Listen();
        Assert.Equal(3, listener.Watch.Snapshot.Window.Size);
        queue.Amend(rules => rules.WindowFactor = 2);
        Assert.Equal(6, (await listener.Hears(update => update.Window.Size != 3)).Window.Size);
        await SeesWhatIs(queue, listener);
    }

    [Fact]
    public async Task A_queue_in_which_nothing_was_filed_or_freed_is_not_watched()
    {
        await using var queue = await WatchedQueue.Start();
        await Assert.ThrowsAsync<ArgumentException>(() => queue.Relays.Watch(WatchedQueue.Elsewhere, new Listener(), CancellationToken.None).AsTask());
    }

    [Fact]
    public async Task So_many_watches_of_a_node_run_on_a_queue_and_one_that_ends_makes_room()
    {
        await using var queue = await WatchedQueue.Start();
        var listeners = new[] { await queue.Listen(), await queue.Listen(), await queue.Listen() };
        await Assert.ThrowsAsync<BusyException>(queue.Listen);
        listeners[0].Watch.Dispose();
        await queue.Listen();
    }

    [Fact]
    public async Task So_many_nodes_watch_a_queue_and_one_that_ends_makes_room()
    {
        await using var queue = await WatchedQueue.Start(renewalSeconds: 60);
        var nodes = Enumerable.Range(0, 100).Select(_ => Inbox.Create(queue.System)).ToList();
        nodes.ForEach(node => queue.Tell(new WatchQueue(queue.Address, node.Receiver, Heard: 0)));
        var late = Inbox.Create(queue.System);
        queue.Tell(new WatchQueue(queue.Address, late.Receiver, Heard: 0));
        Assert.IsType<WatchRefused>(await late.ReceiveAsync(WatchedQueue.Patience));
        queue.Tell(new UnwatchQueue(queue.Address, nodes[0].Receiver));
        queue.Tell(new WatchQueue(queue.Address, late.Receiver, Heard: 0));
        Assert.IsType<WatchBegun>(await late.ReceiveAsync(WatchedQueue.Patience));
    }

    [Fact]
    public async Task A_listener_that_throws_keeps_an_update_from_nobody()
    {
        await using var queue = await WatchedQueue.Start();
        using var throwing = await queue.Relays.Watch(WatchedQueue.Key, new ThrowingListener(), CancellationToken.None);
        var listener = await queue.Listen();
        await queue.Reserve(1, 1);
        await queue.Reserve(2, 2);
        await listener.HearsOf("p2");
        await SeesWhatIs(queue, listener);
    }

    [Fact]
    public async Task A_watch_that_is_not_waited_for_any_more_ends()
    {
        await using var queue = await WatchedQueue.Start();
        await queue.Hold();
        using var impatience = new CancellationTokenSource();
        var watch = queue.Relays.Watch(WatchedQueue.Key, new Listener(), impatience.Token).AsTask();
        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watch);
        await queue.LetGo();
        for (var i = 0; i < 3; i++)
        {
            await queue.Listen();
        }
    }

    private static async Task HearsOnFrom(WatchedQueue queue, Listener listener, LiveUpdate reload)
    {
        await queue.Lose(_ => false);
        var snapshot = await queue.Snapshot();
        Assert.True(snapshot.Number >= reload.Number);
        await queue.Ask(new Withdraw("a10"));
        await listener.Hears(update => !update.Reload && update.Number > snapshot.Number);
        var later = listener.Updates.SkipWhile(update => update.Number <= reload.Number).ToList();
        Assert.Equal(Enumerable.Range(1, later.Count).Select(i => reload.Number + i), later.Select(update => update.Number));
        Assert.DoesNotContain(later, update => update.Reload);
    }

    private static async Task SeesWhatIs(WatchedQueue queue, Listener listener)
    {
        LiveSnapshot fresh;
        using var patience = new CancellationTokenSource(WatchedQueue.Patience);
        do
        {
            await Task.Delay(50, patience.Token);
            fresh = await queue.Snapshot();
        }
        while (listener.Picture() is var picture && (picture.Number != fresh.Number || picture.LatestChange != fresh.LatestChange));

        var seen = listener.Picture();
        Assert.Equal(fresh.Places, seen.Places);
        Assert.Equal(fresh with { At = seen.At, Places = seen.Places }, seen);
    }

    private sealed class ThrowingListener : ILiveListener
    {
        public void Publish(LiveUpdate update) => throw new InvalidOperationException("Not now.");
    }
}
