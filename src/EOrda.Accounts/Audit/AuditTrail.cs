using System.Security.Cryptography;
using EOrda.Accounts.Database;
using EOrda.Accounts.Lockouts;
using EOrda.Accounts.People;
using Microsoft.EntityFrameworkCore;

namespace EOrda.Accounts.Audit;

/// <summary>
/// Who did what, when, on whose data, and why (P11). Append-only: the database refuses to change an entry, and to erase one that retention has not
/// reached. Chained: what somebody changes in spite of that is found by <see cref="Verify"/>. Safe for concurrent use.
/// </summary>
/// <remarks>Holds identifiers of people, devices and data, addresses, and the reasons that staff wrote; no names, IINs or phones.</remarks>
public sealed class AuditTrail
{
    private const string Held = "audit";
    private const int PageRows = 5_000;
    private const int KeyBytesShown = 8;

    private readonly AccountsStore store;
    private readonly TimeProvider time;

    internal AuditTrail(AccountsStore store, TimeProvider time)
    {
        this.store = store;
        this.time = time;
    }

    /// <summary>Records what was done or looked at. Recorded when the task has ended; its callers answer after that.</summary>
    /// <param name="acting">Who.</param>
    /// <param name="entry">What, on whose data, why.</param>
    /// <param name="cancel">Ends the wait; the entry may be recorded nevertheless.</param>
    /// <exception cref="ArgumentException">A field is empty or too long.</exception>
    public Task<Outcome<Done>> Record(Acting acting, AuditEntry entry, CancellationToken cancel = default)
    {
        entry.Check();
        return store.Write<Done>(
            async context =>
            {
                await Append(context, AuditActor.Of(acting), entry, cancel);
                return default(Done);
            },
            cancel);
    }

    /// <summary>Finds entries, the newest first.</summary>
    public Task<Outcome<IReadOnlyList<AuditRecord>>> Search(AuditQuery query, CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Take, 1, nameof(query));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Take, AuditQuery.MostTaken, nameof(query));
        return store.TryRead<IReadOnlyList<AuditRecord>>(async context =>
        {
            var rows = context.Audit.AsQueryable();
            rows = query.PersonId is { } person ? rows.Where(row => row.PersonId == person) : rows;
            rows = query.SubjectKind is { } kind ? rows.Where(row => row.SubjectKind == kind) : rows;
            rows = query.SubjectId is { } subject ? rows.Where(row => row.SubjectId == subject) : rows;
            rows = query.Locality is { } locality ? rows.Where(row => row.Locality == locality) : rows;
            rows = query.Action is { } action ? rows.Where(row => row.Action == action) : rows;
            if (query.From is { } from)
            {
                if (await FirstFrom(context, from, cancel) is not { } first)
                {
                    return Array.Empty<AuditRecord>();
                }

                rows = rows.Where(row => row.Sequence >= first);
            }

            if (query.Until is { } until && await FirstFrom(context, until, cancel) is { } end)
            {
                rows = rows.Where(row => row.Sequence < end);
            }

            rows = query.Before is { } before ? rows.Where(row => row.Sequence < before) : rows;
            var found = await rows.OrderByDescending(row => row.Sequence).Take(query.Take).ToListAsync(cancel);
            return found.ConvertAll(ToRecord);
        });
    }

    /// <summary>The end of the chain now.</summary>
    public Task<Outcome<AuditAnchor>> End(CancellationToken cancel = default) =>
        store.TryRead<AuditAnchor>(async context => ToAnchor(await context.AuditHeads.SingleAsync(cancel)));

    /// <summary>Reads the whole chain and checks that every entry is what was written.</summary>
    /// <param name="anchor">A place noted earlier, outside of the database: it has to be in the chain still. Null checks the chain within itself.</param>
    /// <param name="cancel">Ends the reading.</param>
    public Task<Outcome<AuditVerdict>> Verify(AuditAnchor? anchor = null, CancellationToken cancel = default) => store.TryRead<AuditVerdict>(async context =>
    {
        var head = await context.AuditHeads.SingleAsync(cancel);
        var sequence = head.ErasedThrough;
        var hash = head.ErasedHash;
        var read = 0L;
        while (sequence < head.Sequence)
        {
            var page = await context.Audit.Where(row => row.Sequence > sequence && row.Sequence <= head.Sequence).OrderBy(row => row.Sequence).Take(PageRows).ToListAsync(cancel);
            foreach (var row in page)
            {
                var isNext = row.Sequence == sequence + 1;
                hash = AuditChain.Hash(hash, row);
                if (!isNext || !CryptographicOperations.FixedTimeEquals(hash, row.Hash) || !Fits(anchor, row))
                {
                    return new AuditVerdict(read, sequence + 1, ToAnchor(head));
                }

                sequence++;
                read++;
            }

            if (page.Count == 0)
            {
                return new AuditVerdict(read, sequence + 1, ToAnchor(head));
            }
        }

        var ends = CryptographicOperations.FixedTimeEquals(hash, head.Hash) && (anchor is null || anchor.Sequence <= head.Sequence);
        return new AuditVerdict(read, ends ? null : head.Sequence, ToAnchor(head));
    });

    /// <summary>Adds an entry within a transaction, whose last step it is: the end of the chain is held until it ends.</summary>
    internal async Task Append(AccountsContext context, AuditActor actor, AuditEntry entry, CancellationToken cancel)
    {
        if (context.AuditHeads.Local.SingleOrDefault() is not { } head)
        {
            await context.Hold(Held, cancel);
            head = await context.AuditHeads.SingleAsync(cancel);
        }

        var now = time.GetUtcNow();
        var at = DateTimeOffset.FromUnixTimeMilliseconds(Math.Max(now.ToUnixTimeMilliseconds(), head.LastAt.ToUnixTimeMilliseconds()));
        var row = ToRow(head.Sequence + 1, at, actor, entry, []);
        row = ToRow(row.Sequence, at, actor, entry, AuditChain.Hash(head.Hash, row));
        context.Audit.Add(row);
        head.Sequence = row.Sequence;
        head.Hash = row.Hash;
        head.LastAt = at;
    }

    /// <summary>Adds that an attempt locked; of one that did not, nothing. The account stands there by the beginning of its keyed hash: it need not exist.</summary>
    internal Task AppendLock(AccountsContext context, Attempt attempt, Origin origin, CancellationToken cancel) => attempt.Locks
        ? Append(context, AuditActor.Stranger(origin), new AuditEntry("locked", "account-key", Convert.ToHexString(attempt.Subject.AsSpan(0, KeyBytesShown))), cancel)
        : Task.CompletedTask;

    /// <summary>Records that an attempt locked; of one that did not, nothing. The same is done for accounts that do not exist.</summary>
    internal Task RecordLock(Attempt attempt, Origin origin, CancellationToken cancel) => attempt.Locks
        ? store.Write<Done>(
            async context =>
            {
                await AppendLock(context, attempt, origin, cancel);
                return default(Done);
            },
            cancel)
        : Task.CompletedTask;

    /// <summary>Erases what is older than <paramref name="before"/>, from the beginning of the chain.</summary>
    internal Task<Outcome<Done>> Erase(DateTimeOffset before, int most, CancellationToken cancel) => store.Write<Done>(
        async context =>
        {
            await context.Hold(Held, cancel);
            var head = await context.AuditHeads.SingleAsync(cancel);
            var last = await context.Audit.AsNoTracking()
                .Where(row => row.Sequence > head.ErasedThrough && row.Sequence <= head.ErasedThrough + most && row.At < before)
                .OrderByDescending(row => row.Sequence)
                .FirstOrDefaultAsync(cancel);
            if (last is not null)
            {
                head.ErasedThrough = last.Sequence;
                head.ErasedHash = last.Hash;
                await context.SaveChangesAsync(cancel);
                await context.Audit.Where(row => row.Sequence <= last.Sequence).ExecuteDeleteAsync(cancel);
            }

            return default(Done);
        },
        cancel);

    private static bool Fits(AuditAnchor? anchor, AuditRow row) =>
        anchor is null || anchor.Sequence != row.Sequence || string.Equals(anchor.Hash, Convert.ToHexString(row.Hash), StringComparison.Ordinal);

    // Instants never fall along the chain, so a bound in time is a bound in sequence, and every filter has an index that ends with it.
    private static async Task<long?> FirstFrom(AccountsContext context, DateTimeOffset from, CancellationToken cancel) =>
        await context.Audit.Where(row => row.At >= from).OrderBy(row => row.At).ThenBy(row => row.Sequence).Select(row => (long?)row.Sequence).FirstOrDefaultAsync(cancel);

    private static AuditAnchor ToAnchor(AuditHead head) => new(head.Sequence, Convert.ToHexString(head.Hash));

    private static AuditRow ToRow(long sequence, DateTimeOffset at, AuditActor actor, AuditEntry entry, byte[] hash) => new()
    {
        Sequence = sequence,
        At = at,
        PersonId = actor.PersonId,
        Role = actor.Duty?.Role,
        Scope = actor.Duty?.Scope ?? "",
        Address = actor.Address,
        DeviceId = actor.DeviceId,
        Action = entry.Action,
        SubjectKind = entry.SubjectKind,
        SubjectId = entry.SubjectId,
        Locality = entry.Locality,
        Details = entry.Details,
        Reason = entry.Reason,
        Hash = hash,
    };

    private static AuditRecord ToRecord(AuditRow row) => new(
        row.Sequence,
        row.At,
        new AuditActor(row.PersonId, row.Role is { } role ? new Duty(role, row.Scope) : null, row.Address, row.DeviceId),
        new AuditEntry(row.Action, row.SubjectKind, row.SubjectId) { Locality = row.Locality, Details = row.Details, Reason = row.Reason },
        Convert.ToHexString(row.Hash));
}
