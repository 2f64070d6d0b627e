using EOrda.Queues.Recording;

namespace EOrda.Actors.Queries;

/// <summary>
/// Queries as bytes, to cross a wire: a byte that names the query, then its parameters. A byte's meaning never changes; a query that needs other parameters gets
/// a new byte.
/// </summary>
internal static class QueryFormat
{
    /// <summary>Writes a query.</summary>
    public static void Write(ByteWriter to, QueueQuery query)
    {
        switch (query)
        {
            case SizeQuery:
                to.Byte(1);
                break;
            case SummaryQuery:
                to.Byte(2);
                break;
            case OrderQuery q:
                to.Byte(3);
                to.Count(q.From);
                to.Count(q.Count);
                break;
            case PlacesQuery q:
                to.Byte(4);
                to.Count(q.From);
                to.Count(q.Count);
                break;
            case StatesQuery q:
                to.Byte(5);
                to.Texts(q.Applications);
                break;
            case ApplicationQuery q:
                to.Byte(6);
                to.Text(q.Application);
                to.Count(q.Changes);
                break;
            case WindowQuery q:
                to.Byte(7);
                to.Text(q.Application);
                break;
            case SnapshotQuery:
                to.Byte(8);
                break;
            default:
                throw new ArgumentException($"No format for {query.GetType().Name}.", nameof(query));
        }
    }

    /// <summary>Reads a query.</summary>
    /// <exception cref="InvalidDataException">The bytes are none, or ask for more than a query may.</exception>
    public static QueueQuery Read(ref ByteReader from)
    {
        var tag = from.Byte();
        try
        {
            return tag switch
            {
                1 => new SizeQuery(),
                2 => new SummaryQuery(),
                3 => new OrderQuery(from.Index(), from.Index()),
                4 => new PlacesQuery(from.Index(), from.Index()),
                5 => new StatesQuery(from.Texts()),
                6 => new ApplicationQuery(from.Text(), from.Index()),
                7 => new WindowQuery(from.Text()),
                8 => new SnapshotQuery(),
                _ => throw new InvalidDataException($"No query has the tag {tag}."),
            };
        }
        catch (ArgumentOutOfRangeException fault)
        {
            throw new InvalidDataException(fault.Message, fault);
        }
    }
}
