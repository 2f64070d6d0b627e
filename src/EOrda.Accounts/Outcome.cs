using System.Diagnostics.CodeAnalysis;

namespace EOrda.Accounts;

/// <summary>A method's reply: a value, or why there is none.</summary>
/// <typeparam name="T">The value.</typeparam>
public readonly record struct Outcome<T>
    where T : notnull
{
    private readonly T? value;

    private Outcome(T? value, Refusal? refusal)
    {
        this.value = value;
        Refusal = refusal;
    }

    /// <summary>Why there is no value, or null.</summary>
    public Refusal? Refusal { get; }

    /// <summary>True when there is a value.</summary>
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool IsGiven => Refusal is null;

    /// <summary>The value.</summary>
    /// <exception cref="InvalidOperationException">The method refused.</exception>
    public T Value => Refusal is null ? value! : throw new InvalidOperationException($"Refused: {Refusal.Reason}.");

    public static implicit operator Outcome<T>(T value) => new(value, null);

    public static implicit operator Outcome<T>(Refusal refusal) => new(default, refusal);
}

/// <summary>Why a method did not do what it was asked. Nothing has changed but what counts attempts.</summary>
/// <param name="Reason">A word of <see cref="Reasons"/>.</param>
/// <param name="RetryAfter">When asking again can help; null when waiting does not help.</param>
/// <param name="Text">The reason that a member of staff gave, for the person concerned; of blocks only.</param>
public sealed record Refusal(string Reason, TimeSpan? RetryAfter = null, string? Text = null);

/// <summary>Done, and there is nothing more to say.</summary>
public readonly record struct Done;

/// <summary>The reason words of refusals. Each is part of the contract with the pages.</summary>
public static class Reasons
{
    /// <summary>The account is blocked by an administrator (P2; 000: 20-18).</summary>
    public const string Blocked = "blocked";

    /// <summary>A bound of this node is reached; nothing was checked.</summary>
    public const string Busy = "busy";

    /// <summary>The key of the device is not a public key on P-256.</summary>
    public const string BadDeviceKey = "bad-device-key";

    /// <summary>No IIN: twelve digits with a date and a check digit.</summary>
    public const string BadIin = "bad-iin";

    /// <summary>A login has 3 to 64 of a–z, 0–9, dot, hyphen, underscore and @.</summary>
    public const string BadLogin = "bad-login";

    /// <summary>A name has 1 to 200 characters.</summary>
    public const string BadName = "bad-name";

    /// <summary>No mobile number that can be called from Kazakhstan.</summary>
    public const string BadPhone = "bad-phone";

    /// <summary>What a member of staff does needs a reason of 3 to 500 characters.</summary>
    public const string BadReason = "bad-reason";

    /// <summary>Not one to five roles of staff; or a role of a locality or kindergarten without its identifier as scope, or another with one.</summary>
    public const string BadScope = "bad-scope";

    /// <summary>A block ends in the future, at most six months ahead.</summary>
    public const string BadUntil = "bad-until";

    /// <summary>The link was used, replaced, or is older than its validity.</summary>
    public const string EnrolmentInvalid = "enrolment-invalid";

    /// <summary>The role of the session does not allow this.</summary>
    public const string Forbidden = "forbidden";

    /// <summary>There is an administrator who has enrolled: accounts are made by administrators.</summary>
    public const string HasAdministrator = "has-administrator";

    /// <summary>The person has an account already.</summary>
    public const string HasAccount = "has-account";

    /// <summary>The last administrator cannot be taken away.</summary>
    public const string LastAdministrator = "last-administrator";

    /// <summary>Three wrong attempts of this account and this device or address (P2; 000: 20-16, 20-17).</summary>
    public const string Locked = "locked";

    /// <summary>The login belongs to another account.</summary>
    public const string LoginTaken = "login-taken";

    /// <summary>There is no session of this token.</summary>
    public const string NoSession = "no-session";

    /// <summary>Too common to be a password.</summary>
    public const string PasswordCommon = "password-common";

    /// <summary>Longer than 128 characters.</summary>
    public const string PasswordLong = "password-long";

    /// <summary>The code was right, and the account has a password: another device needs both (P2; 000: 20-21).</summary>
    public const string PasswordNeeded = "password-needed";

    /// <summary>Shorter than 12 characters.</summary>
    public const string PasswordShort = "password-short";

    /// <summary>The number was changed less than 40 days ago (P2; 000: 20-13).</summary>
    public const string PhoneChangedLately = "phone-changed-lately";

    /// <summary>The number belongs to another account.</summary>
    public const string PhoneTaken = "phone-taken";

    /// <summary>The session was ended by its owner or by staff.</summary>
    public const string SessionEnded = "session-ended";

    /// <summary>A newer sign-in ended the session (P2; 000: 20-9).</summary>
    public const string SessionEndedElsewhere = "session-ended-elsewhere";

    /// <summary>The session has reached its greatest age.</summary>
    public const string SessionExpired = "session-expired";

    /// <summary>30 minutes without activity (P2; 000: 20-10).</summary>
    public const string SessionIdle = "session-idle";

    /// <summary>The bounds of one-time codes are reached (P2).</summary>
    public const string TooManyCodes = "too-many-codes";

    /// <summary>The database did not do it; asking again may help.</summary>
    public const string Unavailable = "unavailable";

    /// <summary>There is no such person.</summary>
    public const string UnknownPerson = "unknown-person";

    /// <summary>Name, password, code, key or challenge: one of them is wrong, and which is not told.</summary>
    public const string WrongCredentials = "wrong-credentials";
}
