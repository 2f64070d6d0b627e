using EOrda.Actors.Routing;
using Microsoft.Extensions.Time.Testing;

namespace EOrda.Actors.Persistence.Tests;

/// <summary>Requests that wait for a reply.</summary>
public sealed class Couriers
{
    private readonly FakeTimeProvider time = new();
    private readonly WaitingPlace place = new("queue/almaty/general/2022", 2);

    [Fact]
    public async Task A_reply_reaches_the_request_that_it_is_for()
    {
        var courier = Courier(10);
        var first = courier.Begin(place, out var firstReply);
        var second = courier.Begin(place, out var secondReply);
        courier.Complete(new Reply(second.Number, "second"));
        courier.Complete(new Reply(first.Number, "first"));
        Assert.Equal("first", await firstReply);
        Assert.Equal("second", await secondReply);
        Assert.Equal(0, courier.Waiting);
    }

    [Fact]
    public async Task A_reply_that_comes_twice_or_too_late_is_not_taken_for_the_next_ones()
    {
        var courier = Courier(1);
        var first = courier.Begin(place, out var firstReply);
        courier.Complete(new Reply(first.Number, "first"));
        Assert.Equal("first", await firstReply);
        var second = courier.Begin(place, out var secondReply);
        courier.Complete(new Reply(first.Number, "late"));
        Assert.False(secondReply.IsCompleted);
        courier.Complete(new Reply(second.Number, "second"));
        Assert.Equal("second", await secondReply);
    }

    [Fact]
    public async Task A_reply_to_no_request_finds_nobody()
    {
        var courier = Courier(1);
        var request = courier.Begin(place, out var reply);
        courier.Complete(new Reply(request.Number, "first"));
        Assert.Equal("first", await reply);
        courier.Complete(new Reply(0, "nobody's"));
        Assert.Equal(0, place.Waiting);
    }

    [Fact]
    public void No_more_wait_than_may()
    {
        var courier = Courier(1);
        courier.Begin(place, out _);
        Assert.Throws<BusyException>(() => courier.Begin(place, out _));
        Assert.Equal(1, place.Waiting);
    }

    [Fact]
    public void No_more_wait_for_one_entity_than_may()
    {
        var courier = Courier(10);
        courier.Begin(place, out _);
        courier.Begin(place, out _);
        Assert.Throws<BusyException>(() => courier.Begin(place, out _));
        courier.Begin(new WaitingPlace("queue/almaty/general/2023", 2), out _);
        Assert.Equal(3, courier.Waiting);
    }

    [Fact]
    public async Task Who_waits_too_long_hears_that_the_outcome_is_unknown()
    {
        var courier = Courier(10);
        courier.Begin(place, out var reply);
        time.Advance(TimeSpan.FromSeconds(4.9));
        courier.Sweep();
        Assert.False(reply.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(0.1));
        courier.Sweep();
        await Assert.ThrowsAnyAsync<OutcomeUnknownException>(async () => await reply);
        Assert.Equal(0, place.Waiting);
    }

    [Fact]
    public async Task Who_waits_for_an_entity_that_failed_hears_so_and_nobody_else()
    {
        var courier = Courier(10);
        courier.Begin(place, out var failed);
        courier.Begin(new WaitingPlace("queue/almaty/general/2023", 2), out var other);
        courier.Fail(place, new RequestFailure(FailureKind.NotRecorded, TimeSpan.FromSeconds(1), "The database is full."));
        await Assert.ThrowsAsync<NotRecordedException>(async () => await failed);
        Assert.False(other.IsCompleted);
    }

    private Courier Courier(int capacity) => new(capacity, TimeSpan.FromSeconds(5), time);
}
