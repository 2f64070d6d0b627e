using EOrda.Queues.Names;

namespace EOrda.Queues.Steps;

/// <summary>Decide a command about one application, a place or the queue itself.</summary>
/// <param name="Key">The command's key.</param>
/// <param name="Queue">The queue.</param>
/// <param name="Command">The command.</param>
/// <param name="IsPlaceElsewhere">For a reservation whose place is not of this queue: whether another queue has it; null when nobody has asked yet.</param>
public sealed record DecideCommand(CommandKey Key, QueueKey Queue, Command Command, bool? IsPlaceElsewhere = null) : QueueStep(Key, Queue)
{
    /// <inheritdoc/>
    public override ProcessStep WithoutReplies() => IsPlaceElsewhere is null ? this : this with { IsPlaceElsewhere = null };
}

/// <summary>The place named is not of this queue: whether it is of another the register knows.</summary>
public sealed record PlaceNotHere : Reply;

/// <summary>Is an application, by its registration number, still active?</summary>
public sealed record TellWhetherActive(CommandKey Key, QueueKey Queue, int Application) : QueueStep(Key, Queue);

/// <summary>Whether an application is active. One that is not never becomes active again.</summary>
public sealed record Activity(bool IsActive) : Reply;

/// <summary>File an application whose identifier is claimed.</summary>
/// <param name="Key">The filing's key.</param>
/// <param name="Queue">The queue.</param>
/// <param name="Submit">The filing.</param>
/// <param name="OtherIsActive">True when the child has another active application of the kind.</param>
public sealed record FileApplication(CommandKey Key, QueueKey Queue, Submit Submit, bool OtherIsActive) : QueueStep(Key, Queue)
{
    /// <inheritdoc/>
    public override string Part => $"{Submit.Application} {Submit.Child}";

    /// <inheritdoc/>
    public override ProcessStep WithoutReplies() => this with { OtherIsActive = false };
}

/// <summary>The application was filed under a registration number.</summary>
public sealed record ApplicationFiled(int Application, Standing Standing) : Reply;

/// <summary>Report a place free whose identifier is claimed.</summary>
public sealed record ReportPlace(CommandKey Key, QueueKey Queue, string Place, string Kindergarten) : QueueStep(Key, Queue);

/// <summary>Prepare an enrolment: from now on it goes forward, and other commands on the application are busy.</summary>
public sealed record PrepareEnrolment(CommandKey Key, QueueKey Queue, string Application) : QueueStep(Key, Queue);

/// <summary>The enrolment of a child is prepared.</summary>
public sealed record EnrolmentReady(string Child, int Application) : Reply;

/// <summary>Have a child leave the place that it holds on an application, by its registration number, if it still does.</summary>
public sealed record LeaveFormerPlace(CommandKey Key, QueueKey Queue, int Application) : QueueStep(Key, Queue);

/// <summary>The place that was left, or null when none was held any more.</summary>
public sealed record FormerPlace(string? Place) : Reply;

/// <summary>Enrol a child whose enrolment is prepared.</summary>
/// <param name="Key">The enrolment's key.</param>
/// <param name="Queue">The queue.</param>
/// <param name="Application">The application.</param>
/// <param name="Left">The place that the child left for it, or null.</param>
public sealed record CompleteEnrolment(CommandKey Key, QueueKey Queue, string Application, string? Left) : QueueStep(Key, Queue)
{
    /// <inheritdoc/>
    public override ProcessStep WithoutReplies() => this with { Left = null };
}
