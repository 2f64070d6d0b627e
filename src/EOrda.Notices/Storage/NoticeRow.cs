namespace EOrda.Notices.Storage;

/// <summary>A notice: a fact that somebody is told. It is the entry of the feed.</summary>
internal sealed class NoticeRow
{
    public long Id { get; set; }

    /// <summary>Entity, record number, kind and addressee: no fact is told twice.</summary>
    public required string Fact { get; set; }

    public required string Addressee { get; set; }

    public required string Kind { get; set; }

    /// <summary>The values as JSON.</summary>
    public required string Values { get; set; }

    /// <summary>When it happened, in milliseconds since 1970.</summary>
    public long At { get; set; }

    public bool IsRead { get; set; }

    public List<DeliveryRow> Deliveries { get; } = [];
}

/// <summary>A notice on its way by one channel.</summary>
internal sealed class DeliveryRow
{
    public long Id { get; set; }

    public long NoticeId { get; set; }

    public NoticeRow? Notice { get; set; }

    public Channel Channel { get; set; }

    public DeliveryState State { get; set; }

    /// <summary>0 is sent first.</summary>
    public int Order { get; set; }

    public int Attempts { get; set; }

    /// <summary>The next attempt is made at this instant or later.</summary>
    public long NextAt { get; set; }

    /// <summary>From this instant on it is given up.</summary>
    public long Until { get; set; }

    /// <summary>Some attempt ended without an answer: the message may have arrived.</summary>
    public bool IsUnsure { get; set; }

    /// <summary>The last fault as a code; never an address or a text.</summary>
    public string? Fault { get; set; }

    /// <summary>Who is sending it.</summary>
    public string? TakenBy { get; set; }

    /// <summary>From this instant on somebody else may send it.</summary>
    public long TakenUntil { get; set; }
}

/// <summary>The last record of an entity whose notices are written.</summary>
internal sealed class PlaceRow
{
    public required string Entity { get; set; }

    public long Number { get; set; }
}

/// <summary>Who may write notices of the journal. The token grows with each holder.</summary>
internal sealed class LeaseRow
{
    public required string Name { get; set; }

    public required string Owner { get; set; }

    public long Token { get; set; }

    public long Until { get; set; }
}

/// <summary>A way to an addressee.</summary>
internal enum Channel : byte
{
    Sms,
    Email,
}

/// <summary>What became of a delivery.</summary>
internal enum DeliveryState : byte
{
    Waiting,
    Accepted,
    NotWanted,
    Unreachable,
    GivenUp,
}
