using System.Collections.Concurrent;
using EOrda.Accounts.Audit;
using EOrda.Accounts.Database;
using EOrda.Accounts.Keys;
using EOrda.Accounts.People;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Extensions;

namespace EOrda.Accounts.Sessions;

/// <summary>
/// Sessions, on every node (P2). A token is looked up in memory and read from the database once in a few minutes; what was ended elsewhere is heard
/// by asking the database every second. One live session an account: a newer sign-in ends the older one. Safe for concurrent use.
/// </summary>
public sealed class LiveSessions
{
    private const int StoredAtOnce = 500;
    private static readonly Refusal None = new(Reasons.NoSession);

    private readonly ConcurrentDictionary<Token, CachedSession> cache = new();
    private readonly ConcurrentDictionary<Guid, Token> tokens = new();
    private readonly AccountsStore store;
    private readonly Secrets secrets;
    private readonly AuditTrail audit;
    private readonly AccountOptions options;
    private readonly TimeProvider time;

    internal LiveSessions(AccountsStore store, Secrets secrets, AuditTrail audit, AccountOptions options, TimeProvider time)
    {
        this.store = store;
        this.secrets = secrets;
        this.audit = audit;
        this.options = options;
        this.time = time;
    }

    /// <summary>Told when a session that this node knew has ended, so that its live connections can be told and closed. Handlers return at once.</summary>
    public event EventHandler<SessionEndedEventArgs>? Ended;

    /// <summary>Checks the token of a request, which counts as activity. A token that was not made here costs no look into the database.</summary>
    /// <returns>The session, or why there is none.</returns>
    public ValueTask<Outcome<Session>> Validate(string? token, CancellationToken cancel = default) => Look(token, _ => true, cancel);

    /// <summary>Checks the token of a live page with the race open, which counts as activity from 06:00 to 08:00 local (P2) and not otherwise.</summary>
    public ValueTask<Outcome<Session>> ValidateLive(string? token, CancellationToken cancel = default) => Look(token, IsInRace, cancel);

    /// <summary>Ends the session of a token. A token without a session is done at once.</summary>
    public async Task<Outcome<Done>> SignOut(string? token, Origin origin, CancellationToken cancel = default)
    {
        if (!secrets.TryRead(token, out var read))
        {
            return default(Done);
        }

        var hash = read.ToHash();
        var outcome = await store.Write<Done>(
            async context =>
            {
                var session = await context.Sessions.SingleOrDefaultAsync(s => s.TokenHash == hash && s.EndedAt == null, cancel);
                if (session is not null)
                {
                    session.EndedAt = time.GetUtcNow();
                    session.EndReason = SessionEnd.SignedOut;
                    await audit.Append(context, AuditActor.Of(ToSession(session), origin), new AuditEntry("signed-out", "person", session.PersonId.ToString("N")), cancel);
                }

                return default(Done);
            },
            cancel);
        if (outcome.IsGiven && cache.TryGetValue(read, out var cached))
        {
            End(cached, SessionEnd.SignedOut);
        }

        return outcome;
    }

    /// <summary>Hears which sessions were ended on other nodes. To be called every <see cref="AccountOptions.RevocationPoll"/>; the upkeep does.</summary>
    public async Task<Outcome<Done>> HearEnded(CancellationToken cancel)
    {
        var since = time.GetUtcNow() - options.RevocationOverlap;
        var ended = await store.TryRead<List<EndedRow>>(async context =>
            await context.Sessions.Where(s => s.EndedAt >= since).Select(s => new EndedRow(s.Id, s.EndReason)).ToListAsync(cancel));
        if (!ended.IsGiven)
        {
            return ended.Refusal;
        }

        foreach (var row in ended.Value)
        {
            End(row.Id, row.Reason ?? SessionEnd.Revoked);
        }

        return default(Done);
    }

    /// <summary>Stores activity that is newer than what is stored by <see cref="AccountOptions.ActivityGrain"/>, and forgets what has ended. The upkeep calls it every minute.</summary>
    public async Task<Outcome<Done>> StoreActivity(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        Forget(now);
        var grain = (long)options.ActivityGrain.TotalMilliseconds;
        foreach (var chunk in cache.Values.Where(c => c.End is null && c.Session.Duty.Role == Role.Parent && c.Seen - c.Stored >= grain).Chunk(StoredAtOnce))
        {
            var outcome = await store.Write<Done>(
                async context =>
                {
                    foreach (var cached in chunk)
                    {
                        var id = cached.Session.Id;
                        var seen = DateTimeOffset.FromUnixTimeMilliseconds(cached.Seen);
                        await context.Sessions.Where(s => s.Id == id && s.LastSeenAt < seen).ExecuteUpdateAsync(set => set.SetProperty(s => s.LastSeenAt, seen), cancel);
                    }

                    return default(Done);
                },
                cancel);
            if (!outcome.IsGiven)
            {
                return outcome;
            }

            foreach (var cached in chunk)
            {
                cached.Stored = cached.Seen;
            }
        }

        return default(Done);
    }

    /// <summary>Begins a session within a transaction that holds the person, and ends the person's older ones of the same kind.</summary>
    internal async Task<SignedIn> Begin(
        AccountsContext context, Guid person, Duty duty, Guid? device, CancellationToken cancel, DateTimeOffset? until = null)
    {
        var now = time.GetUtcNow();
        var isParent = duty.Role == Role.Parent;
        var ended = await EndStored(context, person, session => session.IsStaff != isParent, SessionEnd.Superseded, cancel);
        var token = secrets.NewToken();
        secrets.TryRead(token, out var read);
        var session = new Session(Guid.CreateVersion7(now), person, duty, device, now, until ?? now + (isParent ? options.ParentSession : options.StaffSession));
        context.Sessions.Add(new StoredSession
        {
            Id = session.Id,
            TokenHash = read.ToHash(),
            PersonId = person,
            Role = duty.Role,
            Scope = duty.Scope,
            DeviceId = device,
            SignedInAt = now,
            ExpiresAt = session.ExpiresAt,
            LastSeenAt = now,
        });
        return new SignedIn(session, token) { Ended = ended };
    }

    /// <summary>Ends sessions of a person within a transaction that holds the person. Tell <see cref="Announce"/> when it is stored.</summary>
    internal async Task<IReadOnlyList<Guid>> EndStored(
        AccountsContext context, Guid person, Func<StoredSession, bool> which, SessionEnd reason, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var live = await context.Sessions.Where(s => s.PersonId == person && s.EndedAt == null && s.ExpiresAt > now).ToListAsync(cancel);
        var ended = live.Where(which).ToList();
        foreach (var session in ended)
        {
            session.EndedAt = now;
            session.EndReason = reason;
        }

        return ended.ConvertAll(session => session.Id);
    }

    /// <summary>Ended sessions are stored: this node hears at once.</summary>
    internal void Announce(IEnumerable<Guid> ended, SessionEnd reason)
    {
        foreach (var id in ended)
        {
            End(id, reason);
        }
    }

    private static Session ToSession(StoredSession s) => new(s.Id, s.PersonId, new Duty(s.Role, s.Scope), s.DeviceId, s.SignedInAt, s.ExpiresAt);

    private static Refusal ToRefusal(SessionEnd? reason) => new(ToReason(reason));

    private static string ToReason(SessionEnd? reason) => reason == SessionEnd.Superseded ? Reasons.SessionEndedElsewhere : Reasons.SessionEnded;

    private async ValueTask<Outcome<Session>> Look(string? token, Func<DateTimeOffset, bool> isActivity, CancellationToken cancel)
    {
        if (!Token.TryParse(token, out var read))
        {
            return None;
        }

        var now = time.GetUtcNow();
        if (!cache.TryGetValue(read, out var cached) || now - cached.Loaded >= options.SessionCacheLife || IsIdle(cached.Session, cached.Seen, now))
        {
            if (!secrets.TryRead(token, out _))
            {
                return None;
            }

            var loaded = await Load(read, now, cancel);
            if (!loaded.IsGiven)
            {
                return loaded.Refusal;
            }

            cached = loaded.Value;
        }

        if (cached.End is { } end)
        {
            return ToRefusal(end);
        }

        if (now >= cached.Session.ExpiresAt)
        {
            return new Refusal(Reasons.SessionExpired);
        }

        if (IsIdle(cached.Session, cached.Seen, now))
        {
            return new Refusal(Reasons.SessionIdle);
        }

        if (isActivity(now))
        {
            cached.Touch(now);
        }

        return cached.Session;
    }

    private async Task<Outcome<CachedSession>> Load(Token token, DateTimeOffset now, CancellationToken cancel)
    {
        var hash = token.ToHash();
        var found = await store.TryRead<FoundRow>(async context => new FoundRow(await context.Sessions.SingleOrDefaultAsync(s => s.TokenHash == hash, cancel)));
        if (!found.IsGiven)
        {
            return found.Refusal;
        }

        if (found.Value.Session is not { } stored)
        {
            return None;
        }

        if (stored.EndedAt is not null)
        {
            return ToRefusal(stored.EndReason);
        }

        // What this node has seen and not stored yet is kept.
        var known = cache.TryGetValue(token, out var before) ? DateTimeOffset.FromUnixTimeMilliseconds(before.Seen) : stored.LastSeenAt;
        var cached = new CachedSession(ToSession(stored), known > stored.LastSeenAt ? known : stored.LastSeenAt, now) { Stored = stored.LastSeenAt.ToUnixTimeMilliseconds() };
        if (before?.End is { } end)
        {
            cached.TryEnd(end);
        }

        if (before is not null || cache.Count < options.SessionCacheEntries)
        {
            cache[token] = cached;
            tokens[cached.Session.Id] = token;
        }

        return cached;
    }

    private bool IsIdle(Session session, long seen, DateTimeOffset now) =>
        session.Duty.Role == Role.Parent && now.ToUnixTimeMilliseconds() - seen >= (long)options.ParentIdle.TotalMilliseconds;

    private bool IsInRace(DateTimeOffset now)
    {
        var local = now.ToInstant().InZone(options.Zone).TimeOfDay;
        return local >= options.RaceFrom && local < options.RaceUntil;
    }

    private void End(Guid id, SessionEnd reason)
    {
        if (tokens.TryGetValue(id, out var token) && cache.TryGetValue(token, out var cached))
        {
            End(cached, reason);
        }
    }

    private void End(CachedSession cached, SessionEnd reason)
    {
        if (cached.TryEnd(reason))
        {
            Ended?.Invoke(this, new SessionEndedEventArgs(cached.Session.Id, ToReason(reason)));
        }
    }

    // An ended session stays for as long as its end is heard again and again; the database knows it after that.
    private void Forget(DateTimeOffset now)
    {
        foreach (var (token, cached) in cache)
        {
            var stale = now - cached.Loaded >= options.SessionCacheLife + options.RevocationOverlap;
            if (now >= cached.Session.ExpiresAt || (stale && (cached.End is not null || IsIdle(cached.Session, cached.Seen, now))))
            {
                cache.TryRemove(token, out _);
                tokens.TryRemove(cached.Session.Id, out _);
            }
        }
    }

    private sealed record EndedRow(Guid Id, SessionEnd? Reason);

    private sealed record FoundRow(StoredSession? Session);
}
