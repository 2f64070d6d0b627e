namespace EOrda.Accounts.People;

/// <summary>What somebody may be (P1). The numbers are stored: a number's meaning never changes.</summary>
public enum Role
{
    /// <summary>Acts on own children's applications.</summary>
    Parent = 1,

    /// <summary>Staff of one kindergarten; the scope is its identifier.</summary>
    Kindergarten = 2,

    /// <summary>Staff of a locality's department of education; the scope is the locality.</summary>
    Authority = 3,

    /// <summary>Files for a person who is present; the scope is the locality.</summary>
    ServiceCentre = 4,

    /// <summary>Reads everything of a locality and changes nothing; the scope is the locality.</summary>
    Auditor = 5,

    /// <summary>Localities, staff accounts, settings; no personal documents; no scope.</summary>
    Administrator = 6,
}

/// <summary>A role with its scope. A session acts in one.</summary>
/// <param name="Role">The role.</param>
/// <param name="Scope">The locality or kindergarten, 1 to 64 characters; empty for <see cref="Role.Parent"/> and <see cref="Role.Administrator"/>.</param>
public sealed record Duty(Role Role, string Scope = "")
{
    /// <summary>The longest scope, in characters.</summary>
    public const int LongestScope = 64;

    /// <summary>The administrator's.</summary>
    public static Duty Administrator { get; } = new(Role.Administrator);

    /// <summary>The parent's.</summary>
    public static Duty Parent { get; } = new(Role.Parent);

    /// <summary>True when an account of staff can have it.</summary>
    internal bool IsOfStaff => Role is > Role.Parent and <= Role.Administrator && (Role == Role.Administrator ? Scope.Length == 0 : IsScope(Scope));

    private static bool IsScope(string scope) => scope.Length is > 0 and <= LongestScope && !scope.AsSpan().ContainsAnyExceptInRange('!', '~');
}
