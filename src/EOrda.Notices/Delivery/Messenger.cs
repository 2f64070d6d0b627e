using EOrda.Notices.Gateways;
using EOrda.Notices.Kinds;
using EOrda.Notices.Outbox;
using EOrda.Notices.Storage;
using EOrda.Notices.Texts;

namespace EOrda.Notices.Delivery;

/// <summary>What a channel is: who gets its messages, what they are made of, and the gateway that takes them.</summary>
internal abstract class Messenger(Channel channel)
{
    public Channel Channel { get; } = channel;

    public abstract bool Wants(Addressee addressee, KindTraits kind);

    public abstract bool HasAddress(Addressee addressee);

    public abstract Task<SendResult> SendAsync(DeliveryRow row, KindTexts texts, Addressee addressee, CancellationToken cancellation);

    protected static IReadOnlyDictionary<string, NoticeValue> ValuesOf(DeliveryRow row, KindTexts texts) => StoredValues.Read(row.Notice!.Values, texts.Traits);
}

/// <summary>SMS: Kazakh and Russian, to the phone.</summary>
internal sealed class SmsMessenger(ISmsGateway gateway) : Messenger(Channel.Sms)
{
    public override bool Wants(Addressee addressee, KindTraits kind) => addressee.GetsBySms(kind);

    public override bool HasAddress(Addressee addressee) => addressee.Phone is not null;

    public override Task<SendResult> SendAsync(DeliveryRow row, KindTexts texts, Addressee addressee, CancellationToken cancellation) =>
        gateway.SendAsync(new SmsMessage(NoticeDelivery.MessageIdOf(row), addressee.Phone!.Value, texts.SmsOf(ValuesOf(row, texts))), cancellation);
}

/// <summary>E-mail: title and text in the language of the person.</summary>
internal sealed class MailMessenger(IMailGateway gateway) : Messenger(Channel.Email)
{
    public override bool Wants(Addressee addressee, KindTraits kind) => addressee.GetsByEmail(kind);

    public override bool HasAddress(Addressee addressee) => addressee.Email is not null;

    public override Task<SendResult> SendAsync(DeliveryRow row, KindTexts texts, Addressee addressee, CancellationToken cancellation)
    {
        var values = ValuesOf(row, texts);
        var language = addressee.Language;
        var body = $"{texts.Bodies[language].Render(values)}\n\n-- \n{NoticeTexts.All.Footers[language].Render(values)}\n";
        return gateway.SendAsync(new MailMessage(NoticeDelivery.MessageIdOf(row), addressee.Email!, texts.Titles[language].Render(values), body), cancellation);
    }
}
