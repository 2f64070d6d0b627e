using System.Text.Json;
using EOrda.Load.Portal;

namespace EOrda.Reliability.Tests.Support;

/// <summary>What an application holds, as its family was told.</summary>
/// <param name="Place">The place.</param>
/// <param name="Until">When the reservation ends.</param>
/// <param name="IsReferral">True once it is confirmed.</param>
internal sealed record Held(string Place, DateTimeOffset Until, bool IsReferral);

/// <summary>A family with its own book: it asks one thing at a time, and writes down every answer that it heard.</summary>
internal sealed class Family(Credential who)
{
    private readonly List<Heard> book = [];

    /// <summary>The application.</summary>
    public Credential Who => who;

    /// <summary>All first answers, in their order.</summary>
    public IReadOnlyList<Heard> Book => book;

    /// <summary>What it holds by its own book.</summary>
    public Held? Held { get; private set; }

    /// <summary>What it has asked and heard no decision of.</summary>
    public Asked? Open { get; private set; }

    /// <summary>True when it was told of what is open that nobody knows whether it is decided.</summary>
    public bool MayBeDecided { get; private set; }

    /// <summary>Makes up its mind what to ask next, with a new key.</summary>
    /// <param name="random">The draws.</param>
    /// <param name="place">A place of its queue that it would like.</param>
    public Asked Wish(Random random, string place)
    {
        var deed = (Held, random.Next(20)) switch
        {
            ({ IsReferral: false }, < 10) => Deed.Confirm,
            ({ IsReferral: false }, < 15) => Deed.Drop,
            ({ IsReferral: true }, < 3) => Deed.Cancel,
            _ => Deed.Reserve,
        };
        MayBeDecided = false;
        return Open = new Asked(who, deed, $"{book.Count}-{random.Next():x8}", deed == Deed.Reserve ? place : null);
    }

    /// <summary>Hears that what is open is not decided, or that nobody knows.</summary>
    public void HearNothing(Reply reply) => MayBeDecided |= reply.Reason == "outcome-unknown";

    /// <summary>Hears the decision of what is open.</summary>
    public Heard Hear(Reply reply)
    {
        var heard = new Heard(Open!, reply.Status, reply.Body);
        book.Add(heard);
        Open = null;
        switch (heard)
        {
            case { IsYes: true, Asked.Deed: Deed.Reserve }:
                var reservation = JsonSerializer.Deserialize(heard.Body, ContractsJson.Default.ReservationAnswer)!;
                Held = new Held(reservation.Places.Single(), reservation.Until, IsReferral: false);
                break;
            case { IsYes: true, Asked.Deed: Deed.Confirm }:
                Held = Held! with { IsReferral = true };
                break;
            case { IsYes: true } or { Reason: "no-reservation" }:
                // Given up, or it has lapsed.
                Held = null;
                break;
        }

        return heard;
    }
}
