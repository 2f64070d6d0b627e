using EOrda.Accounts.Audit;
using EOrda.Accounts.Database;
using EOrda.Accounts.Keys;
using Microsoft.EntityFrameworkCore;

namespace EOrda.Accounts.People;

/// <summary>An account as staff see it. What tells who it is, is personal data: never in a log.</summary>
/// <param name="Id">Its identifier.</param>
/// <param name="Iin">A parent's IIN.</param>
/// <param name="Phone">A parent's number, in E.164.</param>
/// <param name="Login">The login of a member of staff.</param>
/// <param name="Name">The name of a member of staff.</param>
/// <param name="Duties">The roles of a member of staff.</param>
/// <param name="IsEnrolled">True when a member of staff has set password and authenticator.</param>
/// <param name="BlockedUntil">The end of the block, or null.</param>
/// <param name="BlockReason">Its reason.</param>
public sealed record PersonView(
    Guid Id, string? Iin, string? Phone, string? Login, string? Name, IReadOnlyList<Duty> Duties, bool IsEnrolled, DateTimeOffset? BlockedUntil, string? BlockReason)
{
    /// <summary>Tells nothing of who it is.</summary>
    public override string ToString() => Id.ToString("N");
}

/// <summary>Looks at accounts. Each look of one person at another's is in the audit trail. Safe for concurrent use.</summary>
public sealed class Persons
{
    /// <summary>The most accounts of one reply.</summary>
    public const int MostTaken = 100;

    private readonly AccountsStore store;
    private readonly Secrets secrets;
    private readonly AuditTrail audit;

    internal Persons(AccountsStore store, Secrets secrets, AuditTrail audit)
    {
        this.store = store;
        this.secrets = secrets;
        this.audit = audit;
    }

    /// <summary>Shows an account: to its owner, or to staff for a reason. Whether the role may is the portal's to decide; administrators see staff only.</summary>
    public Task<Outcome<PersonView>> Show(Acting acting, Guid person, string reason, CancellationToken cancel = default) =>
        ShowFound(acting, people => people.Where(p => p.Id == person), reason, cancel);

    /// <summary>Finds the account of an IIN, for staff who have the person before them.</summary>
    public async Task<Outcome<PersonView>> FindByIin(Acting acting, string iin, string reason, CancellationToken cancel = default)
    {
        if (!Iin.TryRead(iin, out var read))
        {
            return new Refusal(Reasons.BadIin);
        }

        var key = secrets.Iin(read);
        return acting.Session.Duty.Role is Role.Parent or Role.Administrator
            ? new Refusal(Reasons.Forbidden)
            : await ShowFound(acting, people => people.Where(p => p.IinKey == key), reason, cancel);
    }

    /// <summary>The accounts of staff, for administrators: a page by identifier.</summary>
    /// <param name="acting">An administrator.</param>
    /// <param name="after">The last of the page before, or null.</param>
    /// <param name="cancel">Ends the wait.</param>
    public Task<Outcome<IReadOnlyList<PersonView>>> Staff(Acting acting, Guid? after, CancellationToken cancel = default) => acting.Session.Duty.Role != Role.Administrator
        ? Task.FromResult<Outcome<IReadOnlyList<PersonView>>>(new Refusal(Reasons.Forbidden))
        : store.TryRead<IReadOnlyList<PersonView>>(async context =>
        {
            var rows = context.People.Where(p => p.LoginKey != null);
            rows = after is { } last ? rows.Where(p => p.Id > last) : rows;
            var people = await rows.OrderBy(p => p.Id).Take(MostTaken).ToListAsync(cancel);
            var ids = people.ConvertAll(p => p.Id);
            var grants = (await context.Grants.Where(g => ids.Contains(g.PersonId) && g.RevokedAt == null).ToListAsync(cancel)).ToLookup(g => g.PersonId);
            return people.ConvertAll(p => View(p, grants[p.Id]));
        });

    private Task<Outcome<PersonView>> ShowFound(Acting acting, Func<IQueryable<Person>, IQueryable<Person>> find, string reason, CancellationToken cancel) => store.Write<PersonView>(
        async context =>
        {
            var person = await find(context.People).SingleOrDefaultAsync(cancel);
            var isOwn = person?.Id == acting.Session.PersonId;
            if (person is null || (acting.Session.Duty.Role == Role.Parent && !isOwn) || (acting.Session.Duty.Role == Role.Administrator && person.LoginKey is null))
            {
                return new Refusal(Reasons.UnknownPerson);
            }

            var why = "";
            if (!isOwn)
            {
                if (!Written.TryReadReason(reason, out why))
                {
                    return new Refusal(Reasons.BadReason);
                }

                await audit.Append(context, AuditActor.Of(acting), new AuditEntry("person-shown", "person", person.Id.ToString("N")) { Reason = why, Locality = LocalityOf(acting) }, cancel);
            }

            var grants = await context.Grants.Where(g => g.PersonId == person.Id && g.RevokedAt == null).ToListAsync(cancel);
            return View(person, grants);
        },
        cancel);

    internal static string LocalityOf(Acting acting) =>
        acting.Session.Duty.Role is Role.Authority or Role.ServiceCentre or Role.Auditor ? acting.Session.Duty.Scope : "";

    private PersonView View(Person person, IEnumerable<RoleGrant> grants) => new(
        person.Id,
        Open(person.ProtectedIin),
        Open(person.ProtectedPhone),
        Open(person.ProtectedLogin),
        Open(person.ProtectedName),
        [.. grants.OrderBy(g => g.GrantedAt).ThenBy(g => g.Role).ThenBy(g => g.Scope, StringComparer.Ordinal).Select(g => g.Duty)],
        person is { PasswordHash: not null, ProtectedAuthenticator: not null },
        person.BlockedUntil,
        person.BlockReason);

    private string? Open(string? stored) => stored is null ? null : secrets.Unprotect(stored);
}
