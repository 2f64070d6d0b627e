using System.Text;
using System.Text.Json;
using EOrda.Load.Books;
using EOrda.Load.Portal;

namespace EOrda.Load.Overload;

/// <summary>One parent of an overload: claims one place at a time, writes down what it is told, and asks nothing twice.</summary>
/// <param name="address">The portal.</param>
/// <param name="who">Its application.</param>
/// <param name="places">The places of its queue.</param>
/// <param name="chance">Its luck.</param>
internal sealed class Claimant(Uri address, Credential who, string[] places, Random chance)
{
    private static readonly byte[] Reason = "\"reason\":\""u8.ToArray();

    private readonly string path = PortalApi.AddressOf(who) + "/reservation";

    private int turn;
    private string key = "";
    private string place = "";

    /// <summary>True while a claim is on its way; it makes no other meanwhile.</summary>
    public bool IsWaiting { get; set; }

    /// <summary>Writes the next claim.</summary>
    /// <returns>Its length.</returns>
    public int Write(byte[] request)
    {
        key = $"{who.Application}-over-{++turn}";
        place = places[chance.Next(places.Length)];
        return RawRequest.Write(request, "POST", path, address.Authority, who.Secret, key, Encoding.UTF8.GetBytes($$"""{"place":"{{place}}"}"""));
    }

    /// <summary>What it was told, for the books.</summary>
    /// <param name="status">The status; 0 when there was no answer.</param>
    /// <param name="body">The answer's body.</param>
    /// <param name="failure">Why there was no answer.</param>
    /// <param name="intended">When it was meant to leave, by the server's clock.</param>
    /// <param name="answered">When it was answered, by the server's clock.</param>
    public Told Read(int status, ReadOnlySpan<byte> body, string? failure, double intended, double answered)
    {
        var won = status == 200 ? JsonSerializer.Deserialize(body, ContractsJson.Default.ReservationAnswer) : null;
        return new Told(
            who.Queue,
            who.Application,
            turn,
            Deed.Reserve,
            key,
            place,
            intended,
            answered,
            status,
            status == 200 ? null : failure ?? ReasonOf(body),
            won?.Places[0],
            won?.Until.ToUnixTimeMilliseconds(),
            Referral: null,
            IsRepeat: false);
    }

    /// <summary>The word of a problem; null where there is none.</summary>
    public static string? ReasonOf(ReadOnlySpan<byte> body)
    {
        var at = body.IndexOf(Reason);
        if (at < 0)
        {
            return null;
        }

        var rest = body[(at + Reason.Length)..];
        return rest.IndexOf((byte)'"') is var end and > 0 ? Encoding.ASCII.GetString(rest[..end]) : null;
    }
}
