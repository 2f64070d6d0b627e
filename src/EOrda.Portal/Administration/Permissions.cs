using EOrda.Accounts.People;
using EOrda.Portal.Sessions;

namespace EOrda.Portal.Administration;

/// <summary>Who may use the endpoints of administration (P1).</summary>
internal static class Permissions
{
    /// <summary>The whole portal: administrators.</summary>
    public static readonly Access Portal = Access.Of(new Right(Role.Administrator));

    /// <summary>Changes of a locality: administrators, and its authority.</summary>
    public static readonly Access OfLocality = Access.Of(new Right(Role.Administrator), new Right(Role.Authority, Right.Locality));

    /// <summary>Looks at a locality: its auditors too.</summary>
    public static readonly Access LookAtLocality = Access.Of(new Right(Role.Administrator), new Right(Role.Authority, Right.Locality), new Right(Role.Auditor, Right.Locality));
}
