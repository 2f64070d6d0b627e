using EOrda.Load.Books;
using EOrda.Load.Measures;
using EOrda.Load.Portal;

namespace EOrda.Load.Overload;

/// <summary>
/// Offers claims at a rate, whatever becomes of them: each leaves when it is meant to, over any connection that is free, and its time counts from then.
/// A claim that is turned away (503 <c>busy</c>, 429) is not sent again.
/// </summary>
/// <param name="address">The portal.</param>
/// <param name="connections">How many connections there are; where all are busy a claim waits in the tool, and that is in its time and in the lag.</param>
/// <param name="budget">The requests that may be sent.</param>
/// <param name="measure">Where is measured now.</param>
/// <param name="book">Takes what was told.</param>
internal sealed class OpenLoop(Uri address, int connections, Budget budget, Func<Measure> measure, Action<Told> book) : IDisposable
{
    private const int Unavailable = 503;
    private const int TooManyRequests = 429;
    private const double LeadMilliseconds = 50;

    private readonly Lock gate = new();
    private readonly Stack<RawConnection> idle = new();
    private readonly Queue<(Claimant Who, double Intended)> waiting = new();
    private readonly List<RawConnection> all = [];
    private ServerClock clock;
    private int open;

    /// <summary>Offers claims, and waits until each has come to something.</summary>
    /// <param name="claimants">Who claims, in turn; one whose last claim is still on its way is passed over.</param>
    /// <param name="perSecond">Claims a second.</param>
    /// <param name="seconds">For how long.</param>
    /// <param name="serverClock">The server's time.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task OfferAsync(IReadOnlyList<Claimant> claimants, double perSecond, double seconds, ServerClock serverClock, CancellationToken cancel)
    {
        clock = serverClock;
        while (all.Count < connections)
        {
            var connection = new RawConnection(address);
            all.Add(connection);
            idle.Push(connection);
        }

        var begun = Ticker.Now + LeadMilliseconds;
        measure().TimelineFrom = begun;
        await Task.Factory.StartNew(() => Pace(claimants, begun, perSecond / 1_000, (int)(perSecond * seconds), cancel), cancel, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        for (var last = Ticker.Now; Volatile.Read(ref open) > 0; await Task.Delay(TimeSpan.FromMilliseconds(20), cancel))
        {
            if (Ticker.Now - last > PortalApi.Patience.TotalMilliseconds)
            {
                all.ForEach(connection => connection.Dispose());
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => all.ForEach(connection => connection.Dispose());

    private void Pace(IReadOnlyList<Claimant> claimants, double begun, double perMillisecond, int count, CancellationToken cancel)
    {
        for (int i = 0, next = 0; i < count && !cancel.IsCancellationRequested; i++)
        {
            var intended = begun + i / perMillisecond;
            while (Ticker.Now < intended)
            {
                Thread.Sleep(1);
            }

            for (var passed = 0; claimants[next].IsWaiting && passed < claimants.Count; passed++)
            {
                next = (next + 1) % claimants.Count;
            }

            var who = claimants[next];
            next = (next + 1) % claimants.Count;
            who.IsWaiting = true;
            measure().Pressed(intended);
            Interlocked.Increment(ref open);
            RawConnection? connection;
            lock (gate)
            {
                if (!idle.TryPop(out connection))
                {
                    waiting.Enqueue((who, intended));
                    continue;
                }
            }

            _ = ServeAsync(connection, who, intended);
        }
    }

    private async Task ServeAsync(RawConnection connection, Claimant who, double intended)
    {
        while (true)
        {
            await ClaimAsync(connection, who, intended);
            who.IsWaiting = false;
            Interlocked.Decrement(ref open);
            lock (gate)
            {
                if (!waiting.TryDequeue(out var next))
                {
                    idle.Push(connection);
                    return;
                }

                (who, intended) = next;
            }
        }
    }

    private async Task ClaimAsync(RawConnection connection, Claimant who, double intended)
    {
        var now = measure();
        try
        {
            budget.Take();
            now.Add(Count.Requests);
            now.Of(Timed.Lag).Add(Ticker.Now - intended);
            var reply = await connection.ExchangeAsync(who.Write(connection.Request));
            Take(now, who, reply.Status, connection.Body(reply), intended);
        }
        catch (IOException e)
        {
            now.Error(e.Message);
            book(who.Read(status: 0, body: [], e.Message, clock.ServerTime(intended), clock.ServerTime(Ticker.Now)));
        }
        catch (BudgetSpentException e)
        {
            now.Error(e.Message);
        }
    }

    private void Take(Measure now, Claimant who, int status, ReadOnlySpan<byte> body, double intended)
    {
        var answered = Ticker.Now;
        var isBusy = status == Unavailable && Claimant.ReasonOf(body) == "busy";
        if (isBusy || status == TooManyRequests)
        {
            // Nothing was decided, says the portal; the judge finds out.
            now.Add(isBusy ? Count.Busy : Count.TooMany);
            now.Of(Timed.TurnedAway).Add(answered - intended);
            return;
        }

        var told = who.Read(status, body, failure: null, clock.ServerTime(intended), clock.ServerTime(answered));
        book(told);
        if (!told.IsDecided)
        {
            now.Error($"{status} {told.Reason}");
            return;
        }

        now.Of(Timed.Claim).Add(answered - intended);
        now.Answered(answered);
        if (told.IsYes)
        {
            now.Won(answered);
        }
        else
        {
            now.Refused(told.Reason ?? status.ToString());
        }
    }
}
