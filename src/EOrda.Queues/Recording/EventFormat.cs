using EOrda.Queues.Applications;
using EOrda.Queues.Country;
using EOrda.Queues.Names;
using EOrda.Queues.Order;
using EOrda.Queues.Time;
using EOrda.Queues.Twins;
using NodaTime;

namespace EOrda.Queues.Recording;

/// <summary>
/// Events as bytes: a tag, then the fields in a fixed order.
/// The rule for changing it: a tag's meaning never changes and no tag is used again. An event that needs other fields gets a new tag;
/// the old tag goes on being read, into the new event with what the old one meant. Nothing that was written is ever rewritten.
/// </summary>
public static partial class EventFormat
{
    /// <summary>Writes a queue's event.</summary>
    public static void Write(ByteWriter to, QueueEvent happened)
    {
        switch (happened)
        {
            case PlaceHeld e:
                to.Byte(1);
                to.Count(e.Application);
                to.Count(e.Place);
                to.Moment(e.Until);
                to.Flag(e.InPriority);
                WriteBatch(to, e.Batch);
                break;
            case ReservationEnded e:
                to.Byte(2);
                to.Count(e.Application);
                to.Moment(e.AvailableAt);
                WriteDate(to, e.CountedOn);
                break;
            case ReferralIssued e:
                to.Byte(3);
                to.Count(e.Application);
                to.Text(e.Number);
                to.Moment(e.At);
                to.Date(e.On);
                to.Date(e.LastValid);
                to.Moment(e.Until);
                to.Flag(e.Verified);
                to.Count(e.Phase);
                break;
            case ApplicationSubmitted e:
                to.Byte(25);
                to.Text(e.Application);
                to.Text(e.Child);
                to.Text(e.Applicant);
                to.Date(e.Born);
                to.Byte((byte)e.Category);
                to.Moment(e.Submitted);
                to.Flag(e.UnderReview);
                to.Date(e.ValidThrough);
                to.Key(e.Key);
                break;
            case ApplicationEntered e:
                to.Byte(5);
                to.Count(e.Application);
                to.Byte((byte)e.Why);
                break;
            case CategoryChanged e:
                to.Byte(6);
                to.Count(e.Application);
                to.Byte((byte)e.Category);
                break;
            case ApplicationProlonged e:
                to.Byte(7);
                to.Count(e.Application);
                to.Date(e.ValidThrough);
                break;
            case ValidityExtended e:
                to.Byte(8);
                to.Count(e.Application);
                to.Date(e.ValidThrough);
                break;
            case ApplicationStopListed e:
                to.Byte(9);
                to.Count(e.Application);
                to.Byte((byte)e.Cause);
                to.Date(e.On);
                to.Moment(e.Until);
                break;
            case ApplicationReturning e:
                to.Byte(10);
                to.Count(e.Application);
                to.Moment(e.Until);
                break;
            case ApplicationArchived e:
                to.Byte(11);
                to.Count(e.Application);
                to.Byte((byte)e.Cause);
                break;
            case PlaceReported e:
                to.Byte(26);
                to.Text(e.Place);
                to.Text(e.Kindergarten);
                to.Moment(e.HandoverAt);
                to.Moment(e.AvailableAt);
                to.Key(e.Key);
                break;
            case PlaceReportedAgain e:
                to.Byte(13);
                to.Count(e.Place);
                to.Moment(e.HandoverAt);
                to.Moment(e.AvailableAt);
                break;
            case PlaceLocked e:
                to.Byte(14);
                to.Count(e.Place);
                break;
            case PlaceReleased e:
                to.Byte(15);
                to.Count(e.Place);
                to.Moment(e.PriorityEnd);
                break;
            case PlaceRevoked e:
                to.Byte(16);
                to.Count(e.Place);
                break;
            case ReferralExtended e:
                to.Byte(17);
                to.Count(e.Application);
                to.Date(e.LastValid);
                to.Moment(e.Until);
                break;
            case ReferralVerified e:
                to.Byte(18);
                to.Count(e.Application);
                break;
            case ReferralAnnulled e:
                to.Byte(22);
                to.Count(e.Application);
                to.Moment(e.AvailableAt);
                to.Flag(e.Missed);
                to.Flag(e.Undone);
                WriteDate(to, e.GivenUpOn);
                break;
            case ReferralUsed e:
                to.Byte(27);
                to.Count(e.Application);
                to.Key(e.Key);
                to.OptionalText(e.Left);
                break;
            case RulesAdopted e:
                to.Byte(21);
                RulesFormat.Write(to, e.Rules);
                break;
            case ApplicationTransferred e:
                to.Byte(23);
                to.Count(e.Application);
                to.Text(e.Applicant);
                break;
            case BirthDateCorrected e:
                to.Byte(24);
                to.Count(e.Application);
                to.Date(e.Born);
                break;
            case FormerPlaceLeft e:
                to.Byte(28);
                to.Count(e.Place);
                to.Moment(e.HandoverAt);
                to.Moment(e.AvailableAt);
                to.Key(e.Key);
                break;
            case EnrolmentPrepared e:
                to.Byte(29);
                to.Count(e.Application);
                to.Key(e.Key);
                break;
            case TwinsBegun e:
                to.Byte(30);
                to.Key(e.Key);
                WriteBatch(to, e.Batch);
                to.Queue(e.Leader);
                to.Text(e.Kindergarten);
                to.Moment(e.Until);
                to.Flag(e.InWindow);
                break;
            case TwinsHeld e:
                to.Byte(31);
                to.Key(e.Key);
                to.Flag(e.EndsAlone);
                break;
            case TwinsUndone e:
                to.Byte(32);
                to.Key(e.Key);
                break;
            case TwinsDecided e:
                to.Byte(33);
                to.Key(e.Key);
                to.Byte((byte)e.State);
                break;
            case TwinsSettled e:
                to.Byte(34);
                to.Key(e.Key);
                to.Queue(e.Other);
                break;
            default:
                throw new ArgumentException($"No format for {happened.GetType().Name}.", nameof(happened));
        }
    }

    /// <summary>Reads a queue's event.</summary>
    /// <exception cref="InvalidDataException">The bytes are none.</exception>
    public static QueueEvent ReadQueueEvent(ref ByteReader from)
    {
        var tag = from.Byte();
        return tag switch
        {
            1 => new PlaceHeld(from.Index(), from.Index(), from.Moment(), from.Flag(), ReadBatch(ref from)),
            2 => new ReservationEnded(from.Index(), from.Moment(), ReadDate(ref from)),
            3 => new ReferralIssued(from.Index(), from.Text(), from.Moment(), from.Date(), from.Date(), from.Moment(), from.Flag(), from.Index()),
            4 => new ApplicationSubmitted(from.Text(), from.Text(), from.Text(), from.Date(), from.Member<Category>(), from.Moment(), from.Flag(), from.Date(), Key: default),
            5 => new ApplicationEntered(from.Index(), from.Member<PositionCause>()),
            6 => new CategoryChanged(from.Index(), from.Member<Category>()),
            7 => new ApplicationProlonged(from.Index(), from.Date()),
            8 => new ValidityExtended(from.Index(), from.Date()),
            9 => new ApplicationStopListed(from.Index(), from.Member<Cause>(), from.Date(), from.Moment()),
            10 => new ApplicationReturning(from.Index(), from.Moment()),
            11 => new ApplicationArchived(from.Index(), from.Member<Cause>()),
            12 => new PlaceReported(from.Text(), from.Text(), from.Moment(), from.Moment(), Key: default),
            13 => new PlaceReportedAgain(from.Index(), from.Moment(), from.Moment()),
            14 => new PlaceLocked(from.Index()),
            15 => new PlaceReleased(from.Index(), from.Moment()),
            16 => new PlaceRevoked(from.Index()),
            17 => new ReferralExtended(from.Index(), from.Date(), from.Moment()),
            18 => new ReferralVerified(from.Index()),
            19 => new ReferralAnnulled(from.Index(), from.Moment(), from.Flag(), Undone: false, GivenUpOn: null),
            20 => new ReferralUsed(from.Index(), Key: default, Left: null),
            21 => new RulesAdopted(RulesFormat.Read(ref from)),
            22 => new ReferralAnnulled(from.Index(), from.Moment(), from.Flag(), from.Flag(), ReadDate(ref from)),
            23 => new ApplicationTransferred(from.Index(), from.Text()),
            24 => new BirthDateCorrected(from.Index(), from.Date()),
            25 => new ApplicationSubmitted(from.Text(), from.Text(), from.Text(), from.Date(), from.Member<Category>(), from.Moment(), from.Flag(), from.Date(), from.Key()),
            26 => new PlaceReported(from.Text(), from.Text(), from.Moment(), from.Moment(), from.Key()),
            27 => new ReferralUsed(from.Index(), from.Key(), from.OptionalText()),
            28 => new FormerPlaceLeft(from.Index(), from.Moment(), from.Moment(), from.Key()),
            29 => new EnrolmentPrepared(from.Index(), from.Key()),
            30 => new TwinsBegun(from.Key(), ReadSomeBatch(ref from), from.Queue(), from.Text(), from.Moment(), from.Flag()),
            31 => new TwinsHeld(from.Key(), from.Flag()),
            32 => new TwinsUndone(from.Key()),
            33 => new TwinsDecided(from.Key(), from.Member<TwinState>()),
            34 => new TwinsSettled(from.Key(), from.Queue()),
            _ => throw new InvalidDataException($"No event of a queue has the tag {tag}."),
        };
    }

    /// <summary>Writes an event of the localities.</summary>
    public static void Write(ByteWriter to, LocalityEvent happened)
    {
        switch (happened)
        {
            case RulesSet e:
                to.Byte(3);
                to.Text(e.Locality);
                RulesFormat.Write(to, e.Rules);
                to.Moment(e.NotBefore);
                break;
            case KindergartenRegistered e:
                to.Byte(2);
                to.Text(e.Kindergarten);
                to.Text(e.Locality);
                to.Byte((byte)e.Kind);
                break;
            case QueueNoted e:
                to.Byte(4);
                to.Queue(e.Queue);
                break;
            case HorizonPromised e:
                to.Byte(5);
                to.Moment(e.Until);
                break;
            default:
                throw new ArgumentException($"No format for {happened.GetType().Name}.", nameof(happened));
        }
    }

    /// <summary>Reads an event of the localities.</summary>
    /// <exception cref="InvalidDataException">The bytes are none.</exception>
    public static LocalityEvent ReadLocalityEvent(ref ByteReader from)
    {
        var tag = from.Byte();
        return tag switch
        {
            1 => new RulesSet(from.Text(), RulesFormat.Read(ref from), Moment.Beginning),
            2 => new KindergartenRegistered(from.Text(), from.Text(), from.Member<Kind>()),
            3 => new RulesSet(from.Text(), RulesFormat.Read(ref from), from.Moment()),
            4 => new QueueNoted(from.Queue()),
            5 => new HorizonPromised(from.Moment()),
            _ => throw new InvalidDataException($"No event of the localities has the tag {tag}."),
        };
    }

    private static void WriteDate(ByteWriter to, LocalDate? date)
    {
        to.Flag(date is not null);
        if (date is { } given)
        {
            to.Date(given);
        }
    }

    private static LocalDate? ReadDate(ref ByteReader from) => from.Flag() ? from.Date() : null;

    internal static void WriteBatch(ByteWriter to, Batch? batch)
    {
        to.OptionalText(batch?.Id);
        if (batch is null)
        {
            return;
        }

        to.Count(batch.Members.Count);
        foreach (var member in batch.Members)
        {
            to.Queue(member.Queue);
            to.Text(member.Application);
        }
    }

    internal static Batch ReadSomeBatch(ref ByteReader from) => ReadBatch(ref from) ?? throw new InvalidDataException("A batch is missing.");

    internal static Batch? ReadBatch(ref ByteReader from)
    {
        if (from.OptionalText() is not { } id)
        {
            return null;
        }

        var members = new BatchMember[from.ItemCount()];
        for (var i = 0; i < members.Length; i++)
        {
            members[i] = new BatchMember(from.Queue(), from.Text());
        }

        return members.Length > 0 ? new Batch(id, members) : throw new InvalidDataException("A batch without members.");
    }
}
