using EOrda.Actors.Country;
using EOrda.Actors.Live;
using EOrda.Actors.Queries;
using EOrda.Actors.Routing;
using EOrda.Queues;
using EOrda.Queues.Recording;
using StepReply = EOrda.Queues.Steps.Reply;

namespace EOrda.Actors.Wire;

/// <summary>Replies to requests: each with its request's number, a tag that names the kind of content, and the content. A tag's meaning never changes.</summary>
internal static class ReplyContents
{
    /// <summary>Writes replies.</summary>
    public static void Write(ByteWriter to, Replies replies)
    {
        to.Count(replies.All.Count);
        foreach (var reply in replies.All)
        {
            to.Number(reply.Number);
            Write(to, reply.Content);
        }
    }

    /// <summary>Reads replies.</summary>
    /// <exception cref="InvalidDataException">The bytes are none.</exception>
    public static Replies Read(ref ByteReader from)
    {
        var replies = new Reply[from.ItemCount()];
        for (var i = 0; i < replies.Length; i++)
        {
            replies[i] = new Reply(from.Number(), ReadContent(ref from));
        }

        return new Replies(replies);
    }

    /// <summary>Writes why there is no answer.</summary>
    public static void Write(ByteWriter to, RequestFailure failure)
    {
        to.Byte((byte)failure.Kind);
        to.Count((long)failure.RetryAfter.TotalMilliseconds);
        to.Text(failure.What);
    }

    /// <summary>Reads why there is no answer.</summary>
    /// <exception cref="InvalidDataException">The bytes are none.</exception>
    public static RequestFailure ReadFailure(ref ByteReader from) =>
        new(from.Member<FailureKind>(), TimeSpan.FromMilliseconds(from.Index()), from.Text());

    private static void Write(ByteWriter to, object content)
    {
        switch (content)
        {
            case Answer c:
                to.Byte(1);
                AnswerFormat.Write(to, c);
                break;
            case StepReply c:
                to.Byte(2);
                ReplyFormat.Write(to, c);
                break;
            case RequestFailure c:
                to.Byte(4);
                Write(to, c);
                break;
            case HorizonTold c:
                to.Byte(5);
                CountryFormats.Write(to, c);
                break;
            case LocalitiesChanged c:
                to.Byte(6);
                to.Count(c.Version);
                break;
            case QueueIsNoted c:
                to.Byte(7);
                to.Flag(c.IsKnown);
                break;
            case RestNoted:
                to.Byte(8);
                break;
            default:
                to.Byte(3);
                QueryReplyFormat.Write(to, content);
                break;
        }
    }

    private static object ReadContent(ref ByteReader from)
    {
        var tag = from.Byte();
        return tag switch
        {
            1 => AnswerFormat.Read(ref from),
            2 => ReplyFormat.Read(ref from),
            3 => QueryReplyFormat.Read(ref from),
            4 => ReadFailure(ref from),
            5 => CountryFormats.ReadHorizon(ref from),
            6 => new LocalitiesChanged(from.Index()),
            7 => new QueueIsNoted(from.Flag()),
            8 => RestNoted.Done,
            _ => throw new InvalidDataException($"No content of a reply has the tag {tag}."),
        };
    }
}
