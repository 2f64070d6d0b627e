using EOrda.Queues.Steps;

namespace EOrda.Queues.Country;

/// <summary>How far a process is.</summary>
/// <param name="Ask">The step that is to be asked next; null at the end.</param>
/// <param name="Answer">
/// The command's answer, as soon as it stands; what is still to be asked then only carries it on. Null at the end where there is none: nothing was done,
/// and the command may be asked again with another key.
/// </param>
public sealed record Progress(ProcessStep? Ask, Answer? Answer)
{
    /// <summary>The end without an answer.</summary>
    public static readonly Progress Nothing = new(Ask: null, Answer: null);

    /// <summary>Asks a step before anything is decided.</summary>
    public static Progress Asking(ProcessStep step) => new(step, Answer: null);

    /// <summary>Ends with an answer.</summary>
    public static Progress Ended(Answer answer) => new(Ask: null, answer);

    /// <summary>Ends with a refusal.</summary>
    public static Progress Refused(Rules.Reason reason) => Ended(Refusal.For(reason));
}
