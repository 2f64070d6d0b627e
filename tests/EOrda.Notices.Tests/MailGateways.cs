using EOrda.Notices.Gateways;
using MimeKit;

namespace EOrda.Notices.Tests;

public sealed class MailGateways : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly MailMessage Message = new("0123abcd", "parent@example.org", "Өтініш кезекке қойылды", "№ A өтініш\n.\nкезекке қойылды");

    private readonly SmtpDouble _server = new();

    [Fact]
    public async Task A_message_is_handed_over_with_its_id_subject_and_body()
    {
        Assert.Equal(SendResult.Accepted, await SendAsync(Message));
        var mail = MimeMessage.Load(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(Assert.Single(_server.Mails))));
        Assert.Equal(("0123abcd@city.example", Message.Subject), (mail.MessageId, mail.Subject));
        Assert.Equal("parent@example.org", Assert.IsType<MailboxAddress>(Assert.Single(mail.To)).Address);
        Assert.Equal("queue@city.example", Assert.IsType<MailboxAddress>(Assert.Single(mail.From)).Address);
        Assert.Equal(Message.Body, mail.TextBody!.ReplaceLineEndings("\n").TrimEnd());
    }

    [Theory]
    [InlineData("hello", "421 busy", SendOutcome.Faulty)]
    [InlineData("EHLO", "500 no", SendOutcome.Faulty)]
    [InlineData("MAIL", "550 not from you", SendOutcome.Faulty)]
    [InlineData("RCPT", "450 later", SendOutcome.Faulty)]
    [InlineData("RCPT", "550 no such person", SendOutcome.Unreachable)]
    [InlineData(".", "451 later", SendOutcome.Faulty)]
    [InlineData(".", "554 refused", SendOutcome.Unreachable)]
    [InlineData(".", null, SendOutcome.Unknown)]
    [InlineData(".", "", SendOutcome.Unknown)]
    [InlineData("hello", "", SendOutcome.Faulty)]
    [InlineData("hello", null, SendOutcome.Faulty)]
    [InlineData("QUIT", null, SendOutcome.Accepted)]
    public async Task An_answer_says_what_came_of_it(string command, string? answer, SendOutcome outcome)
    {
        _server.Answers[command] = answer;
        var result = await SendAsync(Message);
        Assert.Equal(outcome, result.Outcome);
        Assert.DoesNotContain("parent", result.Fault ?? "", StringComparison.Ordinal);
        Assert.InRange((result.Fault ?? "").Length, 0, 64);
    }

    [Fact]
    public async Task A_server_that_offers_no_privacy_gets_nothing_when_it_is_wanted()
    {
        Assert.Equal(SendOutcome.Faulty, (await SendAsync(Message, SmtpPrivacy.StartTls)).Outcome);
        Assert.Empty(_server.Mails);
    }

    [Theory]
    [InlineData("")]
    [InlineData("parent")]
    [InlineData("parent@example.org\r\nBcc: all@example.org")]
    public async Task An_address_that_is_none_cannot_be_reached(string address)
    {
        Assert.Equal(new SendResult(SendOutcome.Unreachable, "bad-address"), await SendAsync(Message with { To = address }));
        Assert.Empty(_server.Mails);
    }

    [Fact]
    public async Task A_line_break_in_a_subject_makes_no_header()
    {
        await SendAsync(Message with { Subject = "Title\r\nBcc: all@example.org" });
        Assert.DoesNotContain("\nBcc:", Assert.Single(_server.Mails), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 587, "queue@city.example", 10, null)]
    [InlineData("mail.example.org", 0, "queue@city.example", 10, null)]
    [InlineData("mail.example.org", 587, "queue", 10, null)]
    [InlineData("mail.example.org", 587, "queue@city.example", 0, null)]
    [InlineData("mail.example.org", 587, "queue@city.example", 10, "user")]
    public void Options_that_cannot_work_are_named(string host, int port, string from, int seconds, string? user) =>
        Assert.NotNull(new SmtpOptions { Host = host, Port = port, From = from, Timeout = TimeSpan.FromSeconds(seconds), User = user, Privacy = SmtpPrivacy.None }.Fault());

    [Fact]
    public void A_message_and_the_options_as_text_have_no_address_and_no_password()
    {
        Assert.Equal("e-mail 0123abcd", $"{Message}");
        Assert.Equal("mail server mail.example.org:587", $"{new SmtpOptions { Host = "mail.example.org", From = "a@b.example", Password = "secret" }}");
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private Task<SendResult> SendAsync(MailMessage message, SmtpPrivacy privacy = SmtpPrivacy.None)
    {
        var options = new SmtpOptions { Host = "127.0.0.1", Port = _server.Port, From = "queue@city.example", Privacy = privacy, Timeout = TimeSpan.FromSeconds(1) };
        return new SmtpMailGateway(options, TimeProvider.System).SendAsync(message, CancellationToken.None).WaitAsync(Limit);
    }
}
