using System.Text.Json;
using EOrda.Actors.Queries;
using EOrda.Queues.Recording;

namespace EOrda.Actors.Tests.Queries;

/// <summary>Queries and replies cross a wire: each comes back from its bytes as it was.</summary>
public sealed class QueryFormats
{
    private static readonly IReadOnlyList<object> Replies = Samples.Replies();

    public static TheoryData<string> QueryTypes => [.. Samples.QueryTypes.Select(type => type.Name)];

    public static TheoryData<string> ReplyTypes => [.. Samples.ReplyTypes.Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(QueryTypes))]
    public void A_query_comes_back_from_its_bytes_as_it_was(string type)
    {
        var samples = Samples.Queries.Where(query => query.GetType().Name == type).ToList();
        Assert.NotEmpty(samples);
        Assert.All(samples, query => AssertSame(query, ReadQuery(Written(query))));
    }

    [Theory]
    [MemberData(nameof(ReplyTypes))]
    public void A_reply_comes_back_from_its_bytes_as_it_was(string type)
    {
        var samples = Replies.Where(reply => reply.GetType().Name == type).ToList();
        Assert.NotEmpty(samples);
        Assert.All(samples, reply => AssertSame(reply, ReadReply(Written(reply))));
    }

    [Fact]
    public void A_part_of_the_bytes_is_neither_query_nor_reply()
    {
        foreach (var bytes in Samples.Queries.Select(Written))
        {
            Assert.All(Enumerable.Range(0, bytes.Length), length => Assert.Throws<InvalidDataException>(() => ReadQuery(bytes[..length])));
        }

        foreach (var bytes in Replies.Select(Written))
        {
            Assert.All(Enumerable.Range(0, bytes.Length), length => Assert.Throws<InvalidDataException>(() => ReadReply(bytes[..length])));
        }
    }

    [Theory]
    [InlineData(new byte[] { 0 })]
    [InlineData(new byte[] { 9 })]
    [InlineData(new byte[] { 3, 0, 1 })]
    [InlineData(new byte[] { 3, 1, 0 })]
    [InlineData(new byte[] { 3, 1, 0xF5, 0x03 })]
    [InlineData(new byte[] { 4, 0, 0xF5, 0x03 })]
    [InlineData(new byte[] { 5, 0 })]
    [InlineData(new byte[] { 6, 1, (byte)'a', 101 })]
    public void Bytes_that_ask_for_what_no_query_may_are_no_query(byte[] bytes) => Assert.Throws<InvalidDataException>(() => ReadQuery(bytes));

    [Fact]
    public void A_query_asks_for_no_more_than_a_page()
    {
        Assert.Equal("count", Assert.Throws<ArgumentOutOfRangeException>(() => new OrderQuery(1, PageSize.Most + 1)).ParamName);
        Assert.Equal("from", Assert.Throws<ArgumentOutOfRangeException>(() => new OrderQuery(0, 1)).ParamName);
        Assert.Equal("count", Assert.Throws<ArgumentOutOfRangeException>(() => new PlacesQuery(0, PageSize.Most + 1)).ParamName);
        Assert.Equal("from", Assert.Throws<ArgumentOutOfRangeException>(() => new PlacesQuery(-1, 1)).ParamName);
        Assert.Equal("applications", Assert.Throws<ArgumentOutOfRangeException>(() => new StatesQuery([.. Enumerable.Repeat("a", PageSize.Most + 1)])).ParamName);
        Assert.Equal("applications", Assert.Throws<ArgumentOutOfRangeException>(() => new StatesQuery()).ParamName);
        Assert.Equal("changes", Assert.Throws<ArgumentOutOfRangeException>(() => new ApplicationQuery("a", ApplicationQuery.MostChanges + 1)).ParamName);
    }

    private static void AssertSame(object sent, object received)
    {
        Assert.Equal(sent.GetType(), received.GetType());
        Assert.Equal(JsonSerializer.Serialize(sent, sent.GetType()), JsonSerializer.Serialize(received, received.GetType()));
    }

    private static byte[] Written(object message)
    {
        var to = new ByteWriter();
        if (message is QueueQuery query)
        {
            QueryFormat.Write(to, query);
        }
        else
        {
            QueryReplyFormat.Write(to, message);
        }

        return to.Written.ToArray();
    }

    private static QueueQuery ReadQuery(byte[] bytes)
    {
        var from = new ByteReader(bytes);
        var query = QueryFormat.Read(ref from);
        Assert.True(from.AtEnd);
        return query;
    }

    private static object ReadReply(byte[] bytes)
    {
        var from = new ByteReader(bytes);
        var reply = QueryReplyFormat.Read(ref from);
        Assert.True(from.AtEnd);
        return reply;
    }
}
