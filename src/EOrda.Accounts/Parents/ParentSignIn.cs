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

/// <summary>
/// Parents sign in: by code the first time and on another device, by password or by the device's key after that (P2). Nothing, neither reply nor
/// time, tells whether an IIN is known. Safe for concurrent use.
/// </summary>
public sealed class ParentSignIn
{
    private static readonly Refusal Wrong = new(Reasons.WrongCredentials);

    private readonly AccountsStore store;
    private readonly Secrets secrets;
    private readonly AuditTrail audit;
    private readonly ParentCodes codes;
    private readonly BoundDevices devices;
    private readonly DeviceKeys keys;
    private readonly PasswordQueue passwords;
    private readonly Lockout lockout;
    private readonly LiveSessions sessions;
    private readonly TimeProvider time;

    internal ParentSignIn(
        AccountsStore store,
        Secrets secrets,
        AuditTrail audit,
        ParentCodes codes,
        BoundDevices devices,
        DeviceKeys keys,
        PasswordQueue passwords,
        Lockout lockout,
        LiveSessions sessions,
        TimeProvider time)
    {
        this.store = store;
        this.secrets = secrets;
        this.audit = audit;
        this.codes = codes;
        this.devices = devices;
        this.keys = keys;
        this.passwords = passwords;
        this.lockout = lockout;
        this.sessions = sessions;
        this.time = time;
    }

    /// <summary>Sends a code by which to sign in. Where the IIN has no account, it goes to the number of the register and makes one.</summary>
    /// <param name="iin">The IIN.</param>
    /// <param name="phoneOfRegister">
    /// The number that the state's base has for the IIN; null where it has none or was not asked. Ask it for every IIN or for none: asking for unknown
    /// ones only would tell which are known.
    /// </param>
    /// <param name="origin">Where the request comes from.</param>
    /// <param name="cancel">Ends the wait.</param>
    public Task<Outcome<CodeTicket>> AskCode(string iin, string? phoneOfRegister, Origin origin, CancellationToken cancel = default) =>
        codes.Ask(CodePurpose.SignIn, iin, phoneOfRegister, origin, cancel);

    /// <summary>Sends a code by which to set a new password.</summary>
    public Task<Outcome<CodeTicket>> AskCodeForPassword(string iin, Origin origin, CancellationToken cancel = default) =>
        codes.Ask(CodePurpose.LostPassword, iin, null, origin, cancel);

    /// <summary>Signs in by code, and by password too where the account has one; binds the account to this device and unbinds the one before.</summary>
    /// <param name="ticket">The ticket of the code.</param>
    /// <param name="digits">The six digits.</param>
    /// <param name="password">The password; null where the account has none. <see cref="Reasons.PasswordNeeded"/> takes a try of the code.</param>
    /// <param name="deviceKey">The device's public key on P-256 (<c>spki</c>), or null where the browser keeps none.</param>
    /// <param name="origin">Where the request comes from.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task<Outcome<SignedIn>> SignInByCode(Guid ticket, string digits, string? password, byte[]? deviceKey, Origin origin, CancellationToken cancel = default)
    {
        if (deviceKey is not null && !DeviceKeys.IsKey(deviceKey))
        {
            return new Refusal(Reasons.BadDeviceKey);
        }

        var proved = await Prove(ticket, CodePurpose.SignIn, digits, origin, cancel);
        if (!proved.IsGiven)
        {
            return proved.Refusal;
        }

        var hash = proved.Value.Person?.PasswordHash;
        if (hash is not null)
        {
            if (password is null)
            {
                return await Forgive(proved.Value, new Refusal(Reasons.PasswordNeeded), cancel);
            }

            if (!passwords.TryEnter(out var place))
            {
                return await Forgive(proved.Value, passwords.Busy(), cancel);
            }

            using (place)
            {
                if (password.Length > PasswordRules.Longest || !await place.Check(hash, password))
                {
                    return await Fail(proved.Value.Attempt, origin, cancel);
                }
            }
        }

        return await Finish(proved.Value, hash, null, deviceKey, origin, cancel);
    }

    /// <summary>Sets a new password in place of a lost one and signs in; binds the account to this device.</summary>
    public async Task<Outcome<SignedIn>> ResetPassword(Guid ticket, string digits, string password, byte[]? deviceKey, Origin origin, CancellationToken cancel = default)
    {
        if (PasswordRules.Check(password) is { } bad)
        {
            return bad;
        }

        if (deviceKey is not null && !DeviceKeys.IsKey(deviceKey))
        {
            return new Refusal(Reasons.BadDeviceKey);
        }

        if (!passwords.TryEnter(out var place))
        {
            return passwords.Busy();
        }

        using (place)
        {
            var proved = await Prove(ticket, CodePurpose.LostPassword, digits, origin, cancel);
            if (!proved.IsGiven)
            {
                return proved.Refusal;
            }

            return proved.Value.Person is { } person
                ? await Finish(proved.Value, person.PasswordHash, await place.Hash(password), deviceKey, origin, cancel)
                : Wrong;
        }
    }

    /// <summary>Signs in by password on the device that the account is bound to. On another, and for an unknown IIN, the same work ends in the same reply as a wrong password.</summary>
    public async Task<Outcome<SignedIn>> SignInByPassword(string iin, string password, Origin origin, CancellationToken cancel = default)
    {
        if (!Iin.TryRead(iin, out var read))
        {
            return new Refusal(Reasons.BadIin);
        }

        if (password.Length > PasswordRules.Longest)
        {
            return Wrong;
        }

        if (!passwords.TryEnter(out var place))
        {
            return passwords.Busy();
        }

        using (place)
        {
            var subject = secrets.Iin(read);
            var counted = await store.Write<Counted>(
                async context =>
                {
                    await context.Hold(subject, cancel);
                    var person = await context.People.AsNoTracking().SingleOrDefaultAsync(p => p.IinKey == subject, cancel);
                    var device = await devices.Find(context, origin, cancel);
                    var attempt = await lockout.Count(context, subject, devices.KeyOf(device, person?.Id, origin), time.GetUtcNow(), cancel);
                    if (!attempt.IsGiven)
                    {
                        return attempt.Refusal;
                    }

                    var isBound = person is not null && device?.PersonId == person.Id;
                    return new Counted(attempt.Value, isBound ? person!.Id : null, isBound ? person!.PasswordHash : null);
                },
                cancel);
            if (!counted.IsGiven)
            {
                return counted.Refusal;
            }

            if (!await place.Check(counted.Value.Hash, password) || counted.Value.PersonId is not { } id)
            {
                return await Fail(counted.Value.Attempt, origin, cancel);
            }

            return await Announced(
                async context =>
                {
                    await context.Hold(subject, cancel);
                    await context.Hold(id.ToString("N"), cancel);
                    var person = await context.People.SingleAsync(p => p.Id == id, cancel);
                    var device = await devices.Find(context, origin, cancel);
                    if (person.PasswordHash != counted.Value.Hash || device?.PersonId != id)
                    {
                        return Wrong;
                    }

                    await Lockout.Forgive(context, counted.Value.Attempt, cancel);
                    return await Begin(context, person, device, null, "password", origin, cancel);
                },
                cancel);
        }
    }

    /// <summary>A challenge for the device of a token to sign: ASCII of <c>eorda device sign-in\n</c> and the challenge. Good for two minutes, once.</summary>
    public Outcome<string> Challenge(string? deviceToken) => secrets.TryRead(deviceToken, out var token) ? keys.NewChallenge(token) : Wrong;

    /// <summary>Signs in by the device's key: no IIN, no password, no message. Never locked.</summary>
    /// <param name="challenge">The challenge.</param>
    /// <param name="signature">Its signature: ECDSA with SHA-256, r and s, 64 bytes.</param>
    /// <param name="origin">Where the request comes from, with the token of the device.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task<Outcome<SignedIn>> SignInByDevice(string challenge, byte[] signature, Origin origin, CancellationToken cancel = default)
    {
        if (!secrets.TryRead(origin.DeviceToken, out var token) || keys.Read(challenge, token) is not { } used)
        {
            return Wrong;
        }

        var found = await store.TryRead<BoundDevice>(async context => await devices.Find(context, origin, cancel) is { } device ? device : Wrong);
        if (!found.IsGiven)
        {
            return found.Refusal;
        }

        return found.Value.PublicKey is not { } key || !DeviceKeys.IsSigned(key, challenge, signature) ? Wrong : await Announced(
            async context =>
            {
                await context.Hold(found.Value.PersonId.ToString("N"), cancel);
                if (await devices.Find(context, origin, cancel) is not { } device || await context.UsedChallenges.FindAsync([used.Nonce], cancel) is not null)
                {
                    return Wrong;
                }

                context.UsedChallenges.Add(used);
                var person = await context.People.SingleAsync(p => p.Id == device.PersonId, cancel);
                return await Begin(context, person, device, null, "device", origin, cancel);
            },
            cancel);
    }

    private async Task<Outcome<ProvedCode>> Prove(Guid ticket, CodePurpose purpose, string digits, Origin origin, CancellationToken cancel) =>
        await store.Write<ProvedCode>(context => codes.Prove(context, ticket, purpose, digits, origin, cancel), cancel);

    private Task<Outcome<SignedIn>> Finish(ProvedCode proved, string? hash, string? newHash, byte[]? deviceKey, Origin origin, CancellationToken cancel) => Announced(
        async context =>
        {
            if (!await codes.Use(context, proved, cancel))
            {
                return Wrong;
            }

            // Held before the account is read: the authority may be giving it to somebody else just now.
            if (proved.Person is { } known)
            {
                await context.Hold(known.Id.ToString("N"), cancel);
            }

            var person = await context.People.SingleOrDefaultAsync(p => p.IinKey == proved.Code.Subject, cancel);
            if (person is null)
            {
                await context.Hold("people", cancel);
                if (await context.People.AnyAsync(p => p.PhoneKey == proved.Code.NumberKey, cancel))
                {
                    return new Refusal(Reasons.PhoneTaken);
                }

                person = ParentAccounts.New(context, proved.Code, time.GetUtcNow());
            }
            else if (person.Id != proved.Person?.Id || !person.PhoneKey.AsSpan().SequenceEqual(proved.Code.NumberKey) || person.PasswordHash != hash)
            {
                // The account was made, or its number or password changed, in between.
                return Wrong;
            }

            person.PasswordHash = newHash ?? person.PasswordHash;
            if (person.IsBlocked(time.GetUtcNow()))
            {
                return person.BlockedRefusal(time.GetUtcNow());
            }

            var (device, token) = await devices.Bind(context, person.Id, deviceKey, origin, cancel);
            return await Begin(context, person, device, token, newHash is null ? "code" : "new-password", origin, cancel);
        },
        cancel);

    private async Task<Outcome<SignedIn>> Begin(
        AccountsContext context, Person person, BoundDevice device, string? deviceToken, string way, Origin origin, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        if (person.IsBlocked(now))
        {
            return person.BlockedRefusal(now);
        }

        device.LastAddress = secrets.Address(origin);
        var signedIn = await sessions.Begin(context, person.Id, Duty.Parent, device.Id, cancel) with { DeviceToken = deviceToken };
        await audit.Append(context, AuditActor.Of(signedIn.Session, origin), new AuditEntry("signed-in", "person", person.Id.ToString("N")) { Details = $"by={way}" }, cancel);
        return signedIn;
    }

    private async Task<Outcome<SignedIn>> Announced(Func<AccountsContext, Task<Outcome<SignedIn>>> begin, CancellationToken cancel)
    {
        var signedIn = await store.Write(begin, cancel);
        if (signedIn.IsGiven)
        {
            sessions.Announce(signedIn.Value.Ended, SessionEnd.Superseded);
        }

        return signedIn;
    }

    private async Task<Outcome<SignedIn>> Forgive(ProvedCode proved, Refusal refusal, CancellationToken cancel)
    {
        var forgiven = await store.Write<Done>(
            async context =>
            {
                await context.Hold(proved.Code.Subject, cancel);
                await Lockout.Forgive(context, proved.Attempt, cancel);
                return default(Done);
            },
            cancel);
        return forgiven.Refusal ?? refusal;
    }

    private async Task<Outcome<SignedIn>> Fail(Attempt attempt, Origin origin, CancellationToken cancel)
    {
        await audit.RecordLock(attempt, origin, cancel);
        return Wrong;
    }

    private sealed record Counted(Attempt Attempt, Guid? PersonId, string? Hash);
}
