namespace EOrda.Notices.Gateways;

/// <summary>Hands messages to a mail server. It does not throw for what a server or a network does. Safe for many threads.</summary>
public interface IMailGateway
{
    /// <summary>Hands a message over once.</summary>
    /// <param name="message">The message. The same id again is the same message: it goes into the header Message-Id.</param>
    /// <param name="cancellation">Ends the wait with an <see cref="OperationCanceledException"/>; whether it was taken is unknown then.</param>
    Task<SendResult> SendAsync(MailMessage message, CancellationToken cancellation);
}

/// <summary>A message by e-mail, in plain text.</summary>
/// <param name="Id">Its id, the same in every attempt. 1 to 64 letters, digits and '-'.</param>
/// <param name="To">The address.</param>
/// <param name="Subject">The subject.</param>
/// <param name="Body">The body.</param>
public sealed record MailMessage(string Id, string To, string Subject, string Body)
{
    /// <summary>Its id only.</summary>
    public override string ToString() => $"e-mail {Id}";
}
