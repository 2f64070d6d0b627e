using EOrda.Queues.Time;

namespace EOrda.Queues.Dues;

/// <summary>What falls due, in the order in which dues of one instant take effect (rules, section 2).</summary>
internal enum DueKind : byte
{
    ReservationLapses,
    TwinsEnd,
    ReferralExpires,
    ApplicationComesBack,
    PlaceIsLocked,
    PlaceIsReleased,
    ChildrenLeaveForAge,
}

/// <summary>Something that falls due at an instant, for an application or place by its registration number.</summary>
internal readonly record struct Due(Moment At, DueKind Kind, int Subject) : IComparable<Due>
{
    public int CompareTo(Due other)
    {
        var order = At.CompareTo(other.At);
        if (order == 0)
        {
            order = (int)Kind - (int)other.Kind;
        }

        return order != 0 ? order : Subject.CompareTo(other.Subject);
    }
}
