namespace EOrda.Accounts.Passwords;

/// <summary>Which passwords are taken: 12 characters or more, none that is common; no rule of composition (P2).</summary>
public static class PasswordRules
{
    /// <summary>The shortest, in characters.</summary>
    public const int Shortest = 12;

    /// <summary>The longest, in characters.</summary>
    public const int Longest = 128;

    /// <summary>Why a password is not taken, or null.</summary>
    public static Refusal? Check(string password) => password.Length switch
    {
        < Shortest => new Refusal(Reasons.PasswordShort),
        > Longest => new Refusal(Reasons.PasswordLong),
        _ => CommonPasswords.Contains(password) ? new Refusal(Reasons.PasswordCommon) : null,
    };
}
