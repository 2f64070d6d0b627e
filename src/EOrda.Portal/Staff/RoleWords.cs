using EOrda.Accounts.People;
using EOrda.Portal.Problems;

namespace EOrda.Portal.Staff;

/// <summary>The words of the roles of staff.</summary>
internal static class RoleWords
{
    private static readonly Dictionary<string, Role> ByWord = new(StringComparer.Ordinal)
    {
        ["administrator"] = Role.Administrator,
        ["authority"] = Role.Authority,
        ["kindergarten"] = Role.Kindergarten,
        ["service-centre"] = Role.ServiceCentre,
        ["auditor"] = Role.Auditor,
    };

    private static readonly Dictionary<Role, string> ByRole = ByWord.ToDictionary(pair => pair.Value, pair => pair.Key);

    /// <summary>The word of a role of staff.</summary>
    public static string Of(Role role) => ByRole[role];

    /// <summary>Reads a role and its scope.</summary>
    /// <exception cref="BadInputException">The role is none of staff.</exception>
    public static Duty Read(string field, string role, string scope) =>
        ByWord.TryGetValue(role, out var known) ? new Duty(known, scope) : throw new BadInputException(field, Fault.NotARole);
}
