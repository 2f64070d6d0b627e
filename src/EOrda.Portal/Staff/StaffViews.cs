using EOrda.Accounts.People;

namespace EOrda.Portal.Staff;

/// <summary>The token of a link of enrolment.</summary>
internal sealed record EnrolmentRequest(string Token);

/// <summary>What to set the authenticator up with.</summary>
/// <param name="Login">Whose link it is.</param>
/// <param name="Key">The secret to type, in Base32.</param>
/// <param name="Uri">The same as <c>otpauth:</c> address.</param>
/// <param name="Qr">The address as a QR code.</param>
internal sealed record EnrolmentView(string Login, string Key, string Uri, QrView Qr);

/// <summary>A QR code to be drawn.</summary>
/// <param name="Size">Its width and height in modules, with the quiet zone.</param>
/// <param name="Path">The dark modules as the path of an SVG.</param>
internal sealed record QrView(int Size, string Path);

/// <summary>Password and first code of who enrols.</summary>
internal sealed record EnrolmentCompletion(string Token, string Password, string Code);

/// <summary>What a member of staff signs in with.</summary>
internal sealed record SignInRequest(string Login, string Password, string Code);

/// <summary>A role, and where: the locality or the kindergarten; empty for an administrator.</summary>
internal sealed record DutyView(string Role, string Scope)
{
    /// <summary>A duty as it is told.</summary>
    public static DutyView Of(Duty duty) => new(RoleWords.Of(duty.Role), duty.Scope);
}

/// <summary>Who is signed in.</summary>
/// <param name="Login">The login.</param>
/// <param name="Name">The name.</param>
/// <param name="Duty">The role in which the session acts.</param>
/// <param name="Duties">All roles that it may act in.</param>
/// <param name="ExpiresAt">When the session ends.</param>
/// <param name="Antiforgery">What commands carry in the header <c>Antiforgery-Token</c>.</param>
/// <param name="EndedAnother">True when signing in ended an older session.</param>
internal sealed record SessionView(string Login, string Name, DutyView Duty, IReadOnlyList<DutyView> Duties, DateTimeOffset ExpiresAt, string Antiforgery, bool EndedAnother);

/// <summary>Done, and there is nothing more to say.</summary>
internal sealed record DoneView
{
    /// <summary>The only one.</summary>
    public static readonly DoneView Instance = new();
}

/// <summary>The accounts of staff, a page of them.</summary>
/// <param name="Staff">In the order in which they were made.</param>
/// <param name="Next">What to ask for as <c>after</c> to go on; null at the end.</param>
internal sealed record StaffView(IReadOnlyList<StaffMemberView> Staff, Guid? Next);

/// <summary>A member of staff.</summary>
internal sealed record StaffMemberView(Guid Person, string Login, string Name, IReadOnlyList<DutyView> Duties, bool IsEnrolled, DateTimeOffset? BlockedUntil, string? BlockReason);

/// <summary>Somebody to be made a member of staff.</summary>
internal sealed record InviteRequest(string Login, string Name, IReadOnlyList<DutyView> Duties, string Reason);

/// <summary>A link by which somebody enrols: <c>/staff#</c> and the token. Told once.</summary>
internal sealed record InvitationView(Guid Person, string Token, DateTimeOffset ExpiresAt);

/// <summary>Why something is done.</summary>
internal sealed record ReasonRequest(string Reason);

/// <summary>A role to be given or taken.</summary>
internal sealed record DutyRequest(string Role, string Scope, string Reason);

/// <summary>Until when somebody is blocked, and why.</summary>
internal sealed record BlockRequest(DateTimeOffset Until, string Reason);
