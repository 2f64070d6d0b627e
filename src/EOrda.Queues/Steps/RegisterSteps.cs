using EOrda.Queues.Names;

namespace EOrda.Queues.Steps;

/// <summary>Which queue is the application of?</summary>
public sealed record FindApplication(CommandKey Key, string Application) : RegisterStep(Key, Application)
{
    /// <inheritdoc/>
    public override bool OnlyLooks => true;
}

/// <summary>Which queue is the place of?</summary>
public sealed record FindPlace(CommandKey Key, string Place) : RegisterStep(Key, Place)
{
    /// <inheritdoc/>
    public override bool OnlyLooks => true;
}

/// <summary>The queue of an application or place, or null when the register has none.</summary>
public sealed record QueueFound(QueueKey? Queue) : Reply;

/// <summary>Begin a filing at the child's register: one at a time a child and kind.</summary>
public sealed record BeginFiling(CommandKey Key, Submit Submit, QueueKey Queue) : RegisterStep(Key, Submit.Child);

/// <summary>The filing has begun; the application filed last for the child in the kind, or null.</summary>
public sealed record FilingBegan(ApplicationPointer? Last) : Reply;

/// <summary>End a filing: the child's last application is the one given, or with null stays what it was.</summary>
public sealed record EndFiling(CommandKey Key, string Child, Kind Kind, ApplicationPointer? Filed) : RegisterStep(Key, Child)
{
    /// <inheritdoc/>
    public override ProcessStep WithoutReplies() => this with { Filed = null };
}

/// <summary>Claim an application's identifier for a queue and child. Refused as a duplicate when another has it, or the same command for another queue.</summary>
public sealed record ClaimApplication(CommandKey Key, string Application, QueueKey Queue, string Child) : RegisterStep(Key, Application)
{
    /// <inheritdoc/>
    public override string Part => $"{Queue} {Child}";
}

/// <summary>Keep the identifier: the application was filed.</summary>
public sealed record KeepApplication(CommandKey Key, string Application) : RegisterStep(Key, Application);

/// <summary>Give the identifier back: the filing was refused.</summary>
public sealed record GiveApplicationBack(CommandKey Key, string Application) : RegisterStep(Key, Application);

/// <summary>Claim a place's identifier for a queue. Refused as a duplicate when another has it, or the same command for another queue.</summary>
public sealed record ClaimPlace(CommandKey Key, string Place, string Kindergarten, QueueKey Queue) : RegisterStep(Key, Place)
{
    /// <summary>One command can ask for two queues: on 1 June an age is another cohort's.</summary>
    public override string Part => Queue.ToString();
}

/// <summary>Keep the identifier: the place was reported.</summary>
public sealed record KeepPlace(CommandKey Key, string Place) : RegisterStep(Key, Place);

/// <summary>Note at the child's register that the child is about to be enrolled on an application, and tell where it was enrolled before in the kind.</summary>
public sealed record PlaceChild(CommandKey Key, string Child, ApplicationPointer Application) : RegisterStep(Key, Child);

/// <summary>The application on which the child was enrolled last in the kind, or null.</summary>
public sealed record FormerFound(ApplicationPointer? Former) : Reply;
