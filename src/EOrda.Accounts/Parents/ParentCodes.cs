using EOrda.Accounts.Audit;
using EOrda.Accounts.Codes;
using EOrda.Accounts.Database;
using EOrda.Accounts.Devices;
using EOrda.Accounts.Keys;
using EOrda.Accounts.Lockouts;
using EOrda.Accounts.People;
using Microsoft.EntityFrameworkCore;

namespace EOrda.Accounts.Parents;

/// <summary>Codes of parents, asked for by IIN. What is done for an IIN without an account is the same, but that nothing is sent.</summary>
internal sealed class ParentCodes(
    AccountsStore store, Secrets secrets, AuditTrail audit, OneTimeCodes codes, BoundDevices devices, Lockout lockout, ICodeSender sender, AccountOptions options, TimeProvider time)
{
    private static readonly Refusal Wrong = new(Reasons.WrongCredentials);

    private readonly Lazy<string> nobodys = new(() => secrets.Protect("+70000000000"));

    /// <summary>Makes a code for the number of the account; or, where there is none, for the number of the register.</summary>
    public async Task<Outcome<CodeTicket>> Ask(CodePurpose purpose, string iin, string? phoneOfRegister, Origin origin, CancellationToken cancel)
    {
        if (!Iin.TryRead(iin, out var read))
        {
            return new Refusal(Reasons.BadIin);
        }

        var ofRegister = Phone.TryRead(phoneOfRegister, out var e164) ? e164 : null;
        var subject = secrets.Iin(read);
        string? number = null;
        var made = await store.Write<NewCode>(
            async context =>
            {
                var person = await context.People.AsNoTracking().SingleOrDefaultAsync(p => p.IinKey == subject, cancel);
                var decrypted = secrets.Unprotect(person?.ProtectedPhone ?? nobodys.Value);
                number = person is null ? ofRegister : decrypted;
                var device = await devices.Find(context, origin, cancel);
                var address = secrets.Address(origin);
                var id = person?.Id ?? Guid.Empty;
                var isOwners = await context.Devices.AnyAsync(
                    d => d.PersonId == id && d.UnboundAt == null && (d.LastAddress == address || (device != null && d.Id == device.Id)),
                    cancel);
                return await Make(context, purpose, subject, secrets.Protect(read), number, devices.KeyOf(device, person?.Id, origin), isOwners, cancel);
            },
            cancel);
        return Sent(made, number, purpose);
    }

    /// <summary>Makes a code for a new number of somebody who is signed in.</summary>
    public async Task<Outcome<CodeTicket>> AskForNumber(byte[] subject, string iin, string e164, Origin origin, CancellationToken cancel)
    {
        var made = await store.Write<NewCode>(
            context => Make(context, CodePurpose.NewPhone, subject, secrets.Protect(iin), e164, secrets.Address(origin), false, cancel),
            cancel);
        return Sent(made, e164, CodePurpose.NewPhone);
    }

    /// <summary>Counts an attempt and compares the digits, within a transaction; holds the subject from then on.</summary>
    public async Task<Outcome<ProvedCode>> Prove(AccountsContext context, Guid ticket, CodePurpose purpose, string digits, Origin origin, CancellationToken cancel)
    {
        if (await context.Codes.SingleOrDefaultAsync(c => c.Id == ticket && c.Purpose == purpose, cancel) is not { } code)
        {
            return Wrong;
        }

        await context.Hold(code.Subject, cancel);
        await context.Entry(code).ReloadAsync(cancel);
        var person = await context.People.AsNoTracking().SingleOrDefaultAsync(p => p.IinKey == code.Subject, cancel);
        var device = await devices.Find(context, origin, cancel);
        var attempt = await lockout.Count(context, code.Subject, devices.KeyOf(device, person?.Id, origin), time.GetUtcNow(), cancel);
        if (!attempt.IsGiven)
        {
            return attempt.Refusal;
        }

        if (codes.Try(code, digits))
        {
            return new ProvedCode(code, attempt.Value, person);
        }

        await audit.AppendLock(context, attempt.Value, origin, cancel);
        return Wrong;
    }

    /// <summary>Takes a code that <see cref="Prove"/> found right, perhaps in an earlier transaction. False when somebody else has taken it.</summary>
    public async Task<bool> Use(AccountsContext context, ProvedCode proved, CancellationToken cancel)
    {
        await context.Hold(proved.Code.Subject, cancel);
        var code = await context.Codes.SingleAsync(c => c.Id == proved.Code.Id, cancel);
        await context.Entry(code).ReloadAsync(cancel);
        if (code.EndedAt is not null)
        {
            return false;
        }

        codes.Use(code);
        await Lockout.Forgive(context, proved.Attempt, cancel);
        return true;
    }

    private async Task<Outcome<NewCode>> Make(
        AccountsContext context, CodePurpose purpose, byte[] subject, string protectedIin, string? number, byte[] asker, bool isOwners, CancellationToken cancel)
    {
        var key = number is null ? secrets.NoPhone(subject) : secrets.Phone(number);
        await context.Hold(key, cancel);
        return await codes.Make(context, new CodeRequest(purpose, subject, key, asker, isOwners, protectedIin, secrets.Protect(number ?? "")), cancel);
    }

    private Outcome<CodeTicket> Sent(Outcome<NewCode> made, string? number, CodePurpose purpose)
    {
        if (!made.IsGiven)
        {
            return made.Refusal;
        }

        if (number is not null)
        {
            sender.Send(new CodeMessage(number, made.Value.Digits, purpose));
        }

        return new CodeTicket(made.Value.Ticket, time.GetUtcNow() + options.CodeLife);
    }
}

/// <summary>A code whose digits were right.</summary>
internal sealed record ProvedCode(OneTimeCode Code, Attempt Attempt, Person? Person);
