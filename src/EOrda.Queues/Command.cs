using EOrda.Queues.Applications;
using EOrda.Queues.Names;
using EOrda.Queues.Rules;
using EOrda.Queues.Time;
using NodaTime;

namespace EOrda.Queues;

/// <summary>Something asked of the rules (docs/replay.md, "Commands"). Identifiers are the caller's own strings.</summary>
public abstract record Command;

/// <summary>Sets a locality up with its rules.</summary>
public sealed record SetRules(string Locality, RulesDraft Rules) : Command;

/// <summary>Changes a locality's rules from now on; what was already fixed keeps its instant (rules, section 10).</summary>
public sealed record AmendRules(string Locality, RulesDraft Changes) : Command;

/// <summary>Registers a kindergarten of a locality and kind.</summary>
public sealed record RegisterKindergarten(string Kindergarten, string Locality, Kind Kind) : Command;

/// <summary>Files an application at the end of a queue (rules, section 4).</summary>
/// <param name="Queue">The queue as it was written: locality, kind and cohort joined by slashes.</param>
/// <param name="Application">The application's identifier, unused so far.</param>
/// <param name="Child">The child's identifier.</param>
/// <param name="Born">The child's birth date.</param>
/// <param name="Applicant">The legal representative's identifier.</param>
/// <param name="Category">The category, taken as given; proof is the portal's matter.</param>
/// <param name="Submitted">An import's original instant, not after the command's; null for now.</param>
/// <param name="UnderReview">True when staff must look at it first.</param>
public sealed record Submit(
    string Queue,
    string Application,
    string Child,
    LocalDate Born,
    string Applicant,
    Category Category,
    Moment? Submitted,
    bool UnderReview) : Command;

/// <summary>Starts the yearly clean-up of a locality (rules, section 4).</summary>
public sealed record CleanUp(string Locality) : Command;

/// <summary>Reports a place free, for a queue or for a group's age in full years: one of the two is given (rules, section 5).</summary>
public sealed record FreePlace(string Place, string Kindergarten, string? Queue, int? Age) : Command;

/// <summary>Takes a place back in any state before enrolment (rules, section 5).</summary>
public sealed record RevokePlace(string Place) : Command;

/// <summary>Reserves places for a batch of siblings at one kindergarten, all or none (rules, section 9; 000: 15-25).</summary>
public sealed record ReserveBatch(IReadOnlyList<string> Applications, string Kindergarten) : Command;

/// <summary>Something asked on behalf of one application.</summary>
/// <param name="Application">The application's identifier.</param>
public abstract record ApplicationCommand(string Application) : Command
{
    /// <summary>True when it concerns all siblings in the application's batch.</summary>
    public virtual bool IsOfWholeBatch => false;
}

/// <summary>Staff's answer to an application under review.</summary>
public sealed record Review(string Application, bool Approve) : ApplicationCommand(Application);

/// <summary>Changes the category; the submission instant stays.</summary>
public sealed record ChangeCategory(string Application, Category Category) : ApplicationCommand(Application);

/// <summary>Passes the application to the child's other legal representative; its place in the queue stays (rules, section 4).</summary>
public sealed record Transfer(string Application, string Applicant) : ApplicationCommand(Application);

/// <summary>Corrects a birth date that was registered wrongly; the application's place in the queue stays (rules, section 4).</summary>
public sealed record Correct(string Application, LocalDate Born) : ApplicationCommand(Application);

/// <summary>Prolongs the application's validity from now.</summary>
public sealed record Prolong(string Application) : ApplicationCommand(Application);

/// <summary>Takes the application back.</summary>
public sealed record Withdraw(string Application) : ApplicationCommand(Application);

/// <summary>Reserves a named place, or the first suitable one of a kindergarten: one of the two is given (rules, section 6).</summary>
public sealed record Reserve(string Application, string? Place, string? Kindergarten) : ApplicationCommand(Application);

/// <summary>Turns a live reservation (and its whole batch) into referrals (rules, section 7).</summary>
public sealed record Confirm(string Application) : ApplicationCommand(Application)
{
    /// <inheritdoc/>
    public override bool IsOfWholeBatch => true;
}

/// <summary>Gives a live reservation (and its whole batch) up.</summary>
public sealed record Drop(string Application) : ApplicationCommand(Application)
{
    /// <inheritdoc/>
    public override bool IsOfWholeBatch => true;
}

/// <summary>Cancels a live referral within the time for it.</summary>
public sealed record Cancel(string Application) : ApplicationCommand(Application);

/// <summary>Extends a live referral, once, on its last valid date.</summary>
public sealed record Extend(string Application, int Days) : ApplicationCommand(Application);

/// <summary>Staff's answer on the originals of an out-of-turn benefit.</summary>
public sealed record Verify(string Application, bool Approve) : ApplicationCommand(Application);

/// <summary>The kindergarten enrols the child on a live, verified referral.</summary>
public sealed record Enrol(string Application) : ApplicationCommand(Application);

/// <summary>The kindergarten refuses the child with a reason.</summary>
public sealed record Refuse(string Application) : ApplicationCommand(Application);

/// <summary>An enrolled child leaves its place.</summary>
public sealed record Leave(string Application) : ApplicationCommand(Application);
