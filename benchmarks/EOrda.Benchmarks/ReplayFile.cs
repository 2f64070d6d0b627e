using System.Text;
using EOrda.Queues;
using EOrda.Queues.Applications;
using EOrda.Queues.Country;
using EOrda.Queues.Names;
using EOrda.Queues.Rules;
using EOrda.Queues.Time;
using NodaTime;

namespace EOrda.Benchmarks;

/// <summary>
/// A year of three towns as a replay file, the same on every run: filings all day, some imported; places freed; every morning at 07:00 a race for them in which
/// most come too late or stand too far behind; confirmations; enrolments; and many questions for one's position.
/// </summary>
internal sealed class ReplayFile
{
    private const int Towns = 3;
    private const int FirstCohort = 2021;
    private const int Cohorts = 4;
    private const int PlacesADay = 3;
    private const int TriesAPlace = 14;

    private static readonly LocalDate FirstDay = new(2026, 1, 5);
    private static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["Asia/Almaty"];

    private readonly WholeCountry country = new();
    private readonly StreamWriter output;
    private readonly List<string>[] applications = [.. Enumerable.Range(0, Towns * Cohorts).Select(_ => new List<string>())];
    private readonly int most;
    private int lines;
    private int chance;
    private int children;
    private int places;
    private Moment at;

    private ReplayFile(StreamWriter output, int most)
    {
        this.output = output;
        this.most = most;
    }

    public static void Write(string file, int lines)
    {
        using var text = new StreamWriter(file, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 16);
        new ReplayFile(text, lines).Tell();
    }

    private bool IsFull => lines >= most;

    private void Tell()
    {
        // 180 days whatever the length: the longer the file, the more children and tries a day.
        const int Days = 180;
        var aDay = Math.Max(10, most / Days / 4);
        at = On(FirstDay, 9, 0);
        for (var town = 0; town < Towns; town++)
        {
            Say(new SetRules(Town(town), new RulesDraft { TimeZone = Zone.Id }), $"\"do\":\"rules\",\"locality\":\"{Town(town)}\",\"timeZone\":\"{Zone.Id}\"");
            Say(new RegisterKindergarten($"{Town(town)}-kg-17", Town(town), Kind.General), $"\"do\":\"kindergarten\",\"id\":\"{Town(town)}-kg-17\",\"locality\":\"{Town(town)}\",\"kind\":\"general\"");
        }

        for (var day = 0; !IsFull; day++)
        {
            var date = FirstDay.PlusDays(day);
            Race(On(date, 7, 0), aDay);
            at = Moment.Max(at, On(date, 9, 0));
            for (var i = 0; i < aDay && !IsFull; i++)
            {
                at = new Moment(at.UnixMilliseconds + 1 + Scatter.Below(30_000_000 / aDay, chance++));
                File();
            }

            at = Moment.Max(at, On(date, 17, 30));
            for (var i = 0; i < Towns * Cohorts * PlacesADay * aDay / 200; i++)
            {
                Free(i % (Towns * Cohorts));
            }
        }
    }

    private void Race(Moment opening, int aDay)
    {
        at = Moment.Max(at, opening);
        var winners = new System.Collections.Generic.Queue<string>();
        for (var i = 0; i < aDay * 3 && !IsFull; i++)
        {
            // Many at once in the first seconds, then fewer.
            at = new Moment(at.UnixMilliseconds + (i % TriesAPlace == 0 ? 1 : 0));
            var queue = Scatter.Below(Towns * Cohorts, chance++);
            if (applications[queue].Count == 0)
            {
                continue;
            }

            if (Scatter.Below(100, chance++) < 22)
            {
                Ask(Somebody(queue));
            }
            else
            {
                Try(queue, winners);
            }

            if (winners.Count > 20)
            {
                Follow(winners.Dequeue());
            }
        }

        while (winners.TryDequeue(out var winner))
        {
            Follow(winner);
        }
    }

    private void Try(int queue, System.Collections.Generic.Queue<string> winners)
    {
        var keyed = country.QueueNamed(Queue(queue), at)!;

        // Half of those who try stand near the front.
        var application = Scatter.Below(2, chance++) == 0 && keyed.WaitingCount > 0
            ? keyed.OrderFrom(1 + Scatter.Below(Math.Min(30, keyed.WaitingCount), chance++), 1)[0]
            : Somebody(queue);
        var recent = Math.Max(1, Math.Min(places, Towns * Cohorts * 24));
        var place = Place(queue, Math.Max(0, places - 1 - Scatter.Below(recent, chance++)));
        var answer = Say(new Reserve(application, place, null), $"\"do\":\"reserve\",\"application\":\"{application}\",\"place\":\"{place}\"");
        if (answer is PlacesReserved)
        {
            winners.Enqueue(application);
        }
    }

    private void Follow(string winner)
    {
        if (Scatter.Below(100, chance++) < 85 && Say(new Confirm(winner), $"\"do\":\"confirm\",\"application\":\"{winner}\"") is ReferralsGiven && Scatter.Below(100, chance++) < 80)
        {
            Say(new Enrol(winner), $"\"do\":\"enrol\",\"application\":\"{winner}\"");
        }
    }

    private void File()
    {
        var queue = Scatter.Below(Towns * Cohorts, chance++);
        var number = children++;
        var (year, month) = (FirstCohort + queue % Cohorts, 1 + Scatter.Below(12, chance++));
        var born = new LocalDate(year, month, 1 + Scatter.Below(28, chance++));
        var category = Crowd.CategoryOf(Scatter.Below(20, chance++));
        var submitted = Scatter.Below(50, chance++) == 0 ? at.PlusHours(-24 * 90 + Scatter.Below(2_000, chance++)) : (Moment?)null;
        var command = new Submit(Queue(queue), Crowd.Application(number), Crowd.Child(number), born, Crowd.Applicant(number), category, submitted, UnderReview: false);
        var imported = submitted is { } instant ? $",\"submitted\":\"{instant}\"" : "";
        var text = $"\"do\":\"submit\",\"application\":\"{command.Application}\",\"queue\":\"{command.Queue}\",\"child\":\"{command.Child}\",\"born\":\"{born:uuuu-MM-dd}\""
            + $",\"applicant\":\"{command.Applicant}\",\"category\":\"{Words.Of(category)}\"{imported}";
        if (Say(command, text) is Standing)
        {
            applications[queue].Add(command.Application);
        }
    }

    private void Free(int queue)
    {
        var place = Place(queue, places++);
        Say(new FreePlace(place, $"{Town(queue / Cohorts)}-kg-17", Queue(queue), null), $"\"do\":\"free\",\"place\":\"{place}\",\"kindergarten\":\"{Town(queue / Cohorts)}-kg-17\",\"queue\":\"{Queue(queue)}\"");
    }

    private void Ask(string application) => Write($"\"do\":\"position\",\"application\":\"{application}\"");

    private string Somebody(int queue) => applications[queue][Scatter.Below(applications[queue].Count, chance++)];

    private Answer? Say(Command command, string text)
    {
        if (IsFull)
        {
            return null;
        }

        Write(text);
        return country.Execute(command, at);
    }

    private void Write(string text)
    {
        if (!IsFull)
        {
            output.Write($"{{\"at\":\"{at}\",{text}}}\n");
            lines++;
        }
    }

    private static Moment On(LocalDate date, int hour, int minute) => Moment.From(Zone.AtLeniently(date.At(new LocalTime(hour, minute))).ToInstant());

    private static string Town(int number) => $"town-{number}";

    private static string Queue(int number) => $"{Town(number / Cohorts)}/general/{FirstCohort + number % Cohorts}";

    private static string Place(int queue, int number) => $"{Queue(queue)}/{number - number % (Towns * Cohorts) + queue:D6}";
}
