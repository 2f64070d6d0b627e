using System.Text;
using EOrda.Load.Books;
using EOrda.Load.Measures;
using EOrda.Load.Portal;

namespace EOrda.Load.Parents;

/// <summary>
/// Sends one parent's commands and writes into the book what it was told. A command that gets no decision is sent again with the same key, as the page
/// does. The time of an answer counts from the instant at which the command was meant to be sent, whatever held it up.
/// </summary>
internal sealed class ParentCommands(PortalApi api, Ticker ticker, Credential who, double roundTrip, Func<Measure> measure, Action<Told> book)
{
    private const int MostAttempts = 6;
    private const int TooManyRequests = 429;
    private const int Unavailable = 503;
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(200);

    private int turn;

    /// <summary>The server's time as this parent has measured it.</summary>
    public ServerClock Clock { get; set; }

    /// <summary>Claims a place.</summary>
    /// <param name="place">The place.</param>
    /// <param name="intended">When the parent presses, by the tool's clock.</param>
    /// <param name="repeat">True to ask again with the same key, as after a lost answer.</param>
    /// <param name="cancel">Gives up.</param>
    public Task<Told> ReserveAsync(string place, double intended, bool repeat, CancellationToken cancel) =>
        AskAsync(Deed.Reserve, HttpMethod.Post, "/reservation", place, intended, repeat, Timed.Claim, cancel);

    /// <summary>Claims a place before it can be had, to see whether it can.</summary>
    public Task<Told> TryAsync(string place, double intended, CancellationToken cancel) =>
        AskAsync(Deed.Reserve, HttpMethod.Post, "/reservation", place, intended, repeat: false, Timed.Early, cancel);

    /// <summary>Confirms.</summary>
    public Task<Told> ConfirmAsync(double intended, CancellationToken cancel) =>
        AskAsync(Deed.Confirm, HttpMethod.Post, "/reservation/confirmation", place: null, intended, repeat: false, Timed.Afterwards, cancel);

    /// <summary>Gives up.</summary>
    public Task<Told> DropAsync(double intended, CancellationToken cancel) =>
        AskAsync(Deed.Drop, HttpMethod.Delete, "/reservation", place: null, intended, repeat: false, Timed.Afterwards, cancel);

    private async Task<Told> AskAsync(Deed deed, HttpMethod method, string path, string? place, double intended, bool repeat, Timed timed, CancellationToken cancel)
    {
        var number = ++turn;
        var key = $"{who.Application}-{number}";
        var body = place is null ? null : Encoding.UTF8.GetBytes($$"""{"place":"{{place}}"}""");
        var leaves = intended + roundTrip / 2;
        await ticker.Until(leaves);
        cancel.ThrowIfCancellationRequested();
        measure().Of(Timed.Lag).Add(Ticker.Now - leaves);
        if (timed == Timed.Claim)
        {
            measure().Pressed(leaves);
        }

        var reply = await SendAsync(method, path, key, body, cancel);
        var answered = Ticker.Now;
        measure().Of(timed).Add(answered - leaves);
        var told = Write(Read(reply, deed, number, key, place, leaves, answered, isRepeat: false), timed);
        if (repeat && told.IsDecided)
        {
            measure().Add(Count.Repeated);
            var again = await SendAsync(method, path, key, body, cancel);
            Write(Read(again, deed, number, key, place, leaves, Ticker.Now, isRepeat: true), timed);
        }

        await ticker.Until(answered + roundTrip / 2);
        return told;
    }

    private async Task<Reply> SendAsync(HttpMethod method, string path, string key, byte[]? body, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            measure().Add(Count.Requests);
            var reply = await api.CommandAsync(method, PortalApi.AddressOf(who) + path, who.Secret, key, body, cancel);
            if (reply.Status is not (0 or TooManyRequests) and < 500)
            {
                return reply;
            }

            measure().Error(reply.Status == 0 ? reply.Failure! : $"{reply.Status} {reply.Reason}");
            if (attempt == MostAttempts || reply.Status is not (0 or TooManyRequests or Unavailable))
            {
                return reply;
            }

            measure().Add(Count.Retried);
            var pause = reply.RetryAfter ?? ShortestPause;
            await ticker.For(pause.TotalSeconds);
            cancel.ThrowIfCancellationRequested();
        }
    }

    private Told Read(Reply reply, Deed deed, int number, string key, string? place, double leaves, double answered, bool isRepeat)
    {
        var (given, until, referral) = reply.Status != 200 ? default : deed switch
        {
            Deed.Reserve => Reservation(reply),
            Deed.Confirm => Referral(reply),
            _ => default,
        };
        return new Told(
            who.Queue,
            who.Application,
            number,
            deed,
            key,
            place,
            Clock.ServerTime(leaves),
            Clock.ServerTime(answered),
            reply.Status,
            reply.Status == 200 ? null : reply.Reason ?? reply.Failure,
            given,
            until,
            referral,
            isRepeat)
        {
            PlacesAvailable = reply.PlacesAvailable,
        };
    }

    private static (string? Place, long? Until, string? Referral) Reservation(Reply reply)
    {
        var answer = reply.Read(ContractsJson.Default.ReservationAnswer);
        return (answer.Places[0], answer.Until.ToUnixTimeMilliseconds(), null);
    }

    private static (string? Place, long? Until, string? Referral) Referral(Reply reply)
    {
        var answer = reply.Read(ContractsJson.Default.ReferralsAnswer).Referrals[0];
        return (null, answer.ValidUntil.ToUnixTimeMilliseconds(), answer.Referral);
    }

    private Told Write(Told told, Timed timed)
    {
        book(told);
        if (told.IsRepeat)
        {
            return told;
        }

        if (!told.IsYes)
        {
            measure().Refused(told.Reason ?? told.Status.ToString());
        }

        switch (told.Deed)
        {
            case Deed.Reserve when timed == Timed.Claim:
                var at = Clock.InstantOf(told.Answered);
                measure().Answered(at);
                if (told.IsYes)
                {
                    measure().Won(at);
                }

                break;
            case Deed.Confirm when told.IsYes:
                measure().Add(Count.Confirmed);
                break;
            case Deed.Drop when told.IsYes:
                measure().Add(Count.Dropped);
                break;
        }

        return told;
    }
}
