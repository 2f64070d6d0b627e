using System.Globalization;
using EOrda.Queues;
using EOrda.Queues.Names;
using NodaTime;

namespace EOrda.Portal.Demonstration;

/// <summary>Which kindergarten reports which places for a morning: the same ones for the same city and morning.</summary>
internal sealed class PlaceReports(CityData city)
{
    /// <summary>The city's queues in the school year of a morning.</summary>
    public IEnumerable<QueueKey> Queues(LocalDate morning) =>
        [.. city.PublishedPlaces.Select(p => city.GeneralQueue(p.Age, morning)), city.SpecialQueue(morning), city.SanatoriumQueue];

    /// <summary>A morning's places, or so manieth part of them.</summary>
    public List<FreePlace> For(LocalDate morning, int divisor)
    {
        var random = new Random(HashCode(morning));
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        var places = new List<FreePlace>();
        foreach (var published in city.PublishedPlaces)
        {
            Add(city.GeneralQueue(published.Age, morning), Part(city.PlacesEachMorning(published)));
        }

        Add(city.SpecialQueue(morning), Part(city.Special.PlacesEachMorning));
        Add(city.SanatoriumQueue, Part(city.Sanatorium.PlacesEachMorning));
        return places;

        int Part(int all) => (all + divisor - 1) / divisor;

        void Add(QueueKey queue, int count)
        {
            var kindergartens = city.Kindergartens.Where(k => k.Kind == queue.Kind).ToList();
            for (var i = 0; i < count; i++)
            {
                var kindergarten = kindergartens[random.Next(kindergartens.Count)];
                var serial = counts[kindergarten.Named.Kindergarten] = counts.GetValueOrDefault(kindergarten.Named.Kindergarten) + 1;
                var place = string.Create(CultureInfo.InvariantCulture, $"{kindergarten.Number}-{morning.Year % 100:D2}{morning.Month:D2}{morning.Day:D2}-{serial:D2}");
                places.Add(new FreePlace(place, kindergarten.Named.Kindergarten, queue.ToString(), Age: null));
            }
        }
    }

    private int HashCode(LocalDate morning) => city.Seed + morning.Year * 10_000 + morning.Month * 100 + morning.Day;
}
