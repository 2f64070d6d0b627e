using EOrda.Accounts;

namespace EOrda.Portal.Problems;

/// <summary>The problems of accounts and of administration, by the reason words of <see cref="Reasons"/> and the portal's own.</summary>
internal static class StaffProblems
{
    /// <summary>The role of the session may not do this, or not here.</summary>
    public static readonly Problem Forbidden = new(Reasons.Forbidden, StatusCodes.Status403Forbidden);

    /// <summary>The command was not sent by a page of this portal.</summary>
    public static readonly Problem ForeignRequest = new("foreign-request", StatusCodes.Status403Forbidden);

    /// <summary>There is no such amendment to come.</summary>
    public static readonly Problem UnknownAmendment = new("unknown-amendment", StatusCodes.Status404NotFound);

    /// <summary>A locality has so many amendments to come already.</summary>
    public static readonly Problem TooManyAmendments = new("too-many-amendments", StatusCodes.Status409Conflict);

    /// <summary>The kindergarten is registered in another locality or with another kind.</summary>
    public static readonly Problem KindergartenElsewhere = new("kindergarten-elsewhere", StatusCodes.Status409Conflict);

    /// <summary>The database did not answer.</summary>
    public static readonly Problem Unavailable = new(Reasons.Unavailable, StatusCodes.Status503ServiceUnavailable);

    private static readonly Dictionary<string, Problem> ByWord = new Problem[]
    {
        Forbidden,
        Unavailable,
        Problem.Busy,
        new(Reasons.NoSession, StatusCodes.Status401Unauthorized),
        new(Reasons.SessionEnded, StatusCodes.Status401Unauthorized),
        new(Reasons.SessionEndedElsewhere, StatusCodes.Status401Unauthorized),
        new(Reasons.SessionExpired, StatusCodes.Status401Unauthorized),
        new(Reasons.WrongCredentials, StatusCodes.Status401Unauthorized),
        new(Reasons.Blocked, StatusCodes.Status403Forbidden),
        new(Reasons.UnknownPerson, StatusCodes.Status404NotFound),
        new(Reasons.EnrolmentInvalid, StatusCodes.Status409Conflict),
        new(Reasons.HasAdministrator, StatusCodes.Status409Conflict),
        new(Reasons.LastAdministrator, StatusCodes.Status409Conflict),
        new(Reasons.LoginTaken, StatusCodes.Status409Conflict),
        new(Reasons.BadLogin, StatusCodes.Status422UnprocessableEntity),
        new(Reasons.BadName, StatusCodes.Status422UnprocessableEntity),
        new(Reasons.BadReason, StatusCodes.Status422UnprocessableEntity),
        new(Reasons.BadScope, StatusCodes.Status422UnprocessableEntity),
        new(Reasons.BadUntil, StatusCodes.Status422UnprocessableEntity),
        new(Reasons.PasswordCommon, StatusCodes.Status422UnprocessableEntity),
        new(Reasons.PasswordLong, StatusCodes.Status422UnprocessableEntity),
        new(Reasons.PasswordShort, StatusCodes.Status422UnprocessableEntity),
        new(Reasons.Locked, StatusCodes.Status429TooManyRequests),
    }.ToDictionary(problem => problem.Word, StringComparer.Ordinal);

    /// <summary>All of them that are nobody else's.</summary>
    public static IEnumerable<Problem> All => ByWord.Values.Where(problem => problem != Problem.Busy).Concat([ForeignRequest, UnknownAmendment, TooManyAmendments, KindergartenElsewhere]);

    /// <summary>The problem of a refusal.</summary>
    public static Problem Of(Refusal refusal) => ByWord[refusal.Reason];

    /// <summary>The answer of a refusal.</summary>
    public static IResult Result(Refusal refusal) => new ProblemResult(Of(refusal), refusal.RetryAfter);
}
