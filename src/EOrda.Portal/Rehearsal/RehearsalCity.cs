using System.Globalization;
using EOrda.Portal.Demonstration;
using EOrda.Queues;
using EOrda.Queues.Applications;
using EOrda.Queues.Names;
using EOrda.Queues.Rules;
using EOrda.Queues.Time;
using NodaTime;

namespace EOrda.Portal.Rehearsal;

/// <summary>Who waits in the made-up city, and which places its kindergartens report. The same size and date make the same city.</summary>
internal sealed class RehearsalCity(RehearsalSize size, LocalDate start, DateTimeZone zone)
{
    private const int YoungestAge = 1;
    private const int CohortsOfALocality = 4;
    private const int KindergartensOfALocality = 24;
    private const int BirthDays = 300;
    private const int MonthOfTheSchoolYear = 6;

    // Of a hundred parents one stands out of turn and ten stand under first priority.
    private const int CategoryCycle = 100;
    private const int FirstPriorityOfCycle = 10;
    private static readonly Duration Filing = Duration.FromDays(60);
    private static readonly InventedNumbers Numbers = new("REH-26", seed: 26);

    /// <summary>The queues.</summary>
    public IReadOnlyList<QueueKey> Queues { get; } = [.. Enumerable.Range(0, size.Queues).Select(i => KeyOf(i, start))];

    /// <summary>The localities with their rules.</summary>
    public IEnumerable<SetRules> Localities() => Queues.Select(q => q.Locality).Distinct().Select(locality => new SetRules(
        locality,
        size.Window == 0
            ? new RulesDraft { TimeZone = zone.Id, PriorityWorkingDays = 0 }
            : new RulesDraft { TimeZone = zone.Id, WindowFactor = size.Window }));

    /// <summary>The kindergartens.</summary>
    public IEnumerable<RegisterKindergarten> Kindergartens() => Queues.Select(q => q.Locality).Distinct()
        .SelectMany(locality => Enumerable.Range(0, KindergartensOfALocality).Select(i => new RegisterKindergarten(KindergartenOf(locality, i), locality, Kind.General)));

    /// <summary>The applications of the parents who are played, at the heads of their queues.</summary>
    public IEnumerable<Submit> Parents() => Enumerable.Range(0, size.Parents).Select(i => Application(i, (i / Queues.Count % CategoryCycle) switch
    {
        0 => Category.OutOfTurn,
        <= FirstPriorityOfCycle => Category.FirstPriority,
        _ => Category.General,
    }));

    /// <summary>The applications behind them.</summary>
    public IEnumerable<Submit> Waiting() => Enumerable.Range(size.Parents, size.Waiting).Select(i => Application(i, Category.General));

    /// <summary>The places of a morning, spread over the queues and the kindergartens.</summary>
    public IEnumerable<FreePlace> Places(LocalDate morning, int count) => Enumerable.Range(0, count).Select(i =>
    {
        var queue = Queues[i % Queues.Count];
        var kindergarten = KindergartenOf(queue.Locality, i / Queues.Count % KindergartensOfALocality);
        return new FreePlace(string.Create(CultureInfo.InvariantCulture, $"R-{morning:yyMMdd}-{i:D5}"), kindergarten, queue.ToString(), Age: null);
    });

    private static QueueKey KeyOf(int index, LocalDate start)
    {
        var year = (start.Month >= MonthOfTheSchoolYear ? start.Year : start.Year - 1) - YoungestAge - index % CohortsOfALocality;
        return new QueueKey(
            string.Create(CultureInfo.InvariantCulture, $"rehearsal-{1 + index / CohortsOfALocality}"),
            Kind.General,
            year.ToString("D4", CultureInfo.InvariantCulture));
    }

    private static string KindergartenOf(string locality, int index) => string.Create(CultureInfo.InvariantCulture, $"{locality}-k{index:D2}");

    private Submit Application(int index, Category category)
    {
        var queue = Queues[index % Queues.Count];
        var number = Numbers.Of(index);
        var born = new LocalDate(queue.Year, 1, 1).PlusDays(index / Queues.Count % BirthDays);
        var filed = (start.At(LocalTime.Noon).InZoneLeniently(zone).ToInstant() - Filing).Plus(Duration.FromSeconds(index));
        return new Submit(queue.ToString(), number, $"child of {number}", born, $"parent of {number}", category, Moment.From(filed), UnderReview: false);
    }
}
