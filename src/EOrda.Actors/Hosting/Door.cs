using System.Runtime.CompilerServices;
using EOrda.Actors.Country;
using EOrda.Actors.Facts;
using EOrda.Actors.Live;
using EOrda.Actors.Processes;
using EOrda.Actors.Queries;
using EOrda.Actors.Queues;
using EOrda.Actors.Routing;
using EOrda.Actors.Telemetry;
using EOrda.Queues;
using EOrda.Queues.Country;
using EOrda.Queues.Names;
using EOrda.Queues.Rules;
using EOrda.Queues.Time;

namespace EOrda.Actors.Hosting;

/// <summary>A node's door to all queues, wherever they live.</summary>
internal sealed class Door(
    TimeProvider time,
    ActorsBounds bounds,
    EntityAddress.Book addresses,
    Regions regions,
    Courier courier,
    LocalitiesCopy copy,
    LiveRelays relays,
    FactsReader facts,
    ActorsMetrics metrics) : IQueues
{
    // Whoever asks for what nobody has heard of has the localities asked at most so often.
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AgainPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan DrainPause = TimeSpan.FromMilliseconds(20);

    private long lookedAt;
    private volatile bool isClosed;

    /// <inheritdoc/>
    public Moment Now => Moment.From(time.GetUtcNow());

    /// <inheritdoc/>
    public async ValueTask<CountryDirectory> Directory(CancellationToken cancel = default)
    {
        if (!copy.HasHorizon(Now))
        {
            await copy.RefreshAsync().WaitAsync(cancel);
        }

        return copy.Directory;
    }

    /// <inheritdoc/>
    public async ValueTask<bool> Knows(QueueKey queue, CancellationToken cancel = default) =>
        copy.Knows(queue) || (await LookAgain(cancel) && copy.Knows(queue));

    /// <inheritdoc/>
    public async ValueTask<Answer> Ask(Command command, CommandKey key, QueueKey? queue = null, CancellationToken cancel = default)
    {
        var trace = AskTrace.Begin(command);
        try
        {
            var answer = await Decide(command, key, queue, trace, cancel);
            trace?.Answered(answer);
            return answer;
        }
        catch (Exception fault)
        {
            // What was answered is counted where it was decided.
            if (fault is BusyException or NotRecordedException or OutcomeUnknownException or KeyReusedException)
            {
                metrics.Decisions.Failed(fault);
            }

            trace?.Failed(fault);
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<TReply> Query<TReply>(QueueKey queue, QueueQuery<TReply> query, CancellationToken cancel = default)
        where TReply : class
    {
        ThrowIfClosed();
        if (!copy.Knows(queue) && !await Knows(queue, cancel))
        {
            return AnswerOfNothing(queue, query, await Directory(cancel));
        }

        if (query is SnapshotQuery)
        {
            // Numbered as this node's watches are.
            await Directory(cancel);
            return (TReply)(object)await relays.Snapshot(queue, cancel);
        }

        var address = addresses.Of(queue);
        return (TReply)await Send(address, request => new QueryQueue(address, query, request), cancel);
    }

    /// <inheritdoc/>
    public async ValueTask<LiveWatch> Watch(QueueKey queue, ILiveListener listener, CancellationToken cancel = default)
    {
        ThrowIfClosed();
        await Directory(cancel);
        return await Knows(queue, cancel)
            ? await relays.Watch(queue, listener, cancel)
            : throw new ArgumentException($"Nothing was ever filed or freed in {queue}.", nameof(queue));
    }

    /// <inheritdoc/>
    public ValueTask<QueueFacts> Facts(QueueKey queue, long from, int most, CancellationToken cancel = default)
    {
        ThrowIfClosed();
        return facts.Read(queue, from, most, cancel);
    }

    /// <summary>Takes no more.</summary>
    public void Close() => isClosed = true;

    /// <summary>Waits until everything that was asked is answered.</summary>
    /// <param name="patience">How long at most.</param>
    public async Task Drained(TimeSpan patience)
    {
        var begun = time.GetTimestamp();
        while (courier.Waiting > 0 && time.GetElapsedTime(begun) < patience)
        {
            await Task.Delay(DrainPause, time);
        }
    }

    private async ValueTask<Answer> Decide(Command command, CommandKey key, QueueKey? queue, AskTrace? trace, CancellationToken cancel)
    {
        ThrowIfClosed();
        if (queue is not null && command is ApplicationCommand or RevokePlace && !copy.Knows(queue) && !await Knows(queue, cancel))
        {
            return Homes.Unknown(command);
        }

        var home = Homes.Of(command, queue, addresses);
        var answer = (Answer)await Send(home, request => Homes.Asking(home, command, key, queue, request, trace), cancel);
        if (command is SetRules or AmendRules or RegisterKindergarten && answer is not Refusal)
        {
            await ShowOwnChange(cancel);
        }

        return answer;
    }

    // A message can be lost on its way to an entity that moves. It is sent again: a command has its key. Once no reply came, a later message that is refused
    // does not say that nothing was decided.
    private async ValueTask<object> Send(EntityAddress to, Func<Request, ToEntity> message, CancellationToken cancel)
    {
        var begun = time.GetTimestamp();
        var mayBeDecided = false;
        while (true)
        {
            var request = courier.Begin(to.Waiting, out var reply);
            regions.Tell(message(request));
            try
            {
                return cancel.CanBeCanceled ? await reply.AsTask().WaitAsync(cancel) : await reply;
            }
            catch (NoReplyException) when (IsTimeLeft())
            {
                mayBeDecided = true;
            }
            catch (Exception refused) when (mayBeDecided && refused is BusyException or NotRecordedException)
            {
                if (!IsTimeLeft())
                {
                    throw new OutcomeUnknownException("An earlier message of the request may have arrived; ask again with the same key.", refused);
                }

                await Task.Delay(AgainPause, time, cancel);
            }
        }

        bool IsTimeLeft() => !isClosed && time.GetElapsedTime(begun) + bounds.AskAgainAfter <= bounds.ReplyTimeout;
    }

    private TReply AnswerOfNothing<TReply>(QueueKey queue, QueueQuery<TReply> query, CountryDirectory directory)
        where TReply : class
    {
        var now = Now;
        var rules = directory.Localities.GetValueOrDefault(queue.Locality) ?? throw new ArgumentException($"The locality '{queue.Locality}' is not known.", nameof(queue));
        var nothing = new Queue(queue);
        RulesAdoption.BringUp(nothing, rules, now, happened: null);
        return query.AnswerFrom(new QueriedQueue(nothing, now, LatestUpdate: 0));
    }

    // True when the copy was brought up to date just now.
    private async ValueTask<bool> LookAgain(CancellationToken cancel)
    {
        var last = Volatile.Read(ref lookedAt);
        if (last != 0 && time.GetElapsedTime(last) < LookAgainAfter)
        {
            return false;
        }

        var now = time.GetTimestamp();
        await copy.RefreshAsync().WaitAsync(cancel);
        Volatile.Write(ref lookedAt, now);
        return true;
    }

    private async ValueTask ShowOwnChange(CancellationToken cancel)
    {
        try
        {
            await copy.RefreshAsync().WaitAsync(cancel);
        }
        catch (BusyException)
        {
            // The change is made; the node hears of it later.
        }
    }

    private void ThrowIfClosed()
    {
        if (isClosed)
        {
            throw new BusyException("The node is stopping.", bounds.RetryAfter);
        }
    }
}
