using System.Collections.Concurrent;
using EOrda.Notices.Gateways;

namespace EOrda.Notices.Tests;

/// <summary>A gateway of both channels that answers as the test says and remembers what it was given.</summary>
internal sealed class GatewayDouble : ISmsGateway, IMailGateway
{
    public Func<string, SendResult> Answer { get; set; } = _ => SendResult.Accepted;

    public ConcurrentQueue<SmsMessage> Sms { get; } = new();

    public ConcurrentQueue<MailMessage> Mails { get; } = new();

    public Task<SendResult> SendAsync(SmsMessage message, CancellationToken cancellation)
    {
        Sms.Enqueue(message);
        return Task.FromResult(Answer(message.Id));
    }

    public Task<SendResult> SendAsync(MailMessage message, CancellationToken cancellation)
    {
        Mails.Enqueue(message);
        return Task.FromResult(Answer(message.Id));
    }
}
