using EOrda.Accounts.People;

namespace EOrda.Portal.Sessions;

/// <summary>
/// Who may use an endpoint: metadata of every endpoint, and all that <see cref="AccessGate"/> looks at. An endpoint without it is closed to everybody.
/// </summary>
internal sealed class Access
{
    /// <summary>Open: no session is looked at. What is proved otherwise (an application's secret) is proved elsewhere.</summary>
    public static readonly Access Everyone = new(isOpen: true, needsSession: false, []);

    /// <summary>For those who have no session yet: signing in, enrolling. From the portal's own pages only.</summary>
    public static readonly Access Strangers = new(isOpen: false, needsSession: false, []);

    /// <summary>A session of staff, in whatever role.</summary>
    public static readonly Access Staff = new(isOpen: false, needsSession: true, []);

    private Access(bool isOpen, bool needsSession, IReadOnlyList<Right> rights) => (IsOpen, NeedsSession, Rights) = (isOpen, needsSession, rights);

    /// <summary>True when nothing is checked.</summary>
    public bool IsOpen { get; }

    /// <summary>True when a session is needed.</summary>
    public bool NeedsSession { get; }

    /// <summary>The roles of which one is needed; none for any role of staff.</summary>
    public IReadOnlyList<Right> Rights { get; }

    /// <summary>A session in one of the roles.</summary>
    public static Access Of(params IReadOnlyList<Right> rights) => new(isOpen: false, needsSession: true, rights);

    /// <summary>True when a session that acts so may use the endpoint at these route values.</summary>
    public bool Allows(Duty duty, RouteValueDictionary route) =>
        duty.Role != Role.Parent && (Rights.Count == 0 || Rights.Any(right => right.Fits(duty, route)));
}

/// <summary>A role, and where it has to be of.</summary>
/// <param name="Role">The role.</param>
/// <param name="Of">The route value that has to be the role's scope; null where the role has none.</param>
internal sealed record Right(Role Role, string? Of = null)
{
    /// <summary>The route value that names a locality.</summary>
    public const string Locality = "locality";

    /// <summary>True when a duty is this role, of the place that the route names.</summary>
    public bool Fits(Duty duty, RouteValueDictionary route) =>
        duty.Role == Role && (Of is null || (route[Of] is string scope && scope == duty.Scope));
}
