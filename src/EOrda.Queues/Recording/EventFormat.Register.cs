using EOrda.Queues.Applications;
using EOrda.Queues.Country;
using EOrda.Queues.Names;

namespace EOrda.Queues.Recording;

public static partial class EventFormat
{
    /// <summary>Writes a register's event.</summary>
    public static void Write(ByteWriter to, RegisterEvent noted)
    {
        switch (noted)
        {
            case ApplicationClaimed e:
                to.Byte(13);
                to.Text(e.Application);
                to.Queue(e.Queue);
                to.Text(e.Child);
                to.Key(e.Key);
                break;
            case ApplicationGivenBack e:
                to.Byte(6);
                to.Text(e.Application);
                break;
            case ApplicationRegistered e:
                to.Byte(7);
                to.Text(e.Application);
                to.Queue(e.Queue);
                to.Key(e.Key);
                break;
            case PlaceClaimed e:
                to.Byte(8);
                to.Text(e.Place);
                to.Text(e.Kindergarten);
                to.Queue(e.Queue);
                to.Key(e.Key);
                break;
            case PlaceRegistered e:
                to.Byte(9);
                to.Text(e.Place);
                to.Queue(e.Queue);
                to.Key(e.Key);
                break;
            case FilingBegun e:
                to.Byte(10);
                WriteFiling(to, e.Submit);
                to.Queue(e.Queue);
                to.Key(e.Key);
                break;
            case FilingEnded e:
                to.Byte(11);
                to.Text(e.Child);
                to.Byte((byte)e.Kind);
                break;
            case ChildFiled e:
                to.Byte(3);
                to.Text(e.Child);
                to.Queue(e.Queue);
                to.Count(e.Application);
                break;
            case ChildPlaced e:
                to.Byte(12);
                to.Text(e.Child);
                to.Queue(e.Queue);
                to.Count(e.Application);
                to.Key(e.Key);
                to.Flag(e.Former is not null);
                if (e.Former is { } former)
                {
                    to.Queue(former.Queue);
                    to.Count(former.Application);
                }

                break;
            default:
                throw new ArgumentException($"No format for {noted.GetType().Name}.", nameof(noted));
        }
    }

    /// <summary>Reads a register's event.</summary>
    /// <exception cref="InvalidDataException">The bytes are none.</exception>
    public static RegisterEvent ReadRegisterEvent(ref ByteReader from)
    {
        var tag = from.Byte();
        return tag switch
        {
            1 => new ApplicationRegistered(from.Text(), from.Queue(), Key: default),
            2 => new PlaceRegistered(from.Text(), from.Queue(), Key: default),
            3 => new ChildFiled(from.Text(), from.Queue(), from.Index()),
            4 => new ChildPlaced(from.Text(), from.Queue(), from.Index(), Key: default, Former: null),
            5 => new ApplicationClaimed(from.Text(), from.Queue(), Child: "", from.Key()),
            6 => new ApplicationGivenBack(from.Text()),
            7 => new ApplicationRegistered(from.Text(), from.Queue(), from.Key()),
            8 => new PlaceClaimed(from.Text(), from.Text(), from.Queue(), from.Key()),
            9 => new PlaceRegistered(from.Text(), from.Queue(), from.Key()),
            10 => new FilingBegun(ReadFiling(ref from), from.Queue(), from.Key()),
            11 => new FilingEnded(from.Text(), from.Member<Kind>()),
            12 => new ChildPlaced(from.Text(), from.Queue(), from.Index(), from.Key(), from.Flag() ? new ApplicationPointer(from.Queue(), from.Index()) : null),
            13 => new ApplicationClaimed(from.Text(), from.Queue(), from.Text(), from.Key()),
            _ => throw new InvalidDataException($"No event of a register has the tag {tag}."),
        };
    }

    /// <summary>Writes a filing as it was asked for.</summary>
    internal static void WriteFiling(ByteWriter to, Submit submit)
    {
        to.Text(submit.Queue);
        to.Text(submit.Application);
        to.Text(submit.Child);
        to.Date(submit.Born);
        to.Text(submit.Applicant);
        to.Byte((byte)submit.Category);
        to.Flag(submit.Submitted is not null);
        if (submit.Submitted is { } submitted)
        {
            to.Moment(submitted);
        }

        to.Flag(submit.UnderReview);
    }

    /// <summary>Reads a filing as it was asked for.</summary>
    internal static Submit ReadFiling(ref ByteReader from) => new(
        from.Text(),
        from.Text(),
        from.Text(),
        from.Date(),
        from.Text(),
        from.Member<Category>(),
        from.Flag() ? from.Moment() : null,
        from.Flag());
}
