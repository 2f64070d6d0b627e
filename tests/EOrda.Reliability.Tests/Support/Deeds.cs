using System.Text.Json;
using EOrda.Load.Portal;

namespace EOrda.Reliability.Tests.Support;

/// <summary>What a family can ask.</summary>
internal enum Deed
{
    Reserve,
    Confirm,
    Drop,
    Cancel,
}

/// <summary>One thing that a family asks, under one key, until it is answered.</summary>
/// <param name="Who">The application.</param>
/// <param name="Deed">What is asked.</param>
/// <param name="Key">The key.</param>
/// <param name="Place">The place that is asked for.</param>
internal sealed record Asked(Credential Who, Deed Deed, string Key, string? Place)
{
    private HttpMethod Method => Deed is Deed.Reserve or Deed.Confirm ? HttpMethod.Post : HttpMethod.Delete;

    private string Path => PortalApi.AddressOf(Who) + Deed switch
    {
        Deed.Confirm => "/reservation/confirmation",
        Deed.Cancel => "/referral",
        _ => "/reservation",
    };

    /// <summary>Sends it once.</summary>
    public Task<Reply> SendAsync(PortalApi api, CancellationToken cancel) => api.SendAsync(
        Method, Path, Who.Secret, Key, Deed == Deed.Reserve ? JsonSerializer.SerializeToUtf8Bytes(new { place = Place }) : null, cancel);
}

/// <summary>The first answer to what was asked: what was decided, be it no.</summary>
internal sealed record Heard(Asked Asked, int Status, byte[] Body)
{
    /// <summary>True for a yes.</summary>
    public bool IsYes => Status == 200;

    /// <summary>The body as text.</summary>
    public string Text => System.Text.Encoding.UTF8.GetString(Body);

    /// <summary>The word of a refusal.</summary>
    public string? Reason => IsYes ? null : JsonSerializer.Deserialize(Body, ContractsJson.Default.ProblemAnswer)!.Reason;

    public override string ToString() => $"{Asked.Who.Application} {Asked.Deed} {Asked.Place} with key {Asked.Key}: {Status} {Text}";

    /// <summary>True when another answer is this one, byte for byte.</summary>
    public bool IsRepeatedBy(Reply reply) => reply.Status == Status && reply.Body.AsSpan().SequenceEqual(Body);
}
