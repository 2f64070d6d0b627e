using EOrda.Identifiers;
using EOrda.Queues.Time;

namespace EOrda.Integrations.Registers;

/// <summary>What a register said.</summary>
public enum RegisterOutcome
{
    /// <summary>It has what was asked for.</summary>
    Found,

    /// <summary>It answered, and has nothing.</summary>
    NotFound,

    /// <summary>It did not answer, or not so that it could be read. Nothing is known; ask again later (portal, P3).</summary>
    NotAnswered,
}

/// <summary>What a register said, and the record of it to keep with the application (portal, P4).</summary>
/// <typeparam name="T">What it knows.</typeparam>
/// <param name="Inquiry">What was asked and answered, and when.</param>
/// <param name="Answer">The answer where it was found, else null.</param>
public sealed record RegisterReply<T>(RegisterInquiry Inquiry, T? Answer)
    where T : class
{
    /// <summary>What the register said.</summary>
    public RegisterOutcome Outcome => Inquiry.Outcome;
}

/// <summary>What was asked of a register and what it answered.</summary>
/// <param name="Register">The register's word, for example <c>persons</c>.</param>
/// <param name="Question">The question's word, for example <c>parents</c>.</param>
/// <param name="About">Whom it was about.</param>
/// <param name="AskedAt">When it was asked.</param>
/// <param name="AnsweredAt">When it answered, or was given up.</param>
/// <param name="Outcome">What it said.</param>
/// <param name="Fault">Where it did not answer: a code such as <c>time-out</c> or <c>http-503</c>, without anything of the person; else null.</param>
/// <param name="Answer">The answer as JSON where it was found, else null. It is personal data.</param>
public sealed record RegisterInquiry(
    string Register,
    string Question,
    Iin About,
    Moment AskedAt,
    Moment AnsweredAt,
    RegisterOutcome Outcome,
    string? Fault,
    string? Answer)
{
    /// <summary>The register, the question and the outcome; nothing of the person.</summary>
    public override string ToString() => $"{Register}/{Question}: {Outcome}{(Fault is null ? "" : $", {Fault}")}";
}
