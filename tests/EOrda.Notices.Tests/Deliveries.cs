using EOrda.Notices.Delivery;
using EOrda.Notices.Gateways;
using EOrda.Notices.Kinds;
using EOrda.Notices.Outbox;
using EOrda.Notices.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace EOrda.Notices.Tests;

public sealed class Deliveries : IAsyncLifetime
{
    private readonly GatewayDouble _gateway = new();
    private readonly AddressBook _people = new();

    private Database _database = null!;
    private NoticeDelivery _sms = null!;
    private NoticeDelivery _mail = null!;

    public async Task InitializeAsync()
    {
        _database = await Database.MakeAsync();
        _sms = Delivery(new SmsMessenger(_gateway));
        _mail = Delivery(new MailMessenger(_gateway));
    }

    public async Task DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task A_notice_goes_by_SMS_and_by_e_mail_once_each()
    {
        await EnqueueAsync(_database.Fact(1, kind: NoticeKind.Queued));
        Assert.Equal(1, await DeliverAsync(_sms));
        Assert.Equal(1, await DeliverAsync(_mail));
        Assert.Equal(0, await DeliverAsync(_sms));
        var sms = Assert.Single(_gateway.Sms);
        Assert.Equal($"{Sample.Application}\nКезекке қойылды, нөмірі 7.\nПоставлено в очередь, номер 7.", sms.Text);
        var mail = Assert.Single(_gateway.Mails);
        Assert.Equal(("parent@example.org", "Өтініш кезекке қойылды"), (mail.To, mail.Subject));
        Assert.Contains("Кезек нөмірі: 7.", mail.Body, StringComparison.Ordinal);
        Assert.Contains("Оған жауап бермеңіз", mail.Body, StringComparison.Ordinal);
        Assert.NotEqual(sms.Id, mail.Id);
        Assert.All(await _database.DeliveriesAsync(), delivery => Assert.Equal(DeliveryState.Accepted, delivery.State));
    }

    [Theory]
    [InlineData(true, true, false, true, true)]
    [InlineData(false, true, false, false, true)]
    [InlineData(true, false, false, true, false)]
    [InlineData(false, false, false, false, false)]
    [InlineData(true, true, true, false, false)]
    public async Task A_notice_that_is_not_legal_goes_as_the_person_chose(bool wantsSms, bool wantsEmail, bool turnedOff, bool sms, bool mail)
    {
        _people.Find = _ => AddressBook.Parent with { WantsSms = wantsSms, WantsEmail = wantsEmail, TurnedOff = turnedOff ? new HashSet<NoticeKind> { NoticeKind.Won } : [] };
        await EnqueueAsync(_database.Fact(1, kind: NoticeKind.Won));
        await DeliverBothAsync();
        Assert.Equal((sms ? 1 : 0, mail ? 1 : 0), (_gateway.Sms.Count, _gateway.Mails.Count));
        Assert.Equal(sms ? DeliveryState.Accepted : DeliveryState.NotWanted, (await StatesAsync())[0]);
    }

    [Theory]
    [InlineData(true, true, true, true)]
    [InlineData(false, true, false, true)]
    [InlineData(false, false, true, false)]
    public async Task A_legal_notice_comes_though_its_kind_is_turned_off_and_by_SMS_when_nothing_is_chosen(bool wantsSms, bool wantsEmail, bool sms, bool mail)
    {
        _people.Find = _ => AddressBook.Parent with { WantsSms = wantsSms, WantsEmail = wantsEmail, TurnedOff = new HashSet<NoticeKind> { NoticeKind.StopListed } };
        await EnqueueAsync(_database.Fact(1, kind: NoticeKind.StopListed));
        await DeliverBothAsync();
        Assert.Equal((sms ? 1 : 0, mail ? 1 : 0), (_gateway.Sms.Count, _gateway.Mails.Count));
    }

    [Fact]
    public async Task Who_is_unknown_or_has_no_phone_is_unreachable_for_good()
    {
        _people.Find = addressee => addressee == "stranger" ? null : AddressBook.Parent with { Phone = null };
        await EnqueueAsync(_database.Fact(1, "stranger"), _database.Fact(2));
        await DeliverAsync(_sms);
        var ended = (await _database.DeliveriesAsync()).Where(d => d.Channel == Channel.Sms).ToList();
        Assert.Equal([DeliveryState.Unreachable, DeliveryState.Unreachable], ended.Select(d => d.State));
        Assert.Equal(["no-addressee", "no-address"], ended.Select(d => d.Fault));
        Assert.Empty(_gateway.Sms);
    }

    [Fact]
    public async Task An_unreachable_addressee_is_not_tried_again()
    {
        _gateway.Answer = _ => new SendResult(SendOutcome.Unreachable, "http-404");
        await EnqueueAsync(_database.Fact(1));
        await DeliverAsync(_sms);
        _database.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(0, await DeliverAsync(_sms));
        Assert.Single(_gateway.Sms);
    }

    [Fact]
    public async Task A_fault_is_tried_again_with_longer_and_longer_waits_for_24_hours_and_then_given_up()
    {
        _gateway.Answer = _ => new SendResult(SendOutcome.Faulty, "http-500");
        await EnqueueAsync(_database.Fact(1));
        await DeliverAsync(_sms);
        var attempts = new List<DateTimeOffset> { _database.Clock.GetUtcNow() };
        for (var row = (await _database.DeliveriesAsync())[0]; row.State == DeliveryState.Waiting; row = (await _database.DeliveriesAsync())[0])
        {
            _database.Clock.SetUtcNow(DateTimeOffset.FromUnixTimeMilliseconds(row.NextAt).AddSeconds(-1));
            Assert.Equal(0, await DeliverAsync(_sms));
            _database.Clock.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal(1, await DeliverAsync(_sms));
            attempts.Add(_database.Clock.GetUtcNow());
        }

        var waits = attempts.Zip(attempts.Skip(1), (earlier, later) => (later - earlier).TotalSeconds).ToList();
        Assert.Equal([15, 30, 60, 120, 240, 480, 960, 1920], waits.Take(8).Select(wait => Math.Round(wait / 15) * 15));
        Assert.All(waits, wait => Assert.InRange(wait, 14, 3_610));
        Assert.InRange(attempts.Count, 28, 34);
        Assert.True(attempts[^1] - attempts[0] < TimeSpan.FromHours(24));
        Assert.True(attempts[^1] - attempts[0] > TimeSpan.FromHours(22));
        Assert.Equal(DeliveryState.GivenUp, (await StatesAsync())[0]);
        Assert.Single(_gateway.Sms.Select(sms => sms.Id).Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_unknown_outcome_is_tried_again_under_the_same_id_and_said()
    {
        _gateway.Answer = _ => new SendResult(SendOutcome.Unknown, "time-out");
        await EnqueueAsync(_database.Fact(1));
        await DeliverAsync(_sms);
        var waiting = (await _database.DeliveriesAsync())[0];
        Assert.Equal((DeliveryState.Waiting, true, "time-out", 1), (waiting.State, waiting.IsUnsure, waiting.Fault, waiting.Attempts));
        _gateway.Answer = _ => SendResult.Accepted;
        _database.Clock.Advance(TimeSpan.FromSeconds(20));
        await DeliverAsync(_sms);
        var sent = (await _database.DeliveriesAsync())[0];
        Assert.Equal((DeliveryState.Accepted, true, 2), (sent.State, sent.IsUnsure, sent.Attempts));
        Assert.Equal(2, _gateway.Sms.Count);
        Assert.Single(_gateway.Sms.Distinct());
    }

    [Fact]
    public async Task A_gateway_that_asks_to_be_let_alone_is_and_the_rest_of_the_batch_keeps_its_attempts()
    {
        await EnqueueAsync([.. Enumerable.Range(1, 20).Select(number => _database.Fact(number))]);
        var given = 0;
        _gateway.Answer = _ => Interlocked.Increment(ref given) > 5 ? new SendResult(SendOutcome.Busy, "http-429", TimeSpan.FromMinutes(2)) : SendResult.Accepted;
        await DeliverAsync(_sms);
        Assert.InRange(_gateway.Sms.Count, 6, 14);
        var untouched = (await _database.DeliveriesAsync()).Count(d => d is { Channel: Channel.Sms, State: DeliveryState.Waiting, Attempts: 0, TakenUntil: 0 });
        Assert.Equal(20 - _gateway.Sms.Count, untouched);

        _gateway.Answer = _ => SendResult.Accepted;
        _database.Clock.Advance(TimeSpan.FromSeconds(100));
        Assert.Equal(0, await DeliverAsync(_sms));
        _database.Clock.Advance(TimeSpan.FromSeconds(30));
        await DeliverAsync(_sms);
        Assert.Equal(20, (await StatesAsync()).Count(state => state == DeliveryState.Accepted));
    }

    [Fact]
    public async Task A_gateway_that_asks_for_a_year_is_let_alone_for_a_quarter_of_an_hour()
    {
        await EnqueueAsync(_database.Fact(1), _database.Fact(2));
        _gateway.Answer = _ => new SendResult(SendOutcome.Busy, "http-503", TimeSpan.FromDays(365));
        await DeliverAsync(Delivery(new SmsMessenger(_gateway), new DeliveryOptions { Batch = 1 }, out var one));
        _gateway.Answer = _ => SendResult.Accepted;
        _database.Clock.Advance(TimeSpan.FromMinutes(16));
        Assert.Equal(1, await DeliverAsync(one));
    }

    [Fact]
    public async Task What_is_of_use_for_minutes_goes_before_what_was_there_first()
    {
        await EnqueueAsync([.. Enumerable.Range(1, 30).Select(number => _database.Fact(number))]);
        await EnqueueAsync(_database.Fact(31, kind: NoticeKind.Won));
        await DeliverAsync(Delivery(new SmsMessenger(_gateway), new DeliveryOptions { Batch = 5, AtOnce = 1, PerSecond = 1_000 }, out _));
        Assert.Contains("броньдалды", _gateway.Sms.First().Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_of_no_use_any_more_is_given_up_and_not_sent()
    {
        await EnqueueAsync(_database.Fact(1, kind: NoticeKind.Won) with { UsefulUntil = _database.Now.PlusMinutes(10) });
        _database.Clock.Advance(TimeSpan.FromMinutes(10));
        await DeliverAsync(_sms);
        Assert.Empty(_gateway.Sms);
        var row = (await _database.DeliveriesAsync())[0];
        Assert.Equal((DeliveryState.GivenUp, "too-late"), (row.State, row.Fault));
    }

    [Fact]
    public async Task Several_nodes_send_each_message_once()
    {
        await EnqueueAsync([.. Enumerable.Range(1, 300).Select(number => _database.Fact(number))]);
        var nodes = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            var node = Delivery(new SmsMessenger(_gateway), new DeliveryOptions { Batch = 20, PerSecond = 1_000 });
            while ((await StatesAsync()).Contains(DeliveryState.Waiting) && _gateway.Sms.Count < 300)
                await node.DeliverAsync(CancellationToken.None);
        }));
        await Task.WhenAll(nodes).WaitAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(300, _gateway.Sms.Count);
        Assert.Equal(300, _gateway.Sms.Select(sms => sms.Id).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task What_a_node_that_died_had_taken_is_sent_by_another_under_the_same_id()
    {
        await EnqueueAsync(_database.Fact(1));
        var taken = Assert.Single(await new DeliveryQueue(_database.Store, _database.Clock).TakeAsync(Channel.Sms, 10, CancellationToken.None));
        Assert.Equal(0, await DeliverAsync(_sms));
        _database.Clock.Advance(DeliveryQueue.TakenFor);
        Assert.Equal(1, await DeliverAsync(_sms));
        Assert.Equal(NoticeDelivery.MessageIdOf(taken), Assert.Single(_gateway.Sms).Id);

        // The dead one comes back and writes what it believes: too late.
        taken.State = DeliveryState.Unreachable;
        await new DeliveryQueue(_database.Store, _database.Clock).WriteAsync([taken], CancellationToken.None);
        Assert.Equal(DeliveryState.Accepted, (await StatesAsync())[0]);
    }

    [Fact]
    public async Task A_node_that_stops_in_the_middle_writes_what_it_has_sent()
    {
        await EnqueueAsync([.. Enumerable.Range(1, 20).Select(number => _database.Fact(number))]);
        using var stop = new CancellationTokenSource();
        _gateway.Answer = _ =>
        {
            stop.Cancel();
            return SendResult.Accepted;
        };
        var node = Delivery(new SmsMessenger(_gateway), new DeliveryOptions { AtOnce = 1, PerSecond = 1_000 });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => node.DeliverAsync(stop.Token).WaitAsync(TimeSpan.FromMinutes(1)));
        Assert.Equal(_gateway.Sms.Count, (await StatesAsync()).Count(state => state == DeliveryState.Accepted));
        Assert.Equal(20 - _gateway.Sms.Count, await DeliverAsync(_sms));
    }

    [Fact]
    public async Task An_address_book_that_is_down_costs_no_attempt()
    {
        await EnqueueAsync(_database.Fact(1));
        _people.Find = _ => throw new IOException("down");
        await Assert.ThrowsAsync<IOException>(() => DeliverAsync(_sms));
        _people.Find = _ => AddressBook.Parent;
        Assert.Equal(1, await DeliverAsync(_sms));
        Assert.Equal(1, (await _database.DeliveriesAsync())[0].Attempts);
    }

    [Fact]
    public async Task Thousands_of_notices_drain_in_batches()
    {
        for (var call = 0; call < 3; call++)
            await EnqueueAsync([.. Enumerable.Range(1, 1_000).Select(number => _database.Fact((call * 1_000) + number))]);
        var batches = 0;
        while (await DeliverAsync(_sms) is var taken and > 0)
        {
            Assert.InRange(taken, 1, 200);
            batches++;
        }

        Assert.Equal(15, batches);
        Assert.Equal(3_000, _gateway.Sms.Select(sms => sms.Id).Distinct(StringComparer.Ordinal).Count());
        var backlog = await _database.Outbox.BacklogAsync(CancellationToken.None);
        Assert.Equal((0, 3_000), (backlog.Sms, backlog.Emails));
    }

    private Task<int> EnqueueAsync(params NoticeFact[] facts) => _database.Outbox.EnqueueAsync(facts, CancellationToken.None);

    private async Task DeliverBothAsync()
    {
        await DeliverAsync(_sms);
        await DeliverAsync(_mail);
    }

    private static Task<int> DeliverAsync(NoticeDelivery delivery) => delivery.DeliverAsync(CancellationToken.None).WaitAsync(TimeSpan.FromMinutes(1));

    private async Task<List<DeliveryState>> StatesAsync() => [.. (await _database.DeliveriesAsync()).Where(d => d.Channel == Channel.Sms).Select(d => d.State)];

    private NoticeDelivery Delivery(Messenger messenger, DeliveryOptions options, out NoticeDelivery made) => made = Delivery(messenger, options);

    private NoticeDelivery Delivery(Messenger messenger, DeliveryOptions? options = null) =>
        new(messenger, new DeliveryQueue(_database.Store, _database.Clock), _people, options ?? new DeliveryOptions { PerSecond = 1_000 }, _database.Clock, NullLogger.Instance);
}
