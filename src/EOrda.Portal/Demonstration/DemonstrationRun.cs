using EOrda.Actors;
using EOrda.Portal.Hosting;

namespace EOrda.Portal.Demonstration;

/// <summary>
/// What the demonstration loads at a start. With a clock time asked for, each start is a later morning than the one before and has places of its own;
/// without one the city lives on the real time, or goes on from where its clock is if that is later.
/// </summary>
internal sealed class DemonstrationRun(CityData city, DemonstrationTime time, PortalSettings settings, StartupConsole console)
{
    /// <summary>Loads what this start needs and brings the clock to where it is to run from.</summary>
    public async Task LoadAsync(IQueues queues, CancellationToken cancel)
    {
        var loader = new CityLoader(queues, time, city, console);
        if (time.State is not { Loaded: true })
        {
            var morning = settings.Clock is null ? time.RealToday
                : time.State is null ? city.FirstMorningDate
                : time.Today.PlusDays(CityLoader.DaysBefore + 1);
            time.Remember(loaded: false, morning);
            await loader.LoadAsync(morning, cancel);
            time.Remember(loaded: true, morning);
        }
        else if (settings.Clock is not null)
        {
            var morning = time.NextMorning;
            time.MoveTo(morning.PlusDays(-1), CityLoader.Afternoon);
            await loader.ReportAsync(morning, cancel);
            time.Remember(loaded: true, morning);
        }

        if (settings.Clock is { } clock)
        {
            time.MoveTo(time.LastMorning, clock);
            return;
        }

        time.MoveToRealTime();
        if (time.NextMorning is var next && next > time.LastMorning)
        {
            await loader.ReportAsync(next, cancel);
            time.Remember(loaded: true, next);
        }
    }
}
