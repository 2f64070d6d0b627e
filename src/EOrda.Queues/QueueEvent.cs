using EOrda.Queues.Applications;
using EOrda.Queues.Names;
using EOrda.Queues.Order;
using EOrda.Queues.Rules;
using EOrda.Queues.Time;
using EOrda.Queues.Twins;
using NodaTime;

namespace EOrda.Queues;

/// <summary>
/// Something that happened in a queue. Events carry every instant and date that was fixed, so that applying them needs no rules,
/// and name applications and places by their registration numbers in the queue, from 0 on.
/// </summary>
public abstract record QueueEvent;

/// <summary>The rules in force from now on.</summary>
public sealed record RulesAdopted(LocalityRules Rules) : QueueEvent;

/// <summary>An application was filed by the command with the key; it gets the next registration number.</summary>
public sealed record ApplicationSubmitted(
    string Application,
    string Child,
    string Applicant,
    LocalDate Born,
    Category Category,
    Moment Submitted,
    bool UnderReview,
    LocalDate ValidThrough,
    CommandKey Key) : QueueEvent;

/// <summary>The application came into the order: its review ended, or it is back.</summary>
/// <param name="Application">Its registration number.</param>
/// <param name="Why">What is told to those behind it.</param>
public sealed record ApplicationEntered(int Application, PositionCause Why) : QueueEvent;

/// <summary>The category changed; the submission instant stays.</summary>
public sealed record CategoryChanged(int Application, Category Category) : QueueEvent;

/// <summary>The application passed to another legal representative.</summary>
public sealed record ApplicationTransferred(int Application, string Applicant) : QueueEvent;

/// <summary>The child's birth date had been registered wrongly.</summary>
public sealed record BirthDateCorrected(int Application, LocalDate Born) : QueueEvent;

/// <summary>The application's validity was set anew.</summary>
public sealed record ApplicationProlonged(int Application, LocalDate ValidThrough) : QueueEvent;

/// <summary>The end of a stop-list moved the validity by the days it had lasted.</summary>
public sealed record ValidityExtended(int Application, LocalDate ValidThrough) : QueueEvent;

/// <summary>The application went to the stop-list until an instant.</summary>
public sealed record ApplicationStopListed(int Application, Cause Cause, LocalDate On, Moment Until) : QueueEvent;

/// <summary>The application is on its way back and enters the order at an instant.</summary>
public sealed record ApplicationReturning(int Application, Moment Until) : QueueEvent;

/// <summary>The application left for good.</summary>
public sealed record ApplicationArchived(int Application, Cause Cause) : QueueEvent;

/// <summary>A new place was reported free by the command with the key; it gets the next registration number.</summary>
public sealed record PlaceReported(string Place, string Kindergarten, Moment HandoverAt, Moment AvailableAt, CommandKey Key) : QueueEvent;

/// <summary>A place whose child left was reported free again.</summary>
public sealed record PlaceReportedAgain(int Place, Moment HandoverAt, Moment AvailableAt) : QueueEvent;

/// <summary>The handover locked the place.</summary>
public sealed record PlaceLocked(int Place) : QueueEvent;

/// <summary>The place became available, in priority access until an instant.</summary>
public sealed record PlaceReleased(int Place, Moment PriorityEnd) : QueueEvent;

/// <summary>A child left its place, which is reported free again, because an enrolment with the key gives it another.</summary>
public sealed record FormerPlaceLeft(int Place, Moment HandoverAt, Moment AvailableAt, CommandKey Key) : QueueEvent;

/// <summary>The kindergarten took the place back. Whoever held it has lost it.</summary>
public sealed record PlaceRevoked(int Place) : QueueEvent;

/// <summary>A place is held for an application.</summary>
/// <param name="Application">The application's registration number.</param>
/// <param name="Place">The place's registration number.</param>
/// <param name="Until">When it lapses.</param>
/// <param name="InPriority">The place was in priority access.</param>
/// <param name="Batch">The batch it belongs to, or null.</param>
public sealed record PlaceHeld(int Application, int Place, Moment Until, bool InPriority, Batch? Batch) : QueueEvent;

/// <summary>A half of a batch across queues is taken, pending until all halves are there. Which places it holds the next events say.</summary>
/// <param name="Key">The batch's key.</param>
/// <param name="Batch">All members in the order of the reservation.</param>
/// <param name="Leader">The queue that leads the batch.</param>
/// <param name="Kindergarten">The kindergarten.</param>
/// <param name="Until">When the batch ends.</param>
/// <param name="InWindow">Some member was in the window of its queue.</param>
public sealed record TwinsBegun(CommandKey Key, Batch Batch, QueueKey Leader, string Kindergarten, Moment Until, bool InWindow) : QueueEvent;

/// <summary>All halves of the batch are there.</summary>
/// <param name="Key">The batch's key.</param>
/// <param name="EndsAlone">Each half lapses by itself, as no confirmation can be on its way when the end comes.</param>
public sealed record TwinsHeld(CommandKey Key, bool EndsAlone) : QueueEvent;

/// <summary>The batch is undone: the half's places are available again at once, and nothing is counted.</summary>
public sealed record TwinsUndone(CommandKey Key) : QueueEvent;

/// <summary>The leader decided the batch's end: confirmed, dropped or lapsed. What becomes of its own members the other events say.</summary>
public sealed record TwinsDecided(CommandKey Key, TwinState State) : QueueEvent;

/// <summary>Another queue of the batch has its end.</summary>
public sealed record TwinsSettled(CommandKey Key, QueueKey Other) : QueueEvent;

/// <summary>A reservation ended without a referral and its place returns.</summary>
/// <param name="Application">The application's registration number.</param>
/// <param name="AvailableAt">When the place can be taken again.</param>
/// <param name="CountedOn">The local date on which it counts as lapsed or dropped, or null when it does not count.</param>
public sealed record ReservationEnded(int Application, Moment AvailableAt, LocalDate? CountedOn) : QueueEvent;

/// <summary>A reservation became a referral; the application left the order.</summary>
/// <param name="Application">The application's registration number.</param>
/// <param name="Number">The referral's number.</param>
/// <param name="At">Instant of issue.</param>
/// <param name="On">Local date of issue.</param>
/// <param name="LastValid">The last date on which it can be used.</param>
/// <param name="Until">The instant from which it no longer can.</param>
/// <param name="Verified">False while staff must confirm the benefit against the originals.</param>
/// <param name="Phase">The pattern's phase afterwards.</param>
public sealed record ReferralIssued(
    int Application,
    string Number,
    Moment At,
    LocalDate On,
    LocalDate LastValid,
    Moment Until,
    bool Verified,
    int Phase) : QueueEvent;

/// <summary>A referral's last valid date moved.</summary>
public sealed record ReferralExtended(int Application, LocalDate LastValid, Moment Until) : QueueEvent;

/// <summary>Staff confirmed the benefit.</summary>
public sealed record ReferralVerified(int Application) : QueueEvent;

/// <summary>A referral ended unused and its place returns; where the application goes is the next event.</summary>
/// <param name="Application">The application's registration number.</param>
/// <param name="AvailableAt">When the place can be taken again.</param>
/// <param name="Missed">True when it expired.</param>
/// <param name="Undone">True when the kindergarten refused the child: the referral counts towards no limit.</param>
/// <param name="GivenUpOn">
/// The local date on which the place counts for the window all the same, because it was reserved in priority access and the referral was cancelled on the
/// date of its issue; else null.
/// </param>
public sealed record ReferralAnnulled(int Application, Moment AvailableAt, bool Missed, bool Undone, LocalDate? GivenUpOn) : QueueEvent;

/// <summary>The child is about to be enrolled by the command with the key: its referral no longer expires.</summary>
public sealed record EnrolmentPrepared(int Application, CommandKey Key) : QueueEvent;

/// <summary>The child has its place; the application is archived.</summary>
/// <param name="Application">The application's registration number.</param>
/// <param name="Key">The key of the enrolment; of one made before keys were noted, none.</param>
/// <param name="Left">The place that the child left for it, or null.</param>
public sealed record ReferralUsed(int Application, CommandKey Key, string? Left) : QueueEvent;
