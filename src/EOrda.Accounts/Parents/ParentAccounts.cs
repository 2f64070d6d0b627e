using EOrda.Accounts.Audit;
using EOrda.Accounts.Codes;
using EOrda.Accounts.Database;
using EOrda.Accounts.Devices;
using EOrda.Accounts.Keys;
using EOrda.Accounts.Lockouts;
using EOrda.Accounts.Passwords;
using EOrda.Accounts.People;
using EOrda.Accounts.Sessions;
using Microsoft.EntityFrameworkCore;

namespace EOrda.Accounts.Parents;

/// <summary>A number was changed: the old one is to be told.</summary>
/// <param name="OldPhone">The old number, in E.164.</param>
public sealed record PhoneChanged(string OldPhone)
{
    /// <summary>Tells no number.</summary>
    public override string ToString() => nameof(PhoneChanged);
}

/// <summary>Parents' accounts: made in person, password, number (P2). Safe for concurrent use.</summary>
public sealed class ParentAccounts
{
    private const string AllPeople = "people";
    private static readonly Refusal Wrong = new(Reasons.WrongCredentials);

    private readonly AccountsStore store;
    private readonly Secrets secrets;
    private readonly AuditTrail audit;
    private readonly ParentCodes codes;
    private readonly BoundDevices devices;
    private readonly PasswordQueue passwords;
    private readonly Lockout lockout;
    private readonly LiveSessions sessions;
    private readonly AccountOptions options;
    private readonly TimeProvider time;

    internal ParentAccounts(
        AccountsStore store,
        Secrets secrets,
        AuditTrail audit,
        ParentCodes codes,
        BoundDevices devices,
        PasswordQueue passwords,
        Lockout lockout,
        LiveSessions sessions,
        AccountOptions options,
        TimeProvider time)
    {
        this.store = store;
        this.secrets = secrets;
        this.audit = audit;
        this.codes = codes;
        this.devices = devices;
        this.passwords = passwords;
        this.lockout = lockout;
        this.sessions = sessions;
        this.options = options;
        this.time = time;
    }

    /// <summary>Makes an account for somebody who is there, by a kindergarten, an authority or a service centre (000: 20-8).</summary>
    /// <returns>The account; or <see cref="Reasons.HasAccount"/>, <see cref="Reasons.PhoneTaken"/>.</returns>
    public Task<Outcome<Guid>> RegisterInPerson(Acting acting, string iin, string phone, string reason, CancellationToken cancel = default) =>
        acting.Session.Duty.Role is not (Role.Kindergarten or Role.Authority or Role.ServiceCentre) ? Refused<Guid>(Reasons.Forbidden)
        : !Iin.TryRead(iin, out var read) ? Refused<Guid>(Reasons.BadIin)
        : !Phone.TryRead(phone, out var e164) ? Refused<Guid>(Reasons.BadPhone)
        : !Written.TryReadReason(reason, out var why) ? Refused<Guid>(Reasons.BadReason)
        : store.Write<Guid>(
            async context =>
            {
                await context.Hold(AllPeople, cancel);
                var key = secrets.Iin(read);
                var phoneKey = secrets.Phone(e164);
                if (await context.People.AnyAsync(p => p.IinKey == key || p.PhoneKey == phoneKey, cancel))
                {
                    return new Refusal(await context.People.AnyAsync(p => p.IinKey == key, cancel) ? Reasons.HasAccount : Reasons.PhoneTaken);
                }

                var person = New(context, key, secrets.Protect(read), phoneKey, secrets.Protect(e164), time.GetUtcNow());
                await audit.Append(context, AuditActor.Of(acting), Entry("account-made", person.Id, acting, why), cancel);
                return person.Id;
            },
            cancel);

    /// <summary>Sets or changes the password of the account of a session. Other sessions are not touched.</summary>
    /// <param name="acting">The parent.</param>
    /// <param name="current">The password so far; null where there is none.</param>
    /// <param name="password">The new one: 12 to 128 characters, not common.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task<Outcome<Done>> SetPassword(Acting acting, string? current, string password, CancellationToken cancel = default)
    {
        if (acting.Session.Duty.Role != Role.Parent)
        {
            return new Refusal(Reasons.Forbidden);
        }

        if (PasswordRules.Check(password) is { } bad)
        {
            return bad;
        }

        if (!passwords.TryEnter(out var place))
        {
            return passwords.Busy();
        }

        using (place)
        {
            var id = acting.Session.PersonId;
            var counted = await store.Write<Counted>(context => Count(context, acting, cancel), cancel);
            if (!counted.IsGiven)
            {
                return counted.Refusal;
            }

            if (counted.Value.Hash is { } hash && (current is not { Length: <= PasswordRules.Longest } || !await place.Check(hash, current)))
            {
                await audit.RecordLock(counted.Value.Attempt, acting.Origin, cancel);
                return Wrong;
            }

            var next = await place.Hash(password);
            return await store.Write<Done>(
                async context =>
                {
                    await context.Hold(id.ToString("N"), cancel);
                    var person = await context.People.SingleAsync(p => p.Id == id, cancel);
                    if (person.PasswordHash != counted.Value.Hash)
                    {
                        return Wrong;
                    }

                    person.PasswordHash = next;
                    await Lockout.Forgive(context, counted.Value.Attempt, cancel);
                    await audit.Append(context, AuditActor.Of(acting), Entry("password-set", id, acting, ""), cancel);
                    return default(Done);
                },
                cancel);
        }
    }

    /// <summary>Sends a code to a new number. Whether it belongs to another account is told when the code is shown, to who holds it.</summary>
    public async Task<Outcome<CodeTicket>> AskCodeForPhone(Acting acting, string phone, CancellationToken cancel = default)
    {
        if (acting.Session.Duty.Role != Role.Parent)
        {
            return new Refusal(Reasons.Forbidden);
        }

        if (!Phone.TryRead(phone, out var e164))
        {
            return new Refusal(Reasons.BadPhone);
        }

        var person = await store.TryRead<Person>(async context => await context.People.SingleAsync(p => p.Id == acting.Session.PersonId, cancel));
        return (person.IsGiven ? TooSoon(person.Value) : person.Refusal) is { } refusal
            ? refusal
            : await codes.AskForNumber(person.Value.IinKey!, secrets.Unprotect(person.Value.ProtectedIin!), e164, acting.Origin, cancel);
    }

    /// <summary>Changes the number, at most once in 40 days (P2; 000: 20-13).</summary>
    public Task<Outcome<PhoneChanged>> ChangePhone(Acting acting, Guid ticket, string digits, CancellationToken cancel = default) => acting.Session.Duty.Role != Role.Parent
        ? Refused<PhoneChanged>(Reasons.Forbidden)
        : store.Write<PhoneChanged>(
            async context =>
            {
                var proved = await codes.Prove(context, ticket, CodePurpose.NewPhone, digits, acting.Origin, cancel);
                if (!proved.IsGiven)
                {
                    return proved.Refusal;
                }

                if (proved.Value.Person?.Id != acting.Session.PersonId || !await codes.Use(context, proved.Value, cancel))
                {
                    return Wrong;
                }

                await context.Hold(acting.Session.PersonId.ToString("N"), cancel);
                var person = await context.People.SingleAsync(p => p.Id == acting.Session.PersonId, cancel);
                if (TooSoon(person) is { } soon)
                {
                    return soon;
                }

                var code = proved.Value.Code;
                return await SetPhone(context, person, code.NumberKey, code.ProtectedPhone, AuditActor.Of(acting), Entry("phone-changed", person.Id, acting, ""), cancel);
            },
            cancel);

    /// <summary>
    /// Gives an account to who showed the originals (000: 20-23): new number, no password, no device, no session. By the authority; the old number is
    /// to be told.
    /// </summary>
    public async Task<Outcome<PhoneChanged>> Reassign(Acting acting, Guid person, string phone, string reason, CancellationToken cancel = default)
    {
        if (acting.Session.Duty.Role != Role.Authority)
        {
            return new Refusal(Reasons.Forbidden);
        }

        if (!Phone.TryRead(phone, out var e164))
        {
            return new Refusal(Reasons.BadPhone);
        }

        if (!Written.TryReadReason(reason, out var why))
        {
            return new Refusal(Reasons.BadReason);
        }

        IReadOnlyList<Guid> ended = [];
        var outcome = await store.Write<PhoneChanged>(
            async context =>
            {
                await context.Hold(person.ToString("N"), cancel);
                if (await context.People.SingleOrDefaultAsync(p => p.Id == person && p.IinKey != null, cancel) is not { } found)
                {
                    return new Refusal(Reasons.UnknownPerson);
                }

                var changed = await SetPhone(context, found, secrets.Phone(e164), secrets.Protect(e164), AuditActor.Of(acting), Entry("account-reassigned", person, acting, why), cancel);
                if (changed.IsGiven)
                {
                    found.PasswordHash = null;
                    await devices.Unbind(context, person, cancel);
                    ended = await sessions.EndStored(context, person, s => !s.IsStaff, SessionEnd.Revoked, cancel);
                }

                return changed;
            },
            cancel);
        if (outcome.IsGiven)
        {
            sessions.Announce(ended, SessionEnd.Revoked);
        }

        return outcome;
    }

    /// <summary>Makes the account that a code proved.</summary>
    internal static Person New(AccountsContext context, OneTimeCode code, DateTimeOffset now) =>
        New(context, code.Subject, code.ProtectedIin, code.NumberKey, code.ProtectedPhone, now);

    private static Person New(AccountsContext context, byte[] iinKey, string protectedIin, byte[] phoneKey, string protectedPhone, DateTimeOffset now)
    {
        var person = new Person
        {
            Id = Guid.CreateVersion7(now),
            CreatedAt = now,
            IinKey = iinKey,
            ProtectedIin = protectedIin,
            PhoneKey = phoneKey,
            ProtectedPhone = protectedPhone,
        };
        context.People.Add(person);
        return person;
    }

    private static Task<Outcome<T>> Refused<T>(string reason)
        where T : notnull => Task.FromResult<Outcome<T>>(new Refusal(reason));

    private static AuditEntry Entry(string action, Guid person, Acting acting, string reason) =>
        new(action, "person", person.ToString("N")) { Reason = reason, Locality = Persons.LocalityOf(acting) };

    private Refusal? TooSoon(Person person) => person.PhoneChangedAt + options.PhoneChange is { } next && next > time.GetUtcNow()
        ? new Refusal(Reasons.PhoneChangedLately, next - time.GetUtcNow())
        : null;

    private async Task<Outcome<Counted>> Count(AccountsContext context, Acting acting, CancellationToken cancel)
    {
        var id = acting.Session.PersonId;
        var person = await context.People.AsNoTracking().SingleAsync(p => p.Id == id, cancel);
        await context.Hold(person.IinKey!, cancel);
        var device = await devices.Find(context, acting.Origin, cancel);
        var attempt = await lockout.Count(context, person.IinKey!, devices.KeyOf(device, id, acting.Origin), time.GetUtcNow(), cancel);
        return attempt.IsGiven ? new Counted(attempt.Value, person.PasswordHash) : attempt.Refusal;
    }

    private async Task<Outcome<PhoneChanged>> SetPhone(
        AccountsContext context, Person person, byte[] key, string protectedPhone, AuditActor actor, AuditEntry entry, CancellationToken cancel)
    {
        await context.Hold(AllPeople, cancel);
        if (await context.People.AnyAsync(p => p.PhoneKey == key && p.Id != person.Id, cancel))
        {
            return new Refusal(Reasons.PhoneTaken);
        }

        var old = secrets.Unprotect(person.ProtectedPhone!);
        person.PhoneKey = key;
        person.ProtectedPhone = protectedPhone;
        person.PhoneChangedAt = time.GetUtcNow();
        await audit.Append(context, actor, entry, cancel);
        return new PhoneChanged(old);
    }

    private sealed record Counted(Attempt Attempt, string? Hash);
}
