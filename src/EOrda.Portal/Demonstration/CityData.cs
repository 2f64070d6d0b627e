using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using EOrda.Portal.Localities;
using EOrda.Queues.Names;
using NodaTime;
using NodaTime.Text;

namespace EOrda.Portal.Demonstration;

/// <summary>The figures of the demonstration city, from the files in <c>Demonstration/City</c>; they say what is real and what is generated.</summary>
internal sealed record CityData(
    string Locality,
    string Letters,
    Name Name,
    string TimeZone,
    string FirstMorning,
    int Seed,
    double Scale,
    int Mornings,
    int PublishedWaiting,
    IReadOnlyList<PublishedPlaces> PublishedPlaces,
    CategoryShares Shares,
    SpecialFigures Special,
    SanatoriumFigures Sanatorium)
{
    /// <summary>The city's kindergartens.</summary>
    [JsonIgnore]
    public IReadOnlyList<CityKindergarten> Kindergartens { get; private init; } = [];

    /// <summary>Weekdays not worked.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Holidays { get; private init; } = [];

    /// <summary>Weekend days worked.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Workdays { get; private init; } = [];

    /// <summary>The city with its names and letters.</summary>
    [JsonIgnore]
    public NamedLocality NamedLocality => new(Locality, Letters, Name);

    /// <summary>The city's zone.</summary>
    [JsonIgnore]
    public DateTimeZone Zone => DateTimeZoneProviders.Tzdb[TimeZone];

    /// <summary>The morning that demonstration time begins with.</summary>
    [JsonIgnore]
    public LocalDate FirstMorningDate => LocalDatePattern.Iso.Parse(FirstMorning).GetValueOrThrow();

    /// <summary>Reads the files.</summary>
    public static CityData Read()
    {
        using var figures = Open("city.json");
        var city = JsonSerializer.Deserialize(figures, CityJson.Default.CityData)!;
        using var calendar = Open("working-days.json");
        var years = JsonSerializer.Deserialize(calendar, CityJson.Default.DictionaryStringWorkingYear)!.Values;
        return city with
        {
            Kindergartens = [.. ReadKindergartens(city.Locality)],
            Holidays = [.. years.SelectMany(y => y.Holidays)],
            Workdays = [.. years.SelectMany(y => y.Workdays)],
        };
    }

    /// <summary>The general queue of the children of an age in the school year of a date.</summary>
    public QueueKey GeneralQueue(int age, LocalDate date) => new(Locality, Kind.General, Cohort(age, date));

    /// <summary>The special queue in the school year of a date.</summary>
    public QueueKey SpecialQueue(LocalDate date) => new(Locality, Kind.Special, Cohort(Special.Age, date));

    /// <summary>The sanatorium queue.</summary>
    public QueueKey SanatoriumQueue => new(Locality, Kind.Sanatorium, Sanatorium.Profile);

    /// <summary>How many wait for a place at an age.</summary>
    public int WaitingAt(PublishedPlaces places) => (int)Math.Round(PublishedWaiting * Scale * places.Places / PublishedPlaces.Sum(p => p.Places));

    /// <summary>How many places of an age open on one morning.</summary>
    public int PlacesEachMorning(PublishedPlaces places) => (int)Math.Round(places.Places * Scale / Mornings);

    private static string Cohort(int age, LocalDate date) =>
        ((date.Month >= 6 ? date.Year : date.Year - 1) - age).ToString("D4", CultureInfo.InvariantCulture);

    private static IEnumerable<CityKindergarten> ReadKindergartens(string locality)
    {
        using var reader = new StreamReader(Open("kindergartens.csv"));
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
        {
            var fields = CsvLine.Split(line);
            if (!Words.TryParse(fields[1], out Kind kind))
            {
                throw new InvalidDataException($"kindergartens.csv: '{fields[1]}' is not a kind.");
            }

            yield return new CityKindergarten(
                int.Parse(fields[0], CultureInfo.InvariantCulture),
                kind,
                new NamedKindergarten(
                    $"{locality}-{fields[0]}",
                    new Name(fields[2], fields[3], fields[4]),
                    new Name(fields[5], fields[6], fields[7]),
                    double.Parse(fields[8], CultureInfo.InvariantCulture),
                    double.Parse(fields[9], CultureInfo.InvariantCulture)));
        }
    }

    private static Stream Open(string file) => typeof(CityData).Assembly.GetManifestResourceStream($"city/{file}")!;
}

/// <summary>Places published for the children of an age.</summary>
internal sealed record PublishedPlaces(int Age, int Places);

/// <summary>Which part of those waiting stands under a benefit, and which is under review.</summary>
internal sealed record CategoryShares(double OutOfTurn, double FirstPriority, double UnderReview);

/// <summary>The special queue.</summary>
internal sealed record SpecialFigures(int Age, int Waiting, int PlacesEachMorning);

/// <summary>The sanatorium queue.</summary>
internal sealed record SanatoriumFigures(string Profile, string Code, Name Name, int Waiting, int PlacesEachMorning)
{
    /// <summary>The profile with its names and code.</summary>
    [JsonIgnore]
    public NamedProfile Named => new(Profile, Code, Name);
}

/// <summary>A kindergarten of the city.</summary>
internal sealed record CityKindergarten(int Number, Kind Kind, NamedKindergarten Named);

/// <summary>One year of the working calendar.</summary>
internal sealed record WorkingYear(IReadOnlyList<string> Holidays, IReadOnlyList<string> Workdays);

/// <summary>How the city's files are read.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(CityData))]
[JsonSerializable(typeof(Dictionary<string, WorkingYear>))]
[JsonSerializable(typeof(DemonstrationState))]
internal sealed partial class CityJson : JsonSerializerContext;
