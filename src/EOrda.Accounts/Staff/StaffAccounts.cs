using EOrda.Accounts.Audit;
using EOrda.Accounts.Authenticators;
using EOrda.Accounts.Database;
using EOrda.Accounts.Keys;
using EOrda.Accounts.People;
using EOrda.Accounts.Sessions;
using Microsoft.EntityFrameworkCore;

namespace EOrda.Accounts.Staff;

/// <summary>A link by which a member of staff enrols, once. There is no default password.</summary>
/// <param name="PersonId">Whose.</param>
/// <param name="Token">The secret of the link.</param>
/// <param name="ExpiresAt">Until when.</param>
public sealed record EnrolmentLink(Guid PersonId, string Token, DateTimeOffset ExpiresAt)
{
    /// <summary>Tells no token.</summary>
    public override string ToString() => PersonId.ToString("N");
}

/// <summary>Makes accounts of staff, gives and takes roles, blocks (P1, P2). Everything is in the audit trail. Safe for concurrent use.</summary>
public sealed class StaffAccounts
{
    private const string AllPeople = "people";

    // So many fit into the details of an entry of the audit trail.
    private const int MostDuties = 5;

    private readonly AccountsStore store;
    private readonly Secrets secrets;
    private readonly AuditTrail audit;
    private readonly LiveSessions sessions;
    private readonly AccountOptions options;
    private readonly TimeProvider time;

    internal StaffAccounts(AccountsStore store, Secrets secrets, AuditTrail audit, LiveSessions sessions, AccountOptions options, TimeProvider time)
    {
        this.store = store;
        this.secrets = secrets;
        this.audit = audit;
        this.sessions = sessions;
        this.options = options;
        this.time = time;
    }

    /// <summary>
    /// Makes the first administrator, for the operator's command line. May be repeated until an administrator has enrolled; the link before it ends then.
    /// </summary>
    /// <returns>The link; or <see cref="Reasons.HasAdministrator"/>.</returns>
    public Task<Outcome<EnrolmentLink>> FirstAdministrator(string login, string name, CancellationToken cancel = default) =>
        !Login.TryRead(login, out var read) ? Refused<EnrolmentLink>(Reasons.BadLogin)
        : !Written.TryReadName(name, out var readName) ? Refused<EnrolmentLink>(Reasons.BadName)
        : store.Write<EnrolmentLink>(
            async context =>
            {
                await context.Hold(AllPeople, cancel);
                var administrators = await Administrators(context).ToListAsync(cancel);
                if (administrators.Exists(p => p.PasswordHash is not null))
                {
                    return new Refusal(Reasons.HasAdministrator);
                }

                var key = secrets.Login(read);
                if (await context.People.AnyAsync(p => p.LoginKey == key && p.PasswordHash != null, cancel))
                {
                    return new Refusal(Reasons.LoginTaken);
                }

                var person = administrators.FirstOrDefault();
                if (person is null)
                {
                    person = Add(context, read, readName);
                    Give(context, person.Id, Duty.Administrator);
                }

                Name(person, read, readName);
                return await Enrol(context, person, AuditActor.Operator, "first-administrator", "", "", cancel);
            },
            cancel);

    /// <summary>A new link for an administrator who lost password or authenticator, for the operator's command line.</summary>
    public Task<Outcome<EnrolmentLink>> RecoverAdministrator(string login, CancellationToken cancel = default)
    {
        if (!Login.TryRead(login, out var read))
        {
            return Refused<EnrolmentLink>(Reasons.BadLogin);
        }

        var key = secrets.Login(read);
        return Announced(
            async (context, ended) =>
            {
                var id = await context.People.Where(p => p.LoginKey == key).Select(p => p.Id).SingleOrDefaultAsync(cancel);
                await context.Hold(id.ToString("N"), cancel);
                var person = await Administrators(context).SingleOrDefaultAsync(p => p.Id == id, cancel);
                return person is null
                    ? new Refusal(Reasons.UnknownPerson)
                    : await EnrolAgain(context, person, AuditActor.Operator, "administrator-recovered", "", ended, cancel);
            },
            cancel);
    }

    /// <summary>Makes an account with one to five roles, and the link by which its owner enrols. More roles are given by <see cref="Grant"/>.</summary>
    public Task<Outcome<EnrolmentLink>> Invite(
        Acting acting, string login, string name, IReadOnlyCollection<Duty> duties, string reason, CancellationToken cancel = default) =>
        !IsAdministrator(acting) ? Refused<EnrolmentLink>(Reasons.Forbidden)
        : !Login.TryRead(login, out var read) ? Refused<EnrolmentLink>(Reasons.BadLogin)
        : !Written.TryReadName(name, out var readName) ? Refused<EnrolmentLink>(Reasons.BadName)
        : !Written.TryReadReason(reason, out var why) ? Refused<EnrolmentLink>(Reasons.BadReason)
        : duties.Count is 0 or > MostDuties || duties.Any(duty => !duty.IsOfStaff) ? Refused<EnrolmentLink>(Reasons.BadScope)
        : store.Write<EnrolmentLink>(
            async context =>
            {
                await context.Hold(AllPeople, cancel);
                var key = secrets.Login(read);
                if (await context.People.AnyAsync(p => p.LoginKey == key, cancel))
                {
                    return new Refusal(Reasons.LoginTaken);
                }

                var person = Add(context, read, readName);
                foreach (var duty in duties.Distinct())
                {
                    Give(context, person.Id, duty);
                }

                var given = string.Join(' ', duties.Distinct().Select(Text));
                return await Enrol(context, person, AuditActor.Of(acting), "staff-invited", given, why, cancel);
            },
            cancel);

    /// <summary>A new link for a member of staff who lost password or authenticator: both end, and so do the sessions.</summary>
    public Task<Outcome<EnrolmentLink>> InviteAgain(Acting acting, Guid person, string reason, CancellationToken cancel = default) =>
        !IsAdministrator(acting) ? Refused<EnrolmentLink>(Reasons.Forbidden)
        : !Written.TryReadReason(reason, out var why) ? Refused<EnrolmentLink>(Reasons.BadReason)
        : Announced(
            async (context, ended) =>
            {
                await context.Hold(person.ToString("N"), cancel);
                await context.Hold(AllPeople, cancel);
                if (await context.People.SingleOrDefaultAsync(p => p.Id == person && p.LoginKey != null, cancel) is not { } found)
                {
                    return new Refusal(Reasons.UnknownPerson);
                }

                return await IsLastAdministrator(context, person, cancel)
                    ? new Refusal(Reasons.LastAdministrator)
                    : await EnrolAgain(context, found, AuditActor.Of(acting), "staff-invited-again", why, ended, cancel);
            },
            cancel);

    /// <summary>Gives a role. A role that is there already stays.</summary>
    public Task<Outcome<Done>> Grant(Acting acting, Guid person, Duty duty, string reason, CancellationToken cancel = default) =>
        Change(acting, person, reason, "role-given", Text(duty), async (context, _, _) =>
        {
            if (!duty.IsOfStaff)
            {
                return new Refusal(Reasons.BadScope);
            }

            if (!await context.Grants.AnyAsync(g => g.PersonId == person && g.Role == duty.Role && g.Scope == duty.Scope && g.RevokedAt == null, cancel))
            {
                Give(context, person, duty);
            }

            return null;
        }, cancel);

    /// <summary>Takes a role; sessions that act in it end.</summary>
    public Task<Outcome<Done>> Revoke(Acting acting, Guid person, Duty duty, string reason, CancellationToken cancel = default) =>
        Change(acting, person, reason, "role-taken", Text(duty), async (context, _, ended) =>
        {
            if (duty.Role == Role.Administrator && await IsLastAdministrator(context, person, cancel))
            {
                return new Refusal(Reasons.LastAdministrator);
            }

            var grants = await context.Grants.Where(g => g.PersonId == person && g.Role == duty.Role && g.Scope == duty.Scope && g.RevokedAt == null).ToListAsync(cancel);
            grants.ForEach(grant => grant.RevokedAt = time.GetUtcNow());
            ended.AddRange(await sessions.EndStored(context, person, s => s.Role == duty.Role && s.Scope == duty.Scope, SessionEnd.Revoked, cancel));
            return null;
        }, cancel);

    /// <summary>Blocks an account, of staff or of a parent, until an instant at most six months ahead; its sessions end (P2; 000: 20-18). Its owner is shown the reason.</summary>
    public Task<Outcome<Done>> Block(Acting acting, Guid person, DateTimeOffset until, string reason, CancellationToken cancel = default) =>
        Change(acting, person, reason, "blocked", $"until={until.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}", async (context, found, ended) =>
        {
            var now = time.GetUtcNow();
            if (until <= now || until > now + options.LongestBlock)
            {
                return new Refusal(Reasons.BadUntil);
            }

            if (await IsLastAdministrator(context, person, cancel))
            {
                return new Refusal(Reasons.LastAdministrator);
            }

            found.BlockedUntil = until;
            found.BlockReason = Written.TryReadReason(reason, out var why) ? why : null;
            ended.AddRange(await sessions.EndStored(context, person, _ => true, SessionEnd.Revoked, cancel));
            return null;
        }, cancel);

    /// <summary>Ends a block.</summary>
    public Task<Outcome<Done>> Unblock(Acting acting, Guid person, string reason, CancellationToken cancel = default) =>
        Change(acting, person, reason, "unblocked", "", (_, found, _) =>
        {
            found.BlockedUntil = null;
            found.BlockReason = null;
            return Task.FromResult<Refusal?>(null);
        }, cancel);

    private static Task<Outcome<T>> Refused<T>(string reason)
        where T : notnull => Task.FromResult<Outcome<T>>(new Refusal(reason));

    private static bool IsAdministrator(Acting acting) => acting.Session.Duty.Role == Role.Administrator;

    private static string Text(Duty duty) => duty.Scope.Length == 0 ? duty.Role.ToString() : $"{duty.Role}:{duty.Scope}";

    private static IQueryable<Person> Administrators(AccountsContext context) =>
        context.People.Where(p => context.Grants.Any(g => g.PersonId == p.Id && g.Role == Role.Administrator && g.RevokedAt == null));

    private async Task<bool> IsLastAdministrator(AccountsContext context, Guid person, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var able = await Administrators(context).Where(p => p.PasswordHash != null && (p.BlockedUntil == null || p.BlockedUntil <= now)).Select(p => p.Id).ToListAsync(cancel);
        return able.Contains(person) && able.Count == 1;
    }

    private async Task<Outcome<T>> Announced<T>(Func<AccountsContext, List<Guid>, Task<Outcome<T>>> work, CancellationToken cancel)
        where T : notnull
    {
        var ended = new List<Guid>();
        var outcome = await store.Write<T>(context => work(context, ended), cancel);
        if (outcome.IsGiven)
        {
            sessions.Announce(ended, SessionEnd.Revoked);
        }

        return outcome;
    }

    private Task<Outcome<Done>> Change(
        Acting acting,
        Guid person,
        string reason,
        string action,
        string details,
        Func<AccountsContext, Person, List<Guid>, Task<Refusal?>> change,
        CancellationToken cancel) =>
        !IsAdministrator(acting) ? Refused<Done>(Reasons.Forbidden)
        : !Written.TryReadReason(reason, out var why) ? Refused<Done>(Reasons.BadReason)
        : Announced<Done>(
            async (context, ended) =>
            {
                await context.Hold(person.ToString("N"), cancel);
                await context.Hold(AllPeople, cancel);
                if (await context.People.FindAsync([person], cancel) is not { } found)
                {
                    return new Refusal(Reasons.UnknownPerson);
                }

                if (await change(context, found, ended) is { } refusal)
                {
                    return refusal;
                }

                await audit.Append(context, AuditActor.Of(acting), new AuditEntry(action, "person", person.ToString("N")) { Details = details, Reason = why }, cancel);
                return default(Done);
            },
            cancel);

    private Person Add(AccountsContext context, string login, string name)
    {
        var now = time.GetUtcNow();
        var person = new Person { Id = Guid.CreateVersion7(now), CreatedAt = now };
        Name(person, login, name);
        context.People.Add(person);
        return person;
    }

    private void Name(Person person, string login, string name)
    {
        person.LoginKey = secrets.Login(login);
        person.ProtectedLogin = secrets.Protect(login);
        person.ProtectedName = secrets.Protect(name);
    }

    private void Give(AccountsContext context, Guid person, Duty duty)
    {
        var now = time.GetUtcNow();
        context.Grants.Add(new RoleGrant { Id = Guid.CreateVersion7(now), PersonId = person, Role = duty.Role, Scope = duty.Scope, GrantedAt = now });
    }

    private async Task<Outcome<EnrolmentLink>> EnrolAgain(
        AccountsContext context, Person person, AuditActor actor, string action, string reason, List<Guid> ended, CancellationToken cancel)
    {
        person.PasswordHash = null;
        person.ProtectedAuthenticator = null;
        ended.AddRange(await sessions.EndStored(context, person.Id, s => s.IsStaff, SessionEnd.Revoked, cancel));
        return await Enrol(context, person, actor, action, "", reason, cancel);
    }

    private async Task<Outcome<EnrolmentLink>> Enrol(
        AccountsContext context, Person person, AuditActor actor, string action, string details, string reason, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var before = await context.Enrolments.Where(e => e.PersonId == person.Id && e.EndedAt == null).ToListAsync(cancel);
        before.ForEach(enrolment => enrolment.EndedAt = now);
        var token = secrets.NewToken();
        secrets.TryRead(token, out var read);
        var link = new EnrolmentLink(person.Id, token, now + options.EnrolmentLife);
        context.Enrolments.Add(new Enrolment
        {
            Id = Guid.CreateVersion7(now),
            PersonId = person.Id,
            TokenHash = read.ToHash(),
            ProtectedAuthenticator = secrets.ProtectAuthenticator(System.Security.Cryptography.RandomNumberGenerator.GetBytes(Totp.SecretBytes)),
            CreatedAt = now,
            ExpiresAt = link.ExpiresAt,
        });
        await audit.Append(context, actor, new AuditEntry(action, "person", person.Id.ToString("N")) { Details = details, Reason = reason }, cancel);
        return link;
    }
}
