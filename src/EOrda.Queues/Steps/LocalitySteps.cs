using EOrda.Queues.Names;

namespace EOrda.Queues.Steps;

/// <summary>Is the locality known?</summary>
public sealed record FindLocality(CommandKey Key, string Locality) : LocalityStep(Key)
{
    /// <inheritdoc/>
    public override bool OnlyLooks => true;
}

/// <summary>Whether a locality is known.</summary>
public sealed record LocalityFound(bool IsKnown) : Reply;

/// <summary>Which queue does a place of a kindergarten serve: the one named, or the one of the group's age (rules, section 5)?</summary>
public sealed record FindQueueOfPlace(CommandKey Key, string Kindergarten, string? Queue, int? Age) : LocalityStep(Key)
{
    /// <inheritdoc/>
    public override bool OnlyLooks => true;
}

/// <summary>The kindergarten is known; the queue that the place serves, or null when that is none of the kindergarten's.</summary>
public sealed record KindergartenFound(QueueKey? Queue) : Reply;

/// <summary>Which queues of the locality are there?</summary>
public sealed record FindQueues(CommandKey Key, string Locality) : LocalityStep(Key)
{
    /// <inheritdoc/>
    public override bool OnlyLooks => true;
}

/// <summary>The queues of a locality, or null when it is not known.</summary>
public sealed record QueuesFound(IReadOnlyList<QueueKey>? Queues) : Reply;

/// <summary>Decide a command about localities and kindergartens.</summary>
public sealed record ChangeLocalities(CommandKey Key, Command Command) : LocalityStep(Key);
