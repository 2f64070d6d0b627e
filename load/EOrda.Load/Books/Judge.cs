using EOrda.Load.Live;
using EOrda.Load.Runs;

namespace EOrda.Load.Books;

/// <summary>Two things that cannot both be true.</summary>
/// <param name="Rule">What must hold.</param>
/// <param name="Subject">The application, place or queue.</param>
/// <param name="Told">The one.</param>
/// <param name="Found">The other.</param>
internal sealed record Contradiction(string Rule, string Subject, string Told, string Found);

/// <summary>The judge's verdict.</summary>
/// <param name="Answers">Answers looked at.</param>
/// <param name="Applications">Applications compared.</param>
/// <param name="Places">Places compared.</param>
/// <param name="Positions">Followed positions compared.</param>
/// <param name="Unknown">Applications something of which was never answered; they are compared less strictly.</param>
/// <param name="Contradictions">The contradictions.</param>
internal sealed record Verdict(int Answers, int Applications, int Places, int Positions, int Unknown, IReadOnlyList<Contradiction> Contradictions);

/// <summary>Compares what every parent was told with what the portal shows to everyone, and with the pages' live pictures.</summary>
internal sealed class Judge
{
    private const int MostContradictions = 1_000;

    private readonly IReadOnlyList<Told> book;
    private readonly Protocols protocols;
    private readonly IReadOnlyList<PartEnd> ends;
    private readonly Dictionary<string, Ledger> ledgers;
    private readonly List<Contradiction> found = [];
    private readonly double lastDeed;

    private Judge(IReadOnlyList<Told> book, Protocols protocols, IReadOnlyList<PartEnd> ends)
    {
        (this.book, this.protocols, this.ends) = (book, protocols, ends);
        ledgers = Ledger.Of(book);
        lastDeed = book.Select(t => t.Answered).DefaultIfEmpty(double.MinValue).Max();
    }

    /// <summary>Judges.</summary>
    public static Verdict Run(IReadOnlyList<Told> book, Protocols protocols, IReadOnlyList<PartEnd> ends)
    {
        var judge = new Judge(book, protocols, ends);
        judge.CheckRepeats();
        judge.CheckDoubleWins();
        judge.CheckApplications();
        judge.CheckPlaces();
        judge.CheckOrder();
        judge.CheckPictures();
        var positions = judge.CheckPositions();
        return new Verdict(
            book.Count,
            protocols.Applications.Count,
            protocols.Places.Values.Sum(p => p.Count),
            positions,
            judge.ledgers.Values.Count(l => l.HasUnknown),
            judge.found);
    }

    private static string Text(Told told) =>
        $"{told.Deed} with key {told.Key}, answered at {At(told.Answered)}: {told.Status} {told.Reason}{told.Place}{(told.Until is { } until ? $" until {At(until)}" : "")}{told.Referral}";

    private static string At(double milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'");

    private void Contradict(string rule, string subject, string told, string shown)
    {
        if (found.Count < MostContradictions)
        {
            found.Add(new Contradiction(rule, subject, told, shown));
        }
    }

    private void CheckRepeats()
    {
        foreach (var same in book.GroupBy(t => (t.Application, t.Key)).Where(g => g.Skip(1).Any()))
        {
            var first = same.First(t => !t.IsRepeat);
            foreach (var again in same.Where(t => t.IsRepeat && t.IsDecided && (t.Status, t.Reason, t.Place, t.Until, t.Referral) != (first.Status, first.Reason, first.Place, first.Until, first.Referral)))
            {
                Contradict("a repeated key gets the first answer", first.Application, Text(first), Text(again));
            }
        }
    }

    private void CheckDoubleWins()
    {
        foreach (var wins in ledgers.Values.SelectMany(l => l.Wins).GroupBy(w => (w.Told.Queue, w.Place)))
        {
            Win? before = null;
            foreach (var win in wins.OrderBy(w => w.Told.Answered))
            {
                if (before is not null && win.Told.Answered < before.End)
                {
                    Contradict("a place is held once", win.Place, $"{before.Told.Application}: {Text(before.Told)}", $"{win.Told.Application}: {Text(win.Told)}");
                }

                before = win;
            }
        }
    }

    private void CheckApplications()
    {
        foreach (var (name, shown) in protocols.Applications)
        {
            var ledger = ledgers.GetValueOrDefault(name);
            var held = ledger?.HeldAt(protocols.To);
            if (ledger?.HasUnknown == true || ledger?.HeldAt(protocols.From) != held)
            {
                // It may hold what nobody told it of; or its reservation ended while the protocols were read.
                continue;
            }

            var told = held is null ? "nothing held" : $"{(held.Referral is null ? "reserved" : "referred")} {held.Place}: {Text(held.Told)}";
            var state = $"{shown.Status} {shown.Place} {(shown.ReservedUntil is { } until ? $"until {At(until.ToUnixTimeMilliseconds())}" : "")}".TrimEnd();
            var fits = held switch
            {
                null => shown is { Place: null, ReservedUntil: null },
                { Referral: null } => shown.Status == "waiting" && shown.Place == held.Place && shown.ReservedUntil?.ToUnixTimeMilliseconds() == held.Told.Until,
                _ => shown.Status == "referred" && shown.Place == held.Place,
            };
            if (!fits)
            {
                Contradict("an application holds what its parent was told", name, told, state);
            }
        }
    }

    private void CheckPlaces()
    {
        var unknown = ledgers.Values.Any(l => l.HasUnknown);
        var held = ledgers.Values.Select(l => l.HeldAt(protocols.To)).OfType<Win>().ToLookup(w => (w.Told.Queue, w.Place));
        var everWon = ledgers.Values.SelectMany(l => l.Wins).Select(w => (w.Told.Queue, w.Place)).ToHashSet();
        var refused = book.Where(t => t is { Deed: Deed.Reserve, Reason: "place-taken", Asked: not null }).GroupBy(t => (t.Queue, t.Asked!)).ToDictionary(g => g.Key, g => g.First());
        foreach (var (queue, places) in protocols.Places)
        {
            foreach (var place in places)
            {
                var key = (queue, place.Place);
                var isHeld = place.State is "reserved" or "referred";
                var until = place.From?.ToUnixTimeMilliseconds();
                var isEnding = until >= protocols.From && until <= protocols.To;
                if (held[key].FirstOrDefault() is { } win ? !isHeld : isHeld && !unknown && !isEnding && !everWon.Contains(key))
                {
                    Contradict("a place is with whom the books say", place.Place, held[key].FirstOrDefault() is { } holder ? $"{holder.Told.Application}: {Text(holder.Told)}" : "nobody was told to hold it", place.State);
                }

                if (!unknown && !isHeld && refused.TryGetValue(key, out var refusal) && !everWon.Contains(key))
                {
                    Contradict("a place that was refused as taken was taken by somebody", place.Place, $"{refusal.Application}: {Text(refusal)}", $"nobody won it; it is {place.State}");
                }
            }
        }
    }

    private void CheckOrder()
    {
        foreach (var (queue, order) in protocols.Order)
        {
            var waiting = order.ToHashSet(StringComparer.Ordinal);
            if (waiting.Count != order.Count)
            {
                Contradict("an application stands once in the order", queue, $"{order.Count} positions", $"{waiting.Count} applications");
            }
        }

        foreach (var (name, ledger) in ledgers)
        {
            if (protocols.Order.TryGetValue(ledger.Queue, out var order) && !ledger.HasUnknown && ledger.HeldAt(protocols.To) is { Referral: { } referral }
                && protocols.Applications.GetValueOrDefault(name)?.Position is { } position)
            {
                Contradict("an application with a referral has left the queue", name, $"referral {referral}", $"position {position} of {order.Count}");
            }
        }

        foreach (var shown in protocols.Applications.Values.Where(a => a.Position is not null))
        {
            if (QueueOf(shown.Application) is { } queue && protocols.Order.TryGetValue(queue, out var order)
                && (shown.Position > order.Count || order[shown.Position!.Value - 1] != shown.Application) && shown.At.ToUnixTimeMilliseconds() >= lastDeed)
            {
                Contradict("an application stands in the order where its statement says", shown.Application, $"position {shown.Position}", $"not there among {order.Count}");
            }
        }
    }

    private string? QueueOf(string application) => ledgers.GetValueOrDefault(application)?.Queue;

    private void CheckPictures()
    {
        foreach (var picture in ends.SelectMany(e => e.Pictures))
        {
            if (!protocols.Places.TryGetValue(picture.Queue, out var places))
            {
                continue;
            }

            if (protocols.Order.TryGetValue(picture.Queue, out var order) && picture.Counts.Sum() != order.Count)
            {
                Contradict("the live picture is the queue", picture.Queue, $"{picture.Counts.Sum()} wait as of update {picture.Number}", $"{order.Count} in the order");
            }

            for (var i = 0; i < places.Count; i++)
            {
                var shown = i < picture.Places.Length ? picture.Places[i] : null;
                if (shown is null || shown.Name != places[i].Place || PlaceNow.Words[shown.State] != places[i].State)
                {
                    Contradict("the live picture is the queue", places[i].Place, $"{picture.Queue}, update {picture.Number}: {(shown is null ? "not there" : $"{shown.Name} {PlaceNow.Words[shown.State]}")}", $"{places[i].State}");
                }
            }
        }

        foreach (var contradiction in ends.SelectMany(e => e.Contradictions))
        {
            Contradict("live updates fit together", "live", contradiction, "");
        }
    }

    private int CheckPositions()
    {
        var compared = 0;
        foreach (var followed in ends.SelectMany(e => e.Positions))
        {
            if (!protocols.Applications.TryGetValue(followed.Application, out var shown) || (shown.Standing is { } standing && standing.AsOf != followed.AsOf))
            {
                continue;
            }

            compared++;
            if (shown.Position != followed.Position)
            {
                Contradict("a position that was followed is the server's", followed.Application, $"{followed.Position} as of change {followed.AsOf}", $"{shown.Position} ({shown.Status})");
            }
        }

        return compared;
    }
}
