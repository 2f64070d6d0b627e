using System.Collections.Concurrent;
using EOrda.Actors;
using EOrda.Portal.Hosting;
using EOrda.Portal.Idempotency;
using EOrda.Queues;
using EOrda.Queues.Applications;
using EOrda.Queues.Names;
using EOrda.Queues.Places;
using EOrda.Queues.Rules;
using NodaTime;

namespace EOrda.Portal.Demonstration;

/// <summary>
/// Loads the city through the node as anybody would fill it: a week before its morning the waiting list and the first places, in the week what people
/// do with them, on the afternoon before the morning the places of the race. Loading again what an interrupted start had loaded changes nothing.
/// </summary>
internal sealed class CityLoader(IQueues queues, DemonstrationTime time, CityData city, StartupConsole console)
{
    /// <summary>How many days before its morning the city begins.</summary>
    public const int DaysBefore = 7;

    /// <summary>When places are reported: before the handover of that day.</summary>
    public static readonly LocalTime Afternoon = new(15, 0);

    /// <summary>When the city locks what was reported: the time that rules have where none is amended.</summary>
    public static readonly LocalTime Handover = new(18, 0);

    // The week before brings a fifth of a morning's places a day, on two days.
    private const int SmallMorningDivisor = 5;
    private const int MostInFlight = 512;
    private static readonly LocalTime AfterRelease = new(7, 5);

    private readonly PlaceReports reports = new(city);
    private int done;
    private int total;

    /// <summary>Loads the whole city up to the afternoon before the morning.</summary>
    public async Task LoadAsync(LocalDate morning, CancellationToken cancel)
    {
        var applications = new InventedFamilies(city, morning).Applications().ToList();
        total = applications.Count;
        time.MoveTo(morning.PlusDays(-DaysBefore), Afternoon);
        await SetUpAsync(cancel);
        await AskAllAsync(applications, application => application.Application, $"file {morning}", cancel);
        await ReportAsync(morning.PlusDays(-6), SmallMorningDivisor, cancel);

        time.MoveTo(morning.PlusDays(-6), AfterRelease);
        await LiveThroughAsync(morning, cancel);
        time.MoveTo(morning.PlusDays(-6), Afternoon);
        await ReportAsync(morning.PlusDays(-5), SmallMorningDivisor, cancel);

        time.MoveTo(morning.PlusDays(-5), AfterRelease);
        await LiveThroughAsync(morning, cancel);
        time.MoveTo(morning.PlusDays(-4), Afternoon);
        await EnrolSomeAsync(morning, cancel);

        time.MoveTo(morning.PlusDays(-1), Afternoon);
        await ReportAsync(morning, cancel);
    }

    /// <summary>Reports the places of one morning.</summary>
    public Task ReportAsync(LocalDate morning, CancellationToken cancel) => ReportAsync(morning, 1, cancel);

    private async Task SetUpAsync(CancellationToken cancel)
    {
        var rules = new RulesDraft { TimeZone = city.TimeZone, Holidays = city.Holidays, Workdays = city.Workdays };
        await AskAsync(new SetRules(city.Locality, rules), city.Locality, "rules", cancel);
        var kindergartens = city.Kindergartens.Select(k => new RegisterKindergarten(k.Named.Kindergarten, city.Locality, k.Kind)).ToList();
        await AskAllAsync(kindergartens, k => k.Kindergarten, "register", cancel);
    }

    private Task ReportAsync(LocalDate morning, int divisor, CancellationToken cancel)
    {
        var places = reports.For(morning, divisor);
        return AskAllAsync(places, p => p.Place, "report", cancel);
    }

    /// <summary>The first of each queue take what was released: some confirm, some give up, some let it lapse; one cancels, one withdraws, one gets a benefit.</summary>
    private async Task LiveThroughAsync(LocalDate morning, CancellationToken cancel)
    {
        foreach (var queue in reports.Queues(morning))
        {
            var siblings = InventedFamilies.WithSiblings(queue).ToHashSet();
            var free = await queues.PlacesOf(queue, cancel).Where(p => p.State == PlaceState.Available).Select(p => p.Place).ToListAsync(cancel);

            // Those with siblings are left for whoever plays.
            var order = queues.OrderOf(queue, cancel).Take(free.Count + siblings.Count + 2).Where(a => !siblings.Contains(a));
            var first = await order.Take(free.Count + 2).ToListAsync(cancel);
            for (var i = 0; i < free.Count && i < first.Count; i++)
            {
                await TakeAsync(first[i], free[i], i, cancel);
            }

            if (first.Count > free.Count + 1 && free.Count > 0)
            {
                await AskAsync(new Withdraw(first[^1]), first[^1], "withdraw", cancel);
                await AskAsync(new ChangeCategory(first[^2], Category.FirstPriority), first[^2], "benefit", cancel);
            }
        }
    }

    private async Task TakeAsync(string application, string place, int turn, CancellationToken cancel)
    {
        // Of six: two referrals, one cancelled referral, one given up, one that will lapse, one place that nobody takes.
        var part = turn % 6;
        if (part == 5 || await AskAsync(new Reserve(application, place, null), application, $"reserve {place}", cancel) is Refusal)
        {
            return;
        }

        if (part < 3)
        {
            await AskAsync(new Confirm(application), application, $"confirm {place}", cancel);
        }

        if (part == 2)
        {
            await AskAsync(new Cancel(application), application, $"cancel {place}", cancel);
        }

        if (part == 3)
        {
            await AskAsync(new Drop(application), application, $"drop {place}", cancel);
        }
    }

    /// <summary>Kindergartens enrol every second child that has a referral.</summary>
    private async Task EnrolSomeAsync(LocalDate morning, CancellationToken cancel)
    {
        var applications = new InventedFamilies(city, morning).Applications().ToLookup(a => a.Queue, a => a.Application);
        foreach (var queue in reports.Queues(morning))
        {
            var all = applications[queue.ToString()];
            var referred = await queues.StatesOf(queue, all, cancel).Where(a => a.Status == Status.Referred).ToListAsync(cancel);
            foreach (var application in referred.Where((_, i) => i % 2 == 0))
            {
                await AskAsync(new Enrol(application.Application), application.Application, "enrol", cancel);
            }
        }
    }

    private async Task AskAllAsync<T>(IReadOnlyCollection<T> commands, Func<T, string> about, string step, CancellationToken cancel)
        where T : Command
    {
        var refused = new ConcurrentBag<Reason>();
        await Parallel.ForEachAsync(commands, new ParallelOptions { MaxDegreeOfParallelism = MostInFlight, CancellationToken = cancel }, async (command, stop) =>
        {
            if (await AskAsync(command, about(command), step, stop) is Refusal refusal && !IsLoadedAlready(refusal.Reason))
            {
                refused.Add(refusal.Reason);
            }

            if (command is Submit)
            {
                console.Loading(Interlocked.Increment(ref done), total);
            }
        });
        if (refused.TryPeek(out var reason))
        {
            throw new InvalidDataException($"The demonstration city cannot be loaded: {step}: {Words.Of(reason)} ({refused.Count} times).");
        }
    }

    private async Task<Answer> AskAsync(Command command, string about, string step, CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                return await queues.Ask(command, IdempotencyKey.Of(about, step), queue: null, cancel);
            }
            catch (BusyException e)
            {
                await Task.Delay(e.RetryAfter, cancel);
            }
        }
    }

    private static bool IsLoadedAlready(Reason reason) =>
        reason is Reason.DuplicateLocality or Reason.DuplicateKindergarten or Reason.DuplicateApplication or Reason.DuplicatePlace;
}
