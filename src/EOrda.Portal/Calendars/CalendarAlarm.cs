using EOrda.Actors;
using EOrda.Portal.Hosting;
using NodaTime;

namespace EOrda.Portal.Calendars;

/// <summary>
/// Warns once a day while a locality's working calendar lacks the year that it should have by now: deadlines would be counted without its holidays (rules,
/// section 10). It stops before the node does.
/// </summary>
internal sealed partial class CalendarAlarm(NodeHost host, TimeProvider time, ILogger<CalendarAlarm> logger) : IHostedService, IDisposable
{
    /// <summary>How many localities a warning names at most; it tells the number of all.</summary>
    public const int MostNamed = 20;

    // Most nodes have recovered by then; else the next look is the first.
    private static readonly TimeSpan FirstLook = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LookEvery = TimeSpan.FromHours(1);

    private ITimer? timer;
    private LocalDate? warnedOn;

    /// <summary>The look that is under way, or the last one.</summary>
    public Task Look { get; private set; } = Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        timer = time.CreateTimer(_ => BeginLook(), state: null, FirstLook, LookEvery);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        // A look that is under way ends first: the node stops next.
        if (timer is not null)
        {
            await timer.DisposeAsync();
        }

        await Look.WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => timer?.Dispose();

    private void BeginLook()
    {
        if (Look.IsCompleted)
        {
            Look = LookAsync();
        }
    }

    private async Task LookAsync()
    {
        if (!host.HasStarted)
        {
            return;
        }

        var now = host.Node.Now;
        var today = now.ToInstant().InUtc().Date;
        if (today == warnedOn)
        {
            return;
        }

        CountryDirectory directory;
        try
        {
            directory = await host.Node.Directory();
        }
        catch (BusyException)
        {
            // The next look is in an hour.
            return;
        }

        var missing = MissingYears.Of(directory, now).Where(lacks => lacks.Year is not null).Select(lacks => $"{lacks.Locality} {lacks.Year}").ToList();
        if (missing.Count > 0)
        {
            warnedOn = today;
            LogMissing(missing.Count, string.Join(", ", missing.Take(MostNamed)));
        }
    }

    [LoggerMessage(140, LogLevel.Warning, "{Count} working calendars name no date of a year that deadlines reach: {Localities}. Amend the localities' rules")]
    private partial void LogMissing(int count, string localities);
}
