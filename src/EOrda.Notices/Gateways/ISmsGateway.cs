using EOrda.Identifiers;

namespace EOrda.Notices.Gateways;

/// <summary>Hands messages to an SMS gateway. It does not throw for what a gateway or a network does. Safe for many threads.</summary>
public interface ISmsGateway
{
    /// <summary>Hands a message over once.</summary>
    /// <param name="message">The message. The same id again is the same message: a gateway that knows ids sends it once.</param>
    /// <param name="cancellation">Ends the wait with an <see cref="OperationCanceledException"/>; whether it was taken is unknown then.</param>
    Task<SendResult> SendAsync(SmsMessage message, CancellationToken cancellation);
}

/// <summary>A message by SMS.</summary>
/// <param name="Id">Its id, the same in every attempt. 1 to 64 letters, digits and '-'.</param>
/// <param name="To">The phone.</param>
/// <param name="Text">The text.</param>
public sealed record SmsMessage(string Id, PhoneNumber To, string Text)
{
    /// <summary>Its id and the masked number.</summary>
    public override string ToString() => $"SMS {Id} to {To}";
}
