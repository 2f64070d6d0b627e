using EOrda.Queues.Time;
using NodaTime;

namespace EOrda.Queues.Applications;

/// <summary>One application as the queue keeps it: 56 bytes. Its index is its registration number in the queue.</summary>
internal struct Application
{
    public const int NoPlace = -1;

    /// <summary>The submission instant that orders it.</summary>
    public Moment Submitted;

    /// <summary>Waiting with a reservation, returning, stop-listed or referred: when that ends.</summary>
    public Moment Until;

    /// <summary>Number of the child's identifier among the people of the queue.</summary>
    public int Child;

    /// <summary>Number of the applicant's identifier among the people of the queue.</summary>
    public int Applicant;

    public LocalDate Born;

    /// <summary>The last date on which the application is valid; clean-up looks at it.</summary>
    public LocalDate ValidThrough;

    /// <summary>The date from which it has been in the stop-list.</summary>
    public LocalDate StopListedOn;

    /// <summary>The place reserved, referred or enrolled in.</summary>
    public int Place;

    /// <summary>Number of its block in the timeline.</summary>
    public int Block;

    public ushort Misses;
    public Category Category;
    public Status Status;
    public Cause Cause;

    /// <summary>Its place was reserved in priority access.</summary>
    public bool ReservedInPriority;

    /// <summary>It was prolonged since it was stop-listed.</summary>
    public bool ProlongedInStopList;

    public readonly bool IsActive => Status != Status.Archived;

    public readonly bool HoldsReservation => Status == Status.Waiting && Place != NoPlace;
}
