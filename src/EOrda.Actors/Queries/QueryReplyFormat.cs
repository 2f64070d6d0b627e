using EOrda.Actors.Live;
using EOrda.Queues;
using EOrda.Queues.Applications;
using EOrda.Queues.Order;
using EOrda.Queues.Recording;
using EOrda.Queues.Rules;
using EOrda.Queues.Twins;

namespace EOrda.Actors.Queries;

/// <summary>Replies to queries as bytes, under the rule of <see cref="QueryFormat"/>.</summary>
internal static class QueryReplyFormat
{
    /// <summary>Writes a reply.</summary>
    public static void Write(ByteWriter to, object reply)
    {
        switch (reply)
        {
            case QueueSize r:
                to.Byte(1);
                to.Moment(r.At);
                to.Count(r.Applications);
                to.Count(r.Waiting);
                break;
            case QueueSummary r:
                to.Byte(2);
                WriteSummary(to, r);
                break;
            case OrderPage r:
                to.Byte(3);
                to.Moment(r.At);
                to.Count(r.Waiting);
                to.Texts(r.Applications);
                break;
            case PlacesPage r:
                to.Byte(4);
                to.Moment(r.At);
                to.Count(r.Total);
                to.Places(r.Places);
                break;
            case ApplicationStates r:
                to.Byte(5);
                WriteStates(to, r);
                break;
            case ApplicationReply r:
                to.Byte(6);
                to.Moment(r.At);
                WriteOptional(to, r.Found, WriteFound);
                break;
            case WindowReply r:
                to.Byte(7);
                to.Moment(r.At);
                WriteOptional(to, r.Member, WriteMember);
                break;
            case LiveSnapshot r:
                to.Byte(8);
                WriteSnapshot(to, r);
                break;
            default:
                throw new ArgumentException($"No format for {reply.GetType().Name}.", nameof(reply));
        }
    }

    /// <summary>Reads a reply.</summary>
    /// <exception cref="InvalidDataException">The bytes are none.</exception>
    public static object Read(ref ByteReader from)
    {
        var tag = from.Byte();
        return tag switch
        {
            1 => new QueueSize(from.Moment(), from.Index(), from.Index()),
            2 => ReadSummary(ref from),
            3 => new OrderPage(from.Moment(), from.Index(), from.Texts()),
            4 => new PlacesPage(from.Moment(), from.Index(), from.Places()),
            5 => ReadStates(ref from),
            6 => new ApplicationReply(from.Moment(), from.Flag() ? ReadFound(ref from) : null),
            7 => new WindowReply(from.Moment(), from.Flag() ? ReadMember(ref from) : null),
            8 => ReadSnapshot(ref from),
            _ => throw new InvalidDataException($"No reply has the tag {tag}."),
        };
    }

    private static void WriteOptional<T>(ByteWriter to, T? value, Action<ByteWriter, T> write)
        where T : class
    {
        to.Flag(value is not null);
        if (value is not null)
        {
            write(to, value);
        }
    }

    private static void WriteSummary(ByteWriter to, QueueSummary summary)
    {
        to.Moment(summary.At);
        to.Counts(summary.Waiting);
        to.Pattern(summary.Pattern);
        var places = summary.Places;
        to.Count(places.Reported);
        to.Count(places.Locked);
        to.Count(places.AvailableInPriority);
        to.Count(places.AvailableOpen);
        to.Count(places.Reserved);
        to.Count(places.Referred);
        to.Count(places.Returning);
        to.Count(places.Enrolled);
        to.Count(places.Revoked);
        to.Count(summary.Window);
        to.Flag(summary.IsFrozen);
    }

    private static QueueSummary ReadSummary(ref ByteReader from) => new(
        from.Moment(),
        from.Counts(),
        from.Pattern(),
        new PlacesByState(
            from.Index(), from.Index(), from.Index(), from.Index(), from.Index(), from.Index(), from.Index(), from.Index(), from.Index()),
        from.Index(),
        from.Flag());

    private static void WriteStates(ByteWriter to, ApplicationStates states)
    {
        to.Moment(states.At);
        to.Count(states.Waiting);
        to.Count(states.States.Count);
        foreach (var state in states.States)
        {
            WriteOptional(to, state, ValueFormat.State);
        }
    }

    private static ApplicationStates ReadStates(ref ByteReader from)
    {
        var (at, waiting, states) = (from.Moment(), from.Index(), new ApplicationState?[from.ItemCount()]);
        for (var i = 0; i < states.Length; i++)
        {
            states[i] = from.Flag() ? from.State() : null;
        }

        return new ApplicationStates(at, waiting, states);
    }

    private static void WriteFound(ByteWriter to, FoundApplication found)
    {
        to.State(found.State);
        to.Counts(found.Waiting);
        to.Pattern(found.Pattern);
        WriteOptional(to, found.Window, WriteWindow);
        WriteOptional(to, found.Referral, WriteReferral);
        WriteOptional(to, found.Lanes, WriteLanes);
        to.Count(found.Changes.Count);
        foreach (var change in found.Changes)
        {
            to.Moment(change.At);
            to.Byte((byte)change.Cause);
            to.Flag(change.Own);
            to.OptionalPosition(change.From);
            to.OptionalPosition(change.To);
        }
    }

    private static FoundApplication ReadFound(ref ByteReader from) => new(
        from.State(),
        from.Counts(),
        from.Pattern(),
        from.Flag() ? new ApplicationWindow(from.Index(), from.Index(), from.Flag() ? ReadRefusal(ref from) : null) : null,
        from.Flag() ? new ReferralState(from.Moment(), from.Flag()) : null,
        from.Flag() ? new LaneStanding(from.Member<Category>(), from.Moment(), from.Index(), from.Counts(), from.Count()) : null,
        ReadChanges(ref from));

    private static PositionChange[] ReadChanges(ref ByteReader from)
    {
        var changes = new PositionChange[from.ItemCount()];
        for (var i = 0; i < changes.Length; i++)
        {
            changes[i] = new PositionChange(from.Moment(), from.Member<PositionCause>(), from.Flag(), from.OptionalPosition(), from.OptionalPosition());
        }

        return changes;
    }

    private static void WriteWindow(ByteWriter to, ApplicationWindow window)
    {
        to.Count(window.Rank);
        to.Count(window.Size);
        WriteOptional(to, window.Refusal, WriteRefusal);
    }

    private static void WriteRefusal(ByteWriter to, WindowRefusal refusal)
    {
        to.Byte((byte)refusal.Reason);
        to.OptionalMoment(refusal.Until);
    }

    private static WindowRefusal ReadRefusal(ref ByteReader from) => new(from.Member<Reason>(), from.OptionalMoment());

    private static void WriteReferral(ByteWriter to, ReferralState referral)
    {
        to.Moment(referral.CancellableUntil);
        to.Flag(referral.Verified);
    }

    private static void WriteLanes(ByteWriter to, LaneStanding lanes)
    {
        to.Byte((byte)lanes.Lane);
        to.Moment(lanes.Submitted);
        to.Count(lanes.Number);
        to.Counts(lanes.Before);
        to.Count(lanes.AsOf);
    }

    private static void WriteMember(ByteWriter to, WindowMember member)
    {
        to.Text(member.Application);
        to.Byte((byte)member.Status);
        to.OptionalMoment(member.Until);
        to.OptionalMoment(member.FrozenUntil);
        to.OptionalMoment(member.HoldsUntil);
        WriteOptional(to, member.Limit, WriteLimit);
        to.Flag(member.IsInWindow);
        to.Text(member.Tie.Applicant);
        to.Date(member.Tie.Born);
    }

    private static WindowMember ReadMember(ref ByteReader from) => new(
        from.Text(),
        from.Member<Status>(),
        from.OptionalMoment(),
        from.OptionalMoment(),
        from.OptionalMoment(),
        from.Flag() ? new Limit(from.Member<Reason>(), from.Moment()) : null,
        from.Flag(),
        new FamilyTie(from.Text(), from.Date()));

    private static void WriteLimit(ByteWriter to, Limit limit)
    {
        to.Byte((byte)limit.Reason);
        to.Moment(limit.Until);
    }

    private static void WriteSnapshot(ByteWriter to, LiveSnapshot snapshot)
    {
        to.Queue(snapshot.Queue);
        to.Count(snapshot.Number);
        to.Moment(snapshot.At);
        to.Counts(snapshot.Counts);
        to.Pattern(snapshot.Pattern);
        to.Count(snapshot.LatestChange);
        to.Count(snapshot.Available);
        to.Window(snapshot.Window);
        to.Places(snapshot.Places);
    }

    private static LiveSnapshot ReadSnapshot(ref ByteReader from) => new(
        from.Queue(),
        from.Count(),
        from.Moment(),
        from.Counts(),
        from.Pattern(),
        from.Count(),
        from.Index(),
        from.Window(),
        from.Places());
}
