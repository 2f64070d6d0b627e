using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace EOrda.Notices.Gateways;

/// <summary>A mail server, spoken to with MailKit, one connection a message.</summary>
internal sealed class SmtpMailGateway(SmtpOptions options, TimeProvider clock) : IMailGateway
{
    public async Task<SendResult> SendAsync(MailMessage message, CancellationToken cancellation)
    {
        if (!IsAddress(message.To, out var to))
            return new SendResult(SendOutcome.Unreachable, "bad-address");
        using var mail = MimeOf(message, to);
        using var client = new SmtpClient { Timeout = (int)options.Timeout.TotalMilliseconds };
        try
        {
            await client.ConnectAsync(options.Host, options.Port, SecurityOf(options.Privacy), cancellation);
            if (options.User is not null)
                await client.AuthenticateAsync(options.User, options.Password ?? "", cancellation);
        }
        catch (Exception e) when (IsOfServerOrNetwork(e))
        {
            return new SendResult(SendOutcome.Faulty, $"before-sending-{e.GetType().Name}");
        }

        return await SendAsync(client, mail, cancellation);
    }

    /// <summary>A name and a domain; what else MimeKit reads as an address reaches nobody here.</summary>
    public static bool IsAddress(string text, [NotNullWhen(true)] out MailboxAddress? address) =>
        MailboxAddress.TryParse(text, out address) && address.LocalPart.Length > 0 && address.Domain.Length > 0;

    private static async Task<SendResult> SendAsync(SmtpClient client, MimeMessage mail, CancellationToken cancellation)
    {
        try
        {
            await client.SendAsync(mail, cancellation);
        }
        catch (SmtpCommandException e)
        {
            return new SendResult(IsFinal(e) ? SendOutcome.Unreachable : SendOutcome.Faulty, $"smtp-{(int)e.StatusCode}");
        }
        catch (Exception e) when (IsOfServerOrNetwork(e))
        {
            return new SendResult(SendOutcome.Unknown, $"while-sending-{e.GetType().Name}");
        }

        try
        {
            await client.DisconnectAsync(quit: true, cancellation);
        }
        catch (Exception e) when (IsOfServerOrNetwork(e))
        {
            // The server took the message before it went away.
            return SendResult.Accepted;
        }

        return SendResult.Accepted;
    }

    /// <summary>A 5xx about the addressee or the message; one about the sender is the operator's to mend.</summary>
    private static bool IsFinal(SmtpCommandException e) =>
        e.ErrorCode is SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.MessageNotAccepted && (int)e.StatusCode >= 500;

    private static bool IsOfServerOrNetwork(Exception e) =>
        e is ProtocolException or CommandException or AuthenticationException or SslHandshakeException or SocketException or IOException or TimeoutException
            or ServiceNotConnectedException or NotSupportedException;

    private static SecureSocketOptions SecurityOf(SmtpPrivacy privacy) => privacy switch
    {
        SmtpPrivacy.Tls => SecureSocketOptions.SslOnConnect,
        SmtpPrivacy.StartTls => SecureSocketOptions.StartTls,
        _ => SecureSocketOptions.None,
    };

    private MimeMessage MimeOf(MailMessage message, MailboxAddress to)
    {
        var from = MailboxAddress.Parse(options.From);
        return new MimeMessage([from], [to], message.Subject, new TextPart("plain") { Text = message.Body })
        {
            MessageId = $"{message.Id}@{from.Domain}",
            Date = clock.GetUtcNow(),
        };
    }
}
