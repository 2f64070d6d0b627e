using EOrda.Actors;
using EOrda.Portal.Demonstration;
using EOrda.Portal.Hosting;
using EOrda.Portal.Idempotency;
using EOrda.Portal.Secrets;
using EOrda.Queues;
using EOrda.Queues.Names;
using EOrda.Queues.Rules;
using EOrda.Queues.Time;
using NodaTime;

namespace EOrda.Portal.Rehearsal;

/// <summary>
/// A made-up city in place of the demonstration's, filled through the node as anybody would fill it, whose mornings come when they are asked for.
/// </summary>
internal sealed class RehearsalRun(DemonstrationTime time, CityData city, PortalSettings settings, ApplicationSecrets secrets) : IDisposable
{
    private const int MostInFlight = 512;

    private readonly SemaphoreSlim oneAtATime = new(1);
    private RehearsalCity? rehearsed;

    /// <summary>
    /// Files all applications a day before the first morning, and writes the parents' secrets. A rehearsal that was loaded as a whole goes on from
    /// where its clock is.
    /// </summary>
    /// <exception cref="InvalidDataException">The data directory is neither a fresh one nor that of the same city, or what is asked for cannot be loaded.</exception>
    public async Task LoadAsync(IQueues queues, CancellationToken cancel)
    {
        var directory = await queues.Directory(cancel);
        if (time.State is { Loaded: true } && ParentsFile.IsIn(settings.Data))
        {
            rehearsed = Loaded(directory);
            return;
        }

        if (time.State is not null || directory.Localities.Count > 0)
        {
            throw new InvalidDataException($"'{settings.Data}' has data already. A rehearsal wants a fresh data directory, or that of a rehearsal of the same size.");
        }

        rehearsed = new RehearsalCity(settings.Rehearsal!, time.Today, city.Zone);
        time.Remember(loaded: false, time.Today);
        ParentsFile.Write(settings.Data, secrets, rehearsed.Parents());
        await AskAllAsync(queues, rehearsed.Localities(), l => l.Locality, cancel);
        await AskAllAsync(queues, rehearsed.Kindergartens(), k => k.Kindergarten, cancel);
        await AskAllAsync(queues, rehearsed.Parents().Concat(rehearsed.Waiting()), s => s.Application, cancel);
        time.Remember(loaded: true, time.Today);
    }

    /// <summary>Has the next morning's places reported on the afternoon before it, and goes on to a time of that morning.</summary>
    /// <param name="queues">Where the places are reported.</param>
    /// <param name="places">How many places.</param>
    /// <param name="clock">The local time of day.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>When the places become available.</returns>
    public async Task<Moment> BeginMorningAsync(IQueues queues, int places, LocalTime clock, CancellationToken cancel)
    {
        await oneAtATime.WaitAsync(cancel);
        try
        {
            var morning = time.NextMorning;
            time.MoveTo(morning.PlusDays(-1), CityLoader.Afternoon);
            await AskAllAsync(queues, rehearsed!.Places(morning, places), p => p.Place, cancel);
            time.Remember(loaded: true, morning);
            time.MoveTo(morning, clock);
            var directory = await queues.Directory(cancel);
            return directory.RulesOf(rehearsed.Queues[0].Locality, queues.Now)!.Schedule.ReleaseOn(morning);
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    /// <summary>Moves the clock on to a local time of today, unless that has passed.</summary>
    public async Task MoveClockAsync(LocalTime clock, CancellationToken cancel)
    {
        await oneAtATime.WaitAsync(cancel);
        try
        {
            time.MoveTo(time.Today, clock);
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => oneAtATime.Dispose();

    // The rules came with the city's first day.
    private RehearsalCity Loaded(CountryDirectory directory)
    {
        var start = directory.Localities.Values.Select(rules => rules[0].From).Min().ToInstant().InZone(city.Zone).Date;
        var loaded = new RehearsalCity(settings.Rehearsal!, start, city.Zone);
        return directory.Localities.Keys.ToHashSet(StringComparer.Ordinal).SetEquals(loaded.Queues.Select(q => q.Locality))
            ? loaded
            : throw new InvalidDataException($"'{settings.Data}' has a rehearsal of another size.");
    }

    private static Task AskAllAsync<T>(IQueues queues, IEnumerable<T> commands, Func<T, string> about, CancellationToken cancel)
        where T : Command =>
        Parallel.ForEachAsync(commands, new ParallelOptions { MaxDegreeOfParallelism = MostInFlight, CancellationToken = cancel }, async (command, stop) =>
        {
            var answer = await AskAsync(queues, command, IdempotencyKey.Of(about(command), "rehearsal"), stop);
            if (answer is Refusal { Reason: not (Reason.DuplicateLocality or Reason.DuplicateKindergarten or Reason.DuplicateApplication or Reason.DuplicatePlace) } refusal)
            {
                throw new InvalidDataException($"The rehearsal cannot be loaded: {about(command)}: {Words.Of(refusal.Reason)}.");
            }
        });

    private static async Task<Answer> AskAsync(IQueues queues, Command command, CommandKey key, CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                return await queues.Ask(command, key, queue: null, cancel);
            }
            catch (BusyException e)
            {
                await Task.Delay(e.RetryAfter, cancel);
            }
        }
    }
}
