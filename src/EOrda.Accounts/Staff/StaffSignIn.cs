using EOrda.Accounts.Audit;
using EOrda.Accounts.Authenticators;
using EOrda.Accounts.Database;
using EOrda.Accounts.Keys;
using EOrda.Accounts.Lockouts;
using EOrda.Accounts.Passwords;
using EOrda.Accounts.People;
using EOrda.Accounts.Sessions;
using Microsoft.EntityFrameworkCore;

namespace EOrda.Accounts.Staff;

/// <summary>Staff sign in with password and authenticator, and act in one role at a time (P1, P2). Safe for concurrent use.</summary>
public sealed class StaffSignIn
{
    private static readonly Refusal Wrong = new(Reasons.WrongCredentials);

    private readonly AccountsStore store;
    private readonly Secrets secrets;
    private readonly AuditTrail audit;
    private readonly PasswordQueue passwords;
    private readonly Lockout lockout;
    private readonly LiveSessions sessions;
    private readonly TimeProvider time;

    internal StaffSignIn(AccountsStore store, Secrets secrets, AuditTrail audit, PasswordQueue passwords, Lockout lockout, LiveSessions sessions, TimeProvider time)
    {
        this.store = store;
        this.secrets = secrets;
        this.audit = audit;
        this.passwords = passwords;
        this.lockout = lockout;
        this.sessions = sessions;
        this.time = time;
    }

    /// <summary>
    /// Signs in. A login that nobody has costs the same work and gets the same reply as a wrong password or code.
    /// </summary>
    /// <param name="login">The login.</param>
    /// <param name="password">The password.</param>
    /// <param name="code">The code that the authenticator shows.</param>
    /// <param name="duty">The role to act in; null for the one given first.</param>
    /// <param name="origin">Where the request comes from.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task<Outcome<SignedIn>> SignIn(string login, string password, string code, Duty? duty, Origin origin, CancellationToken cancel = default)
    {
        if (!Login.TryRead(login, out var read) || password.Length > PasswordRules.Longest)
        {
            return Wrong;
        }

        if (!passwords.TryEnter(out var place))
        {
            return passwords.Busy();
        }

        using (place)
        {
            var key = secrets.Login(read);
            var counted = await store.Write<Counted>(
                async context =>
                {
                    await context.Hold(key, cancel);
                    var attempt = await lockout.Count(context, key, secrets.Address(origin), time.GetUtcNow(), cancel);
                    if (!attempt.IsGiven)
                    {
                        return attempt.Refusal;
                    }

                    var person = await context.People.AsNoTracking().SingleOrDefaultAsync(p => p.LoginKey == key, cancel);
                    return new Counted(attempt.Value, person?.PasswordHash);
                },
                cancel);
            if (!counted.IsGiven)
            {
                return counted.Refusal;
            }

            if (!await place.Check(counted.Value.Hash, password))
            {
                return await Fail(counted.Value.Attempt, origin, cancel);
            }

            var signedIn = await store.Write<SignedIn>(context => Begin(context, key, counted.Value, code, duty, origin, cancel), cancel);
            if (signedIn.IsGiven)
            {
                sessions.Announce(signedIn.Value.Ended, SessionEnd.Superseded);
            }

            return signedIn.Refusal == Wrong ? await Fail(counted.Value.Attempt, origin, cancel) : signedIn;
        }
    }

    /// <summary>The roles that the person of a session can act in.</summary>
    public Task<Outcome<IReadOnlyList<Duty>>> Duties(Acting acting, CancellationToken cancel = default) =>
        store.TryRead<IReadOnlyList<Duty>>(async context => (await Grants(context, acting.Session.PersonId, cancel)).ConvertAll(grant => grant.Duty));

    /// <summary>Goes on in another role of the same person: a new session with a new token takes the place of the old one, and ends when that would have.</summary>
    public async Task<Outcome<SignedIn>> Switch(Acting acting, Duty duty, CancellationToken cancel = default)
    {
        if (acting.Session.Duty.Role == Role.Parent)
        {
            return new Refusal(Reasons.Forbidden);
        }

        var person = acting.Session.PersonId;
        var signedIn = await store.Write<SignedIn>(
            async context =>
            {
                await context.Hold(person.ToString("N"), cancel);
                var now = time.GetUtcNow();
                if (!await context.Sessions.AnyAsync(s => s.Id == acting.Session.Id && s.EndedAt == null && s.ExpiresAt > now, cancel))
                {
                    return new Refusal(Reasons.NoSession);
                }

                if (!(await Grants(context, person, cancel)).Exists(grant => grant.Duty == duty))
                {
                    return new Refusal(Reasons.Forbidden);
                }

                var begun = await sessions.Begin(context, person, duty, null, cancel, acting.Session.ExpiresAt);
                await audit.Append(context, AuditActor.Of(acting), new AuditEntry("role-switched", "person", person.ToString("N")) { Details = $"{duty.Role} {duty.Scope}".Trim() }, cancel);
                return begun;
            },
            cancel);
        if (signedIn.IsGiven)
        {
            sessions.Announce(signedIn.Value.Ended, SessionEnd.Superseded);
        }

        return signedIn;
    }

    private static Task<List<RoleGrant>> Grants(AccountsContext context, Guid person, CancellationToken cancel) =>
        context.Grants.AsNoTracking().Where(g => g.PersonId == person && g.RevokedAt == null).OrderBy(g => g.GrantedAt).ThenBy(g => g.Role).ThenBy(g => g.Scope).ToListAsync(cancel);

    private async Task<Outcome<SignedIn>> Begin(AccountsContext context, byte[] key, Counted counted, string code, Duty? duty, Origin origin, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var id = await context.People.Where(p => p.LoginKey == key).Select(p => p.Id).SingleAsync(cancel);
        await context.Hold(id.ToString("N"), cancel);
        await context.Hold(key, cancel);
        var person = await context.People.SingleAsync(p => p.Id == id, cancel);

        // The password can have been taken away while it was checked.
        if (person.PasswordHash != counted.Hash || person.ProtectedAuthenticator is null
            || Totp.Find(secrets.UnprotectAuthenticator(person.ProtectedAuthenticator), code, now, person.AuthenticatorStep) is not { } step)
        {
            return Wrong;
        }

        person.AuthenticatorStep = step;
        await Lockout.Forgive(context, counted.Attempt, cancel);
        if (person.IsBlocked(now))
        {
            return person.BlockedRefusal(now);
        }

        var grants = await Grants(context, id, cancel);
        if (grants.Count == 0 || (duty is not null && !grants.Exists(grant => grant.Duty == duty)))
        {
            return new Refusal(Reasons.Forbidden);
        }

        var signedIn = await sessions.Begin(context, id, duty ?? grants[0].Duty, null, cancel);
        await audit.Append(context, AuditActor.Of(signedIn.Session, origin), new AuditEntry("signed-in", "person", id.ToString("N")), cancel);
        return signedIn;
    }

    private async Task<Outcome<SignedIn>> Fail(Attempt attempt, Origin origin, CancellationToken cancel)
    {
        await audit.RecordLock(attempt, origin, cancel);
        return Wrong;
    }

    private sealed record Counted(Attempt Attempt, string? Hash);
}
