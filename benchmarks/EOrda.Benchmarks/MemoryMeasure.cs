using EOrda.Queues;
using EOrda.Queues.Country;
using EOrda.Queues.Names;
using EOrda.Queues.Rules;
using EOrda.Queues.Time;
using NodaTime;

namespace EOrda.Benchmarks;

/// <summary>How many bytes a waiting application takes, with everything that the rules keep: its queue and its share of the register.</summary>
internal static class MemoryMeasure
{
    private static readonly LocalDate Born = new(2022, 3, 1);

    public static void Run(int applications)
    {
        Measure(applications, queues: 1);
        Measure(applications, queues: 100);
        Measure(applications, queues: 2_000);
    }

    private static void Measure(int applications, int queues)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var country = new WholeCountry();
        for (var queue = 0; queue < queues; queue++)
        {
            country.Execute(new SetRules($"town-{queue}", new RulesDraft { TimeZone = "Asia/Almaty" }), Crowd.Start);
        }

        for (var i = 0; i < applications; i++)
        {
            var submit = new Submit($"town-{i % queues}/general/2022", Crowd.Application(i), Crowd.Child(i), Born, Crowd.Applicant(i), Crowd.CategoryOf(i), Submitted: null, UnderReview: false);
            if (country.Execute(submit, new Moment(Crowd.Start.UnixMilliseconds + i * 1_000L)) is not Standing)
            {
                throw new InvalidOperationException("A filing was refused.");
            }
        }

        var bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
        var waiting = Enumerable.Range(0, queues).Sum(queue => country.QueueOf(new QueueKey($"town-{queue}", Kind.General, "2022")).WaitingCount);
        Console.WriteLine($"{waiting,10:N0} waiting in {queues,5:N0} queues: {bytes / 1e6,7:N1} MB, {(double)bytes / waiting,6:N1} bytes each");
        GC.KeepAlive(country);
    }
}
