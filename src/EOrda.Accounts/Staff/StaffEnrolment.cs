using EOrda.Accounts.Audit;
using EOrda.Accounts.Authenticators;
using EOrda.Accounts.Database;
using EOrda.Accounts.Keys;
using EOrda.Accounts.Passwords;
using Microsoft.EntityFrameworkCore;

namespace EOrda.Accounts.Staff;

/// <summary>What a member of staff sees who opens the link.</summary>
/// <param name="Login">The login.</param>
/// <param name="AuthenticatorKey">The secret to type into an authenticator app, in Base32.</param>
/// <param name="AuthenticatorUri">The same to be shown as a QR code (<c>otpauth:</c>).</param>
public sealed record EnrolmentOffer(string Login, string AuthenticatorKey, string AuthenticatorUri)
{
    /// <summary>Tells no secret.</summary>
    public override string ToString() => nameof(EnrolmentOffer);
}

/// <summary>The way from the link to password and authenticator. Safe for concurrent use.</summary>
public sealed class StaffEnrolment
{
    private const string Issuer = "EOrda";
    private const int MostTries = 10;

    private readonly AccountsStore store;
    private readonly Secrets secrets;
    private readonly AuditTrail audit;
    private readonly PasswordQueue passwords;
    private readonly TimeProvider time;

    internal StaffEnrolment(AccountsStore store, Secrets secrets, AuditTrail audit, PasswordQueue passwords, TimeProvider time)
    {
        this.store = store;
        this.secrets = secrets;
        this.audit = audit;
        this.passwords = passwords;
        this.time = time;
    }

    /// <summary>Shows what to set the authenticator up with. Changes nothing; the link stays good.</summary>
    public Task<Outcome<EnrolmentOffer>> Open(string token, CancellationToken cancel = default) => store.TryRead<EnrolmentOffer>(async context =>
    {
        if (await Find(context, token, cancel) is not { } enrolment)
        {
            return new Refusal(Reasons.EnrolmentInvalid);
        }

        var person = await context.People.SingleAsync(p => p.Id == enrolment.PersonId, cancel);
        var login = secrets.Unprotect(person.ProtectedLogin!);
        var key = Base32.Encode(secrets.UnprotectAuthenticator(enrolment.ProtectedAuthenticator));
        return new EnrolmentOffer(login, key, $"otpauth://totp/{Issuer}:{Uri.EscapeDataString(login)}?secret={key}&issuer={Issuer}&digits={Totp.Digits}&period=30");
    });

    /// <summary>Sets password and authenticator and ends the link. Its owner then signs in.</summary>
    /// <param name="token">The link's.</param>
    /// <param name="password">12 to 128 characters, not common.</param>
    /// <param name="code">A code of the authenticator that was just set up.</param>
    /// <param name="origin">Where the request comes from.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task<Outcome<Done>> Complete(string token, string password, string code, Origin origin, CancellationToken cancel = default)
    {
        if (PasswordRules.Check(password) is { } bad)
        {
            return bad;
        }

        var isOpen = await store.TryRead<bool>(async context => await Find(context, token, cancel) is not null);
        if (!isOpen.IsGiven || !isOpen.Value)
        {
            return isOpen.Refusal ?? new Refusal(Reasons.EnrolmentInvalid);
        }

        if (!passwords.TryEnter(out var place))
        {
            return passwords.Busy();
        }

        using (place)
        {
            var hash = await place.Hash(password);
            return await store.Write<Done>(context => Set(context, token, hash, code, origin, cancel), cancel);
        }
    }

    private async Task<Outcome<Done>> Set(AccountsContext context, string token, string hash, string code, Origin origin, CancellationToken cancel)
    {
        if (await Find(context, token, cancel) is not { } seen)
        {
            return new Refusal(Reasons.EnrolmentInvalid);
        }

        await context.Hold(seen.PersonId.ToString("N"), cancel);
        await context.Entry(seen).ReloadAsync(cancel);
        if (seen.EndedAt is not null || seen.Tries >= MostTries)
        {
            return new Refusal(Reasons.EnrolmentInvalid);
        }

        seen.Tries++;
        if (Totp.Find(secrets.UnprotectAuthenticator(seen.ProtectedAuthenticator), code, time.GetUtcNow(), 0) is not { } step)
        {
            return new Refusal(Reasons.WrongCredentials);
        }

        var person = await context.People.SingleAsync(p => p.Id == seen.PersonId, cancel);
        person.PasswordHash = hash;
        person.ProtectedAuthenticator = seen.ProtectedAuthenticator;
        person.AuthenticatorStep = step;
        seen.EndedAt = time.GetUtcNow();
        await audit.Append(
            context,
            AuditActor.Stranger(origin) with { PersonId = person.Id },
            new AuditEntry("staff-enrolled", "person", person.Id.ToString("N")),
            cancel);
        return default(Done);
    }

    private async Task<Enrolment?> Find(AccountsContext context, string token, CancellationToken cancel)
    {
        if (!secrets.TryRead(token, out var read))
        {
            return null;
        }

        var hash = read.ToHash();
        var now = time.GetUtcNow();
        return await context.Enrolments.SingleOrDefaultAsync(e => e.TokenHash == hash && e.EndedAt == null && e.ExpiresAt > now && e.Tries < MostTries, cancel);
    }
}
