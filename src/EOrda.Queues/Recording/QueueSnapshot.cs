using EOrda.Queues.Applications;
using EOrda.Queues.Dues;
using EOrda.Queues.Names;
using EOrda.Queues.Order;
using EOrda.Queues.Places;
using EOrda.Queues.Referrals;
using EOrda.Queues.Storage;
using EOrda.Queues.Time;
using NodaTime;

namespace EOrda.Queues.Recording;

/// <summary>
/// A queue's whole state as bytes: the same state always gives the same bytes, so that two states can be compared by them.
/// What can be derived (the order's index, free places, dues) is not in them, and neither is the instant up to which the queue was settled.
/// </summary>
public static class QueueSnapshot
{
    /// <summary>The version written. A snapshot of another version is not read: the journal has everything.</summary>
    public const int Version = 4;

    /// <summary>Writes the queue's state.</summary>
    public static void Write(ByteWriter to, Queue queue)
    {
        to.Count(queue.RulesAdopted);
        if (queue.RulesAdopted > 0)
        {
            RulesFormat.Write(to, queue.Rules);
        }

        to.Count(queue.ReferralCount);
        to.Count(queue.Order.Pattern.Phase);
        WriteNames(to, queue.ApplicationNames);
        WriteNames(to, queue.PeopleNames);
        WriteNames(to, queue.PlaceNames);
        WriteNames(to, queue.KindergartenNames);
        for (var i = 0; i < queue.Applications.Count; i++)
        {
            WriteApplication(to, queue.Applications[i]);
        }

        for (var i = 0; i < queue.Places.Count; i++)
        {
            WritePlace(to, queue.Places[i]);
        }

        WriteReferrals(to, queue);
        WriteBatches(to, queue);
        TwinsFormat.Write(to, queue.Halves);
        DeedsFormat.Write(to, queue);
        WriteHistories(to, queue);
        WriteOrderHistory(to, queue.Order.History);
    }

    /// <summary>Reads a queue's state as it was at an instant.</summary>
    /// <exception cref="InvalidDataException">The bytes are none.</exception>
    public static Queue Read(ref ByteReader from, QueueKey key, Moment now)
    {
        var queue = new Queue(key);
        try
        {
            Fill(queue, now, ref from);
        }
        catch (Exception fault) when (fault is IndexOutOfRangeException or ArgumentException or NullReferenceException or KeyNotFoundException)
        {
            throw new InvalidDataException("The snapshot contradicts itself.", fault);
        }

        return from.AtEnd ? queue : throw new InvalidDataException("More bytes than a snapshot has.");
    }

    private static void Fill(Queue queue, Moment now, ref ByteReader from)
    {
        var adopted = from.Index();
        var rules = adopted > 0 ? RulesFormat.Read(ref from) : null;
        queue.RestoreHeader(now, adopted, rules, referralCount: from.Index(), phase: from.Index());
        var applications = ReadNames(ref from, queue.ApplicationNames);
        ReadNames(ref from, queue.PeopleNames);
        var places = ReadNames(ref from, queue.PlaceNames);
        ReadNames(ref from, queue.KindergartenNames);
        for (var i = 0; i < applications; i++)
        {
            queue.Applications.Add(ReadApplication(ref from));
        }

        for (var i = 0; i < places; i++)
        {
            queue.Places.Add(ReadPlace(ref from));
        }

        ReadReferrals(ref from, queue);
        ReadBatches(ref from, queue);
        TwinsFormat.Read(ref from, queue.Halves);
        DeedsFormat.Read(ref from, queue);
        ReadHistories(ref from, queue);
        queue.RestoreIndexes();
        ReadOrderHistory(ref from, queue.Order.History);
    }

    private static void WriteNames(ByteWriter to, NameTable names)
    {
        to.Count(names.Count);
        for (var i = 0; i < names.Count; i++)
        {
            var bytes = names.Bytes(i);
            to.Count(bytes.Length);
            to.Bytes(bytes);
        }
    }

    private static int ReadNames(ref ByteReader from, NameTable names)
    {
        var count = from.ItemCount();
        for (var i = 0; i < count; i++)
        {
            if (names.Intern(from.Text()) != i)
            {
                throw new InvalidDataException("An identifier stands twice.");
            }
        }

        return count;
    }

    private static void WriteApplication(ByteWriter to, Application application)
    {
        to.Moment(application.Submitted);
        to.Moment(application.Until);
        to.Count(application.Child);
        to.Count(application.Applicant);
        to.Date(application.Born);
        to.Date(application.ValidThrough);
        to.Date(application.StopListedOn);
        to.Number(application.Place);
        to.Count(application.Misses);
        to.Byte((byte)application.Category);
        to.Byte((byte)application.Status);
        to.Byte((byte)application.Cause);
        to.Flag(application.ReservedInPriority);
        to.Flag(application.ProlongedInStopList);
    }

    private static Application ReadApplication(ref ByteReader from) => new()
    {
        Submitted = from.Moment(),
        Until = from.Moment(),
        Child = from.Index(),
        Applicant = from.Index(),
        Born = from.Date(),
        ValidThrough = from.Date(),
        StopListedOn = from.Date(),
        Place = (int)from.Number(),
        Misses = (ushort)from.Index(),
        Category = from.Member<Category>(),
        Status = from.Member<Status>(),
        Cause = from.Member<Cause>(),
        ReservedInPriority = from.Flag(),
        ProlongedInStopList = from.Flag(),
    };

    private static void WritePlace(ByteWriter to, Place place)
    {
        to.Count(place.Kindergarten);
        to.Number(place.Holder);
        to.Byte((byte)place.State);
        to.Moment(place.AvailableAt);
        to.Moment(place.HandoverAt);
        to.Moment(place.PriorityEnd);
        to.Date(place.GivenUpOn);
    }

    private static Place ReadPlace(ref ByteReader from) => new()
    {
        Kindergarten = from.Index(),
        Holder = (int)from.Number(),
        State = from.Member<PlaceState>(),
        AvailableAt = from.Moment(),
        HandoverAt = from.Moment(),
        PriorityEnd = from.Moment(),
        GivenUpOn = from.Date(),
    };

    private static void WriteReferrals(ByteWriter to, Queue queue)
    {
        to.Count(queue.Referrals.Count);
        foreach (var (application, referral) in queue.Referrals.OrderBy(entry => entry.Key))
        {
            to.Count(application);
            to.Text(referral.Number);
            to.Moment(referral.IssuedAt);
            to.Date(referral.IssuedOn);
            to.Date(referral.LastValid);
            to.Flag(referral.Verified);
            to.Flag(referral.Extended);
        }
    }

    private static void ReadReferrals(ref ByteReader from, Queue queue)
    {
        for (var left = from.ItemCount(); left > 0; left--)
        {
            queue.Referrals.Add(from.Index(), new Referral
            {
                Number = from.Text(),
                IssuedAt = from.Moment(),
                IssuedOn = from.Date(),
                LastValid = from.Date(),
                Verified = from.Flag(),
                Extended = from.Flag(),
            });
        }
    }

    private static void WriteBatches(ByteWriter to, Queue queue)
    {
        to.Count(queue.Batches.Count);
        foreach (var (application, batch) in queue.Batches.OrderBy(entry => entry.Key))
        {
            to.Count(application);
            EventFormat.WriteBatch(to, batch);
        }
    }

    private static void ReadBatches(ref ByteReader from, Queue queue)
    {
        for (var left = from.ItemCount(); left > 0; left--)
        {
            queue.Batches.Add(from.Index(), EventFormat.ReadSomeBatch(ref from));
        }
    }

    private static void WriteHistories(ByteWriter to, Queue queue)
    {
        to.Count(queue.ReferralHistory.ByChild.Count());
        foreach (var (child, dates) in queue.ReferralHistory.ByChild)
        {
            to.Count(child);
            to.Count(dates.Count);
            foreach (var date in dates)
            {
                to.Date(date);
            }
        }

        to.Count(queue.LapseHistory.Dates.Count);
        foreach (var (date, byChild) in queue.LapseHistory.Dates)
        {
            to.Date(date);
            to.Count(byChild.Count);
            foreach (var (child, count) in byChild.OrderBy(entry => entry.Key))
            {
                to.Count(child);
                to.Count(count);
            }
        }
    }

    private static void ReadHistories(ref ByteReader from, Queue queue)
    {
        for (var left = from.ItemCount(); left > 0; left--)
        {
            var child = from.Index();
            var dates = new List<LocalDate>();
            for (var more = from.ItemCount(); more > 0; more--)
            {
                dates.Add(from.Date());
            }

            queue.ReferralHistory.Restore(child, dates);
        }

        for (var left = from.ItemCount(); left > 0; left--)
        {
            var date = from.Date();
            for (var more = from.ItemCount(); more > 0; more--)
            {
                queue.LapseHistory.Add(date, from.Index(), from.Index());
            }
        }
    }

    private static void WriteOrderHistory(ByteWriter to, OrderHistory history)
    {
        to.Count(history.Latest);
        to.Count(history.Latest - history.Oldest + 1);
        for (var number = history.Oldest; number <= history.Latest; number++)
        {
            var change = history[number];
            to.Moment(change.At);
            to.Byte((byte)change.Cause);
            to.Number(change.Application);
            to.Moment(change.Submitted);
            to.Byte((byte)change.Lane);
            to.Number(change.Step);
        }
    }

    private static void ReadOrderHistory(ref ByteReader from, OrderHistory history)
    {
        var latest = from.Count();
        var kept = new OrderChange[from.ItemCount()];
        for (var i = 0; i < kept.Length; i++)
        {
            kept[i] = new OrderChange(from.Moment(), from.Member<PositionCause>(), (int)from.Number(), from.Moment(), from.Member<Category>(), (int)from.Number());
        }

        history.Restore(latest, kept);
    }
}
