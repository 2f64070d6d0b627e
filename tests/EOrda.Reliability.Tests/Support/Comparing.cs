using EOrda.Load.Books;
using EOrda.Load.Portal;

namespace EOrda.Reliability.Tests.Support;

/// <summary>Compares the families' books with what a portal shows. Within one morning a place can be won once: given up, it is back the next.</summary>
internal static class Comparing
{
    /// <summary>Adds what does not agree.</summary>
    public static void Compare(IReadOnlyList<Family> families, Protocols shown, List<string> found)
    {
        var winners = families.SelectMany(family => family.Book)
            .Where(heard => heard is { IsYes: true, Asked.Deed: Deed.Reserve })
            .ToLookup(heard => (heard.Asked.Who.Queue, Place: heard.Asked.Place!));
        foreach (var twice in winners.Where(place => place.Skip(1).Any()))
        {
            found.Add($"Won twice: {string.Join("; ", twice)}");
        }

        foreach (var heard in families.SelectMany(family => family.Book).Where(heard => heard.Reason == "place-taken" && !winners.Contains((heard.Asked.Who.Queue, heard.Asked.Place!))))
        {
            found.Add($"Taken by nobody: {heard}");
        }

        foreach (var family in families)
        {
            var application = shown.Applications[family.Who.Application];
            if (!Agrees(family.Held, application, shown))
            {
                found.Add($"{family.Who.Application} holds {family.Held}, the portal shows {application}; its book: {string.Join("; ", family.Book)}");
            }
        }

        var held = families.Where(family => family.Held is not null).ToLookup(family => (family.Who.Queue, family.Held!.Place), family => family.Held);
        foreach (var (queue, places) in shown.Places)
        {
            found.AddRange(places
                .Where(place => !Agrees(held[(queue, place.Place)].FirstOrDefault(), winners.Contains((queue, place.Place)), place, shown))
                .Select(place => $"{queue}: {place}; the books: {string.Join("; ", winners[(queue, place.Place)])}"));
        }
    }

    private static bool Agrees(Held? held, ApplicationAnswer shown, Protocols when) => held switch
    {
        null => shown is { Place: null, ReservedUntil: null, Status: "waiting" or "returning" },
        { IsReferral: true } => shown.Status == "referred" && shown.Place == held.Place,
        _ when HasLapsed(held, when) is { } lapsed => lapsed
            ? shown is { Place: null, ReservedUntil: null, Status: "waiting" }
            : shown.Status == "waiting" && (shown.Place, shown.ReservedUntil) == (held.Place, held.Until),
        _ => true,
    };

    private static bool Agrees(Held? held, bool wasWon, PlaceAnswer shown, Protocols when) => held switch
    {
        null => shown.State == (wasWon ? "returning" : "available"),
        { IsReferral: true } => shown.State == "referred",
        _ when HasLapsed(held, when) is { } lapsed => lapsed ? shown.State == "returning" : shown.State == "reserved" && shown.From == held.Until,
        _ => true,
    };

    // Null for a reservation that ended while the portal was read.
    private static bool? HasLapsed(Held held, Protocols when) => held.Until.ToUnixTimeMilliseconds() switch
    {
        var until when until <= when.From => true,
        var until when until > when.To => false,
        _ => null,
    };
}
