using System.Security.Cryptography;
using EOrda.Accounts.Database;
using EOrda.Accounts.Keys;
using Microsoft.EntityFrameworkCore;

namespace EOrda.Accounts.Codes;

/// <summary>
/// One-time codes (P2): six digits, five minutes, three tries, one live code for each who asks, bounded by number, asker and address.
/// The owner's device and strangers have bounds of their own, so strangers use up nothing of the owner's.
/// </summary>
internal sealed class OneTimeCodes(Secrets secrets, AccountOptions options, TimeProvider time)
{
    private const int Values = 1_000_000;
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>Makes a code. The caller holds the number.</summary>
    /// <returns>The ticket and the digits; or that the bounds are reached.</returns>
    public async Task<Outcome<NewCode>> Make(AccountsContext context, CodeRequest request, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        if (await Bound(context, request, now, cancel) is { } refusal)
        {
            return refusal;
        }

        var live = await context.Codes
            .Where(c => c.NumberKey == request.NumberKey && c.Asker == request.Asker && c.EndedAt == null && c.ExpiresAt > now)
            .ToListAsync(cancel);
        live.ForEach(code => code.EndedAt = now);
        var ticket = new Guid(RandomNumberGenerator.GetBytes(16));
        var digits = RandomNumberGenerator.GetInt32(Values).ToString("D6");
        context.Codes.Add(new OneTimeCode
        {
            Id = ticket,
            Purpose = request.Purpose,
            Subject = request.Subject,
            NumberKey = request.NumberKey,
            ProtectedIin = request.ProtectedIin,
            ProtectedPhone = request.ProtectedPhone,
            Asker = request.Asker,
            IsOwners = request.IsOwners,
            CodeHash = secrets.Code(ticket, digits),
            CreatedAt = now,
            ExpiresAt = now + options.CodeLife,
        });
        return new NewCode(ticket, digits);
    }

    /// <summary>Counts a try and compares. The caller holds the subject, so that of many tries at once three are compared.</summary>
    public bool Try(OneTimeCode code, string digits)
    {
        if (code.EndedAt is not null || code.ExpiresAt <= time.GetUtcNow() || code.Tries >= options.CodeTries)
        {
            return false;
        }

        code.Tries++;
        return CryptographicOperations.FixedTimeEquals(secrets.Code(code.Id, digits.Length == 6 ? digits : ""), code.CodeHash);
    }

    /// <summary>Takes a code that was right: it is right once.</summary>
    public void Use(OneTimeCode code) => code.EndedAt = time.GetUtcNow();

    private async Task<Refusal?> Bound(AccountsContext context, CodeRequest request, DateTimeOffset now, CancellationToken cancel)
    {
        var hourAgo = now - Hour;
        var dayAgo = now - Day;
        var toNumber = await context.Codes.AsNoTracking()
            .Where(c => c.NumberKey == request.NumberKey && c.IsOwners == request.IsOwners && c.CreatedAt > dayAgo)
            .OrderByDescending(c => c.CreatedAt)
            .Take(options.CodesADay)
            .Select(c => new { c.CreatedAt, c.Asker })
            .ToListAsync(cancel);
        if (toNumber.Count >= options.CodesADay)
        {
            return new Refusal(Reasons.TooManyCodes, toNumber[^1].CreatedAt + Day - now);
        }

        if (toNumber.Count >= options.CodesAnHour && toNumber[options.CodesAnHour - 1].CreatedAt > hourAgo)
        {
            return new Refusal(Reasons.TooManyCodes, toNumber[options.CodesAnHour - 1].CreatedAt + Hour - now);
        }

        if (!request.IsOwners && toNumber.Count(c => c.CreatedAt > hourAgo && c.Asker.AsSpan().SequenceEqual(request.Asker)) >= options.CodesAnHourOfStranger)
        {
            return new Refusal(Reasons.TooManyCodes, Hour);
        }

        return await context.Codes.CountAsync(c => c.Asker == request.Asker && c.CreatedAt > hourAgo, cancel) >= options.CodesAnHourOfAddress
            ? new Refusal(Reasons.TooManyCodes, Hour)
            : null;
    }
}

/// <summary>Which code is asked for.</summary>
internal sealed record CodeRequest(CodePurpose Purpose, byte[] Subject, byte[] NumberKey, byte[] Asker, bool IsOwners, string ProtectedIin, string ProtectedPhone);

/// <summary>A code that was made.</summary>
internal sealed record NewCode(Guid Ticket, string Digits);
