using EOrda.Queues;
using EOrda.Queues.Applications;
using EOrda.Queues.Names;
using EOrda.Queues.Time;
using NodaTime;

namespace EOrda.Portal.Demonstration;

/// <summary>Invents those who wait: the same ones for the same city and morning.</summary>
internal sealed class InventedFamilies(CityData city, LocalDate morning)
{
    // Twins are the first of their queue, so that they are found again by their numbers.
    private const int FirstTwin = 1;
    private const int SecondTwin = 2;
    private const int DecemberSibling = 3;
    private const int JanuarySibling = 4;
    private const int FirstSingle = 5;
    private const int YearsBack = 3;
    private const int MostYears = 10_000;
    private const int MostOfAQueue = 100_000;

    // The same in each year, so that a family is found again by its place in the city.
    private static readonly InventedNumbers Numbers = new("ALM-26", seed: 26);

    private readonly Random random = new(city.Seed);

    // Nobody turns six while the city is lived in.
    private LocalDate YoungEnough => morning.PlusYears(-6).PlusMonths(1);

    /// <summary>Every application of the city.</summary>
    public IEnumerable<Submit> Applications()
    {
        foreach (var published in city.PublishedPlaces)
        {
            var queue = city.GeneralQueue(published.Age, morning);
            foreach (var application in Twins(queue))
            {
                yield return application;
            }

            var waiting = city.WaitingAt(published);
            for (var serial = FirstSingle; serial <= waiting; serial++)
            {
                yield return Single(queue, serial);
            }
        }

        for (var serial = 1; serial <= city.Special.Waiting; serial++)
        {
            yield return Single(city.SpecialQueue(morning), serial);
        }

        for (var serial = 1; serial <= city.Sanatorium.Waiting; serial++)
        {
            yield return Single(city.SanatoriumQueue, serial);
        }
    }

    /// <summary>The siblings with whom an application of the city can be tied into a batch, with their queues.</summary>
    public static IEnumerable<(string Application, QueueKey Queue)> SiblingsOf(string application, QueueKey queue)
    {
        if (queue.Kind != Kind.General)
        {
            yield break;
        }

        var next = queue with { Cohort = $"{queue.Year + 1:D4}" };
        var former = queue with { Cohort = $"{queue.Year - 1:D4}" };
        if (application == NumberOf(queue, FirstTwin))
        {
            yield return (NumberOf(queue, SecondTwin), queue);
        }
        else if (application == NumberOf(queue, SecondTwin))
        {
            yield return (NumberOf(queue, FirstTwin), queue);
        }
        else if (application == NumberOf(queue, DecemberSibling))
        {
            yield return (NumberOf(next, JanuarySibling), next);
        }
        else if (application == NumberOf(queue, JanuarySibling))
        {
            yield return (NumberOf(former, DecemberSibling), former);
        }
    }

    /// <summary>The applications of a queue that have siblings.</summary>
    public static IEnumerable<string> WithSiblings(QueueKey queue) =>
        queue.Kind == Kind.General ? Enumerable.Range(FirstTwin, JanuarySibling).Select(serial => NumberOf(queue, serial)) : [];

    private static string NumberOf(QueueKey queue, int serial)
    {
        var year = queue.Kind == Kind.Sanatorium ? 0 : queue.Year;
        return Numbers.Of((((long)queue.Kind * MostYears) + year) * MostOfAQueue + serial);
    }

    private static Submit Application(QueueKey queue, int serial, string applicant, LocalDate born, Moment submitted, Category category, bool review)
    {
        var number = NumberOf(queue, serial);
        return new Submit(queue.ToString(), number, $"Бала {number}", born, $"Ата-ана {applicant}", category, submitted, review);
    }

    private IEnumerable<Submit> Twins(QueueKey queue)
    {
        var twins = LocalDate.Max(new LocalDate(queue.Year, 1, 5), YoungEnough);
        yield return Application(queue, FirstTwin, NumberOf(queue, FirstTwin), twins, Filed(twins), Category.FirstPriority, review: false);
        yield return Application(queue, SecondTwin, NumberOf(queue, FirstTwin), twins, Filed(twins), Category.FirstPriority, review: false);

        // Born around New Year, so they wait in two queues; both were filed in January.
        var (december, january) = (new LocalDate(queue.Year, 12, 28), new LocalDate(queue.Year, 1, 3));
        if (city.PublishedPlaces.Any(p => city.GeneralQueue(p.Age, morning).Year == queue.Year + 1))
        {
            yield return Application(queue, DecemberSibling, NumberOf(queue, DecemberSibling), december, Filed(january.PlusYears(1)), Category.General, review: false);
        }

        if (city.PublishedPlaces.Any(p => city.GeneralQueue(p.Age, morning).Year == queue.Year - 1))
        {
            yield return Application(queue, JanuarySibling, NumberOf(queue with { Cohort = $"{queue.Year - 1:D4}" }, DecemberSibling), january, Filed(january), Category.General, review: false);
        }
    }

    private Submit Single(QueueKey queue, int serial)
    {
        var born = BirthDate(queue);
        var earliest = LocalDate.Max(born.PlusDays(3), morning.PlusYears(-YearsBack));
        var latest = morning.PlusDays(-9);
        var filed = earliest.PlusDays(random.Next(1 + Math.Max(0, Period.DaysBetween(earliest, latest))));
        var luck = random.NextDouble();
        var review = queue.Kind == Kind.General && luck < city.Shares.UnderReview;
        var category = luck < city.Shares.OutOfTurn ? Category.OutOfTurn
            : luck < city.Shares.OutOfTurn + city.Shares.FirstPriority ? Category.FirstPriority
            : Category.General;
        return Application(queue, serial, NumberOf(queue, serial), born, Filed(filed), category, review);
    }

    /// <summary>A birth date of the queue's year (of any suitable one in a sanatorium queue) that is not too old on the morning.</summary>
    private LocalDate BirthDate(QueueKey queue)
    {
        var year = queue.Kind == Kind.Sanatorium ? morning.Year - 3 - random.Next(2) : queue.Year;
        var first = LocalDate.Max(new LocalDate(year, 1, 1), YoungEnough);
        return first.PlusDays(random.Next(Period.DaysBetween(first, new LocalDate(year, 12, 31)) + 1));
    }

    private Moment Filed(LocalDate date)
    {
        var time = LocalTime.FromMillisecondsSinceMidnight(random.Next(8 * 3_600_000, 20 * 3_600_000));
        return Moment.From((date + time).InZoneLeniently(city.Zone).ToInstant());
    }
}
