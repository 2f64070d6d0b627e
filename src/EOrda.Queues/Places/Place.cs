using EOrda.Queues.Applications;
using EOrda.Queues.Time;
using NodaTime;

namespace EOrda.Queues.Places;

/// <summary>One seat of one kindergarten as its queue keeps it. Its index is its registration number in the queue, for life.</summary>
internal struct Place
{
    /// <summary>Number of the kindergarten's identifier in the queue.</summary>
    public int Kindergarten;

    /// <summary>Its number in the kindergarten (<see cref="FreePlaces"/>).</summary>
    public int NumberThere;

    /// <summary>The application that holds it (reserved, referred, enrolled).</summary>
    public int Holder;

    public PlaceState State;

    /// <summary>Reported, locked or returning: when it becomes available.</summary>
    public Moment AvailableAt;

    /// <summary>Reported: when it is locked.</summary>
    public Moment HandoverAt;

    /// <summary>When priority access ends; the beginning of time where there is none. Fixed at the release.</summary>
    public Moment PriorityEnd;

    /// <summary>Returning: the local date on which it counts for the window all the same, having been reserved in priority access; else <see cref="Never"/>.</summary>
    public LocalDate GivenUpOn;

    /// <summary>The date that stands for none.</summary>
    public static readonly LocalDate Never;

    public static Place Reported(int kindergarten, int numberThere, Moment handoverAt, Moment availableAt) =>
        new() { Kindergarten = kindergarten, NumberThere = numberThere, Holder = Application.NoPlace, State = PlaceState.Reported, HandoverAt = handoverAt, AvailableAt = availableAt, PriorityEnd = Moment.Beginning };
}
