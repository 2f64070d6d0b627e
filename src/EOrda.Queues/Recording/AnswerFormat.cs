using EOrda.Queues.Applications;
using EOrda.Queues.Rules;

namespace EOrda.Queues.Recording;

/// <summary>Answers as bytes, under the rule of <see cref="EventFormat"/>. Reasons are written as their numbers: new ones are added at the end.</summary>
public static class AnswerFormat
{
    /// <summary>Writes an answer.</summary>
    public static void Write(ByteWriter to, Answer answer)
    {
        switch (answer)
        {
            case Refusal a:
                to.Byte(1);
                to.Byte((byte)a.Reason);
                break;
            case Done:
                to.Byte(2);
                break;
            case Standing a:
                to.Byte(3);
                to.Byte((byte)a.Status);
                to.Count(a.Position ?? 0);
                break;
            case ValidUntil a:
                to.Byte(4);
                to.Moment(a.Until);
                break;
            case CleanedUp a:
                to.Byte(5);
                WriteTexts(to, a.StopListed);
                break;
            case PlaceFreed a:
                to.Byte(6);
                to.Queue(a.Queue);
                to.Moment(a.AvailableAt);
                break;
            case PlacesReserved a:
                to.Byte(7);
                WriteTexts(to, a.Places);
                to.Moment(a.Until);
                break;
            case ReferralsGiven a:
                to.Byte(8);
                WriteReferrals(to, a.Referrals);
                break;
            case PlaceReturns a:
                to.Byte(9);
                to.Moment(a.AvailableAt);
                break;
            case ReferralCancelled a:
                to.Byte(10);
                to.Moment(a.ReturnsAt);
                to.Moment(a.AvailableAt);
                break;
            case ChildEnrolled a:
                to.Byte(11);
                to.OptionalText(a.Left);
                break;
            case PlaceLeft a:
                to.Byte(12);
                to.Text(a.Place);
                to.Moment(a.AvailableAt);
                break;
            default:
                throw new ArgumentException($"No format for {answer.GetType().Name}.", nameof(answer));
        }
    }

    /// <summary>Reads an answer.</summary>
    /// <exception cref="InvalidDataException">The bytes are none.</exception>
    public static Answer Read(ref ByteReader from)
    {
        var tag = from.Byte();
        return tag switch
        {
            1 => Refusal.For(from.Member<Reason>()),
            2 => Answer.Done,
            3 => new Standing(from.Member<Status>(), from.Index() is > 0 and var position ? position : null),
            4 => new ValidUntil(from.Moment()),
            5 => new CleanedUp(ReadTexts(ref from)),
            6 => new PlaceFreed(from.Queue(), from.Moment()),
            7 => new PlacesReserved(ReadTexts(ref from), from.Moment()),
            8 => new ReferralsGiven(ReadReferrals(ref from)),
            9 => new PlaceReturns(from.Moment()),
            10 => new ReferralCancelled(from.Moment(), from.Moment()),
            11 => new ChildEnrolled(from.OptionalText()),
            12 => new PlaceLeft(from.Text(), from.Moment()),
            _ => throw new InvalidDataException($"No answer has the tag {tag}."),
        };
    }

    private static void WriteTexts(ByteWriter to, IReadOnlyList<string> texts)
    {
        to.Count(texts.Count);
        for (var i = 0; i < texts.Count; i++)
        {
            to.Text(texts[i]);
        }
    }

    private static string[] ReadTexts(ref ByteReader from)
    {
        var texts = new string[from.ItemCount()];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = from.Text();
        }

        return texts;
    }

    /// <summary>Writes referrals, their number first.</summary>
    internal static void WriteReferrals(ByteWriter to, IReadOnlyList<ReferralGiven> referrals)
    {
        to.Count(referrals.Count);
        foreach (var referral in referrals)
        {
            to.Text(referral.Application);
            to.Text(referral.Referral);
            to.Moment(referral.ValidUntil);
        }
    }

    /// <summary>Reads referrals, their number first.</summary>
    internal static ReferralGiven[] ReadReferrals(ref ByteReader from)
    {
        var referrals = new ReferralGiven[from.ItemCount()];
        for (var i = 0; i < referrals.Length; i++)
        {
            referrals[i] = new ReferralGiven(from.Text(), from.Text(), from.Moment());
        }

        return referrals;
    }
}
