using EOrda.Load.Books;
using EOrda.Load.Live;
using EOrda.Load.Measures;
using EOrda.Load.Portal;
using EOrda.Load.Scenarios;

namespace EOrda.Load.Parents;

/// <summary>What the parents of a process share.</summary>
/// <param name="Scenario">The scenario.</param>
/// <param name="Api">The portal.</param>
/// <param name="Ticker">The tool's clock.</param>
/// <param name="Followers">The queues.</param>
/// <param name="Known">The places by queue, for parents without a live picture.</param>
/// <param name="Measure">Where is measured now.</param>
/// <param name="Book">Takes what was told.</param>
/// <param name="Presses">Takes the first presses.</param>
internal sealed record ParentsWorld(
    Scenario Scenario,
    PortalApi Api,
    Ticker Ticker,
    Followers Followers,
    KnownPlaces Known,
    Func<Measure> Measure,
    Action<Told> Book,
    Action<Press> Presses)
{
    /// <summary>Makes a browser that watches a queue.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="own">The application whose parent it belongs to; null of one that only watches.</param>
    public IBrowser Browse(string queue, Credential? own) => Scenario.Arrival.Live == LiveKind.Poll
        ? new PollingBrowser(Api, Ticker, Followers, queue, own, Scenario.Arrival.PollSeconds, Measure)
        : new Browser(Api, Followers, queue, Measure);
}

/// <summary>One virtual parent: comes to the page, waits, presses, tries again, confirms or does not.</summary>
internal sealed class Parent : IAsyncDisposable
{
    private const double MachineThinks = 0.001;
    private const double DecidedBefore = 300;

    // Whose clock runs fast presses too early, hears so, and presses again; more often than that nobody does.
    private const int MostEarlyPresses = 5;

    // What is locked later than that after the release is so for another reason: somebody had it and gave it back.
    private const double ClockWrongBy = 250;

    private readonly ParentsWorld world;
    private readonly ParentPlan plan;
    private readonly Random chance;
    private readonly ParentCommands commands;
    private double? noneLeftAt;
    private StandingAnswer? standing;

    public Parent(ParentsWorld world, Credential who, int number)
    {
        (this.world, Who) = (world, who);
        chance = new Random(unchecked(world.Scenario.Seed * 7919 + number));
        plan = ParentPlan.Draw(world.Scenario, chance);
        commands = new ParentCommands(world.Api, world.Ticker, who, plan.RoundTrip, world.Measure, world.Book);
        if (plan.IsLive)
        {
            Browser = world.Browse(who.Queue, who);
        }
    }

    /// <summary>Its application.</summary>
    public Credential Who { get; }

    /// <summary>Its live connection; null when it holds none.</summary>
    public IBrowser? Browser { get; }

    /// <summary>When its page was there, by the server's time.</summary>
    public double ConnectedAt { get; private set; }

    /// <summary>Comes to the page: measures the server's time and begins to watch.</summary>
    public async Task ComeAsync(CancellationToken cancel)
    {
        try
        {
            commands.Clock = await world.Api.MeasureClockAsync(world.Scenario.Arrival.TimeSamples, cancel);
            if (Browser is not null)
            {
                Browser.Clock = commands.Clock;
                await Browser.ConnectAsync();
                await LookAtStandingAsync(cancel);
            }
        }
        catch (Exception e) when (e is IOException or PortalException or TimeoutException)
        {
            world.Measure().Error($"arrival: {e.Message}");
        }

        ConnectedAt = commands.Clock.Now;
    }

    /// <summary>Measures the server's time anew: its clock was moved.</summary>
    public async Task LookAtTheClockAsync(CancellationToken cancel)
    {
        commands.Clock = await world.Api.MeasureClockAsync(world.Scenario.Arrival.TimeSamples, cancel);
        if (Browser is not null)
        {
            Browser.Clock = commands.Clock;
        }
    }

    /// <summary>Lives through a morning.</summary>
    /// <param name="release">When the places become available, Unix milliseconds of the server.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task LiveThroughAsync(long release, CancellationToken cancel)
    {
        if (plan.IsLost && Browser is not null)
        {
            await world.Ticker.Until(commands.Clock.InstantOf(release) - 1_500 + chance.NextDouble() * 1_000);
            await Browser.LoseAsync();
        }

        if (await RaceAsync(release, cancel) is { IsYes: true } won)
        {
            await UseAsync(won, cancel);
        }
    }

    /// <summary>Claims any place at an instant, be it taken or not, and leaves it at that: a step of a ramp.</summary>
    public async Task ClaimAsync(double intended, CancellationToken cancel)
    {
        // Its clock may not have been measured: a ramp's parents need no page.
        if (commands.Clock.RoundTrip == 0)
        {
            commands.Clock = await world.Api.MeasureClockAsync(1, cancel);
        }

        if (world.Known.All(Who.Queue) is { Length: > 0 } places)
        {
            await commands.ReserveAsync(Pick(places), intended, repeat: false, cancel);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Browser?.DisposeAsync() ?? ValueTask.CompletedTask;

    // Only where a place can be in priority access: elsewhere nobody needs to know.
    private async Task LookAtStandingAsync(CancellationToken cancel)
    {
        if (world.Scenario.City.Window > 0)
        {
            var own = await world.Api.SendAsync(HttpMethod.Get, $"{PortalApi.AddressOf(Who)}?changes=0", Who.Secret, cancel: cancel);
            standing = own.Read(ContractsJson.Default.ApplicationAnswer).Standing;
        }
    }

    private async Task<Told?> RaceAsync(long release, CancellationToken cancel)
    {
        if (plan.TriesBefore is { } before && Choose([], release) is { } tried)
        {
            await commands.TryAsync(tried, Math.Max(Ticker.Now, commands.Clock.InstantOf(release) - before), cancel);
        }

        var pressPlan = world.Scenario.Press;
        var pressedAt = release + plan.PressAfter;
        var intended = commands.Clock.InstantOf(pressedAt);

        // Everybody has made up their mind before the release, and presses whatever the picture shows by then.
        await world.Ticker.Until(commands.Clock.InstantOf(release) - DecidedBefore);
        var (early, isFirst, refused) = (0, true, new HashSet<string>(StringComparer.Ordinal));
        Told? told = null;
        for (var (tries, place) = (0, Choose(refused, release)); tries < pressPlan.Tries && place is not null;)
        {
            var think = plan.IsMachine ? MachineThinks : ParentPlan.Between(chance, pressPlan.ThinkSeconds);
            told = await commands.ReserveAsync(place, intended, chance.NextDouble() < pressPlan.RepeatShare, cancel);
            var isEarly = told.Reason is "frozen" or "place-locked" && told.Intended < release + ClockWrongBy && early++ < MostEarlyPresses;
            if (isFirst && !isEarly)
            {
                world.Presses(new Press(ConnectedAt, plan.RoundTrip, plan.IsMachine, pressedAt, told.IsYes));
                isFirst = false;
            }

            noneLeftAt = told.PlacesAvailable == 0 ? told.Answered : noneLeftAt;
            if (told.IsYes || !(isEarly || told.Reason is "place-taken" or "place-locked"))
            {
                return told;
            }

            tries += isEarly ? 0 : 1;
            if (!isEarly)
            {
                refused.Add(place);
            }

            intended = Ticker.Now + (isEarly ? 1 : think * 1_000);
            await world.Ticker.Until(intended);
            place = isEarly ? place : Choose(refused, (long)commands.Clock.Now);
        }

        return told;
    }

    private async Task UseAsync(Told won, CancellationToken cancel)
    {
        var plans = world.Scenario.Winners;
        var luck = chance.NextDouble();
        var intended = Ticker.Now + ParentPlan.Between(chance, plans.AfterSeconds) * 1_000;
        if (commands.Clock.ServerTime(intended) >= won.Until)
        {
            return;
        }

        if (luck < plans.ConfirmShare)
        {
            await commands.ConfirmAsync(intended, cancel);
        }
        else if (luck < plans.ConfirmShare + plans.DropShare)
        {
            await commands.DropAsync(intended, cancel);
        }
    }

    /// <summary>
    /// A place that is free, or will be at the release, as far as this parent's picture goes; the first ones are liked more. Who was told with a refusal that
    /// none is left, and has seen nothing newer, looks for none.
    /// </summary>
    private string? Choose(HashSet<string> except, long by)
    {
        var picture = Browser?.IsConnected == true ? Browser.Picture : null;
        var free = noneLeftAt >= (picture?.At ?? double.MinValue) ? []
            : picture is not null ? world.Known.FreeIn(picture, by, Positions.IsInWindow(standing, picture.Window))
            : world.Known.FreeIn(Who.Queue);
        return free.Length == 0 ? null
            : Pick(free) is var place && !except.Contains(place) ? place
            : Array.Find(free, other => !except.Contains(other));
    }

    private string Pick(string[] free) => free[(int)(free.Length * Math.Pow(chance.NextDouble(), world.Scenario.Press.Popularity))];
}
