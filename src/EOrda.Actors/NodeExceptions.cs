namespace EOrda.Actors;

/// <summary>A bound is reached. Nothing was decided; try again later.</summary>
public sealed class BusyException(string message, TimeSpan retryAfter) : Exception(message)
{
    /// <summary>After how long it is worth trying again.</summary>
    public TimeSpan RetryAfter { get; } = retryAfter;
}

/// <summary>The disk did not take the decision (full, read-only, failing). Nothing has changed; ask again when it does.</summary>
public sealed class NotRecordedException(string message, TimeSpan retryAfter, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>After how long it is worth trying again.</summary>
    public TimeSpan RetryAfter { get; } = retryAfter;
}

/// <summary>The command failed in the middle and may or may not have taken effect. Asking again with the same key tells.</summary>
public class OutcomeUnknownException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>No reply came in time: the request may have been lost on its way, or its reply.</summary>
internal sealed class NoReplyException(string message) : OutcomeUnknownException(message);

/// <summary>The key was used before with a different command.</summary>
public sealed class KeyReusedException() : Exception("The key was used before with a different command.");
