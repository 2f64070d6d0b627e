using Akka.Actor;

namespace EOrda.Actors.Routing;

/// <summary>Who waits for a reply, and which of the requests under way it is for.</summary>
/// <param name="ReplyTo">The courier of the node that asks.</param>
/// <param name="Number">The request's number there; never used twice.</param>
internal readonly record struct Request(IActorRef ReplyTo, long Number);

/// <summary>A message that somebody waits for a reply to.</summary>
internal interface IRequest
{
    /// <summary>Who waits.</summary>
    Request Request { get; }
}

/// <summary>A reply to one request.</summary>
/// <param name="Number">The request's number.</param>
/// <param name="Content">What was asked for, or a <see cref="RequestFailure"/>.</param>
internal readonly record struct Reply(long Number, object Content);

/// <summary>Replies of one entity to one node, sent together.</summary>
internal sealed record Replies(IReadOnlyList<Reply> All) : IWireMessage;

/// <summary>Why there is no answer.</summary>
internal enum FailureKind
{
    /// <summary>A bound is reached; nothing was decided.</summary>
    Busy,

    /// <summary>The database said that it stored nothing; nothing has changed.</summary>
    NotRecorded,

    /// <summary>It may have taken effect; the same key tells.</summary>
    OutcomeUnknown,

    /// <summary>The key was used with another command.</summary>
    KeyReused,
}

/// <summary>A reply that is no answer.</summary>
/// <param name="Kind">Why.</param>
/// <param name="RetryAfter">After how long it is worth asking again.</param>
/// <param name="What">What is wrong, for logs.</param>
internal sealed record RequestFailure(FailureKind Kind, TimeSpan RetryAfter, string What)
{
    /// <summary>The key was used with another command: asking again does not help.</summary>
    public static readonly RequestFailure KeyReused = new(FailureKind.KeyReused, TimeSpan.Zero, "The key was used before with a different command.");

    /// <summary>The exception that callers of the door see.</summary>
    public Exception ToException() => Kind switch
    {
        FailureKind.Busy => new BusyException(What, RetryAfter),
        FailureKind.NotRecorded => new NotRecordedException(What, RetryAfter),
        FailureKind.KeyReused => new KeyReusedException(),
        _ => new OutcomeUnknownException(What),
    };
}
