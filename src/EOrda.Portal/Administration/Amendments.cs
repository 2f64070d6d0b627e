using System.Text.Json;
using EOrda.Actors;
using EOrda.Portal.Administration.Database;
using EOrda.Portal.Json;
using EOrda.Portal.Problems;
using EOrda.Queues;
using EOrda.Queues.Rules;
using Microsoft.EntityFrameworkCore;

namespace EOrda.Portal.Administration;

/// <summary>
/// Amendments of rules that are to be in force from an instant to come (P6). They wait in the portal's database; when the instant has come whichever node looks first
/// has the queues decide, by a key that is the amendment's own, so that several nodes and a crash between make one decision. Safe for concurrent use.
/// </summary>
internal sealed partial class Amendments(PortalDatabase database, IQueues queues, TimeProvider time, ILogger<Amendments> logger)
{
    /// <summary>How many a locality may have to come.</summary>
    public const int MostPending = 20;

    private const int MostListed = 100;
    private static readonly string[] States = ["pending", "decided", "refused", "withdrawn"];

    /// <summary>A locality's, the latest first.</summary>
    public Task<IReadOnlyList<AmendmentView>> ListAsync(string locality, CancellationToken cancel) => database.ReadAsync<IReadOnlyList<AmendmentView>>(async context =>
        (await context.Amendments.Where(row => row.Locality == locality).OrderByDescending(row => row.From).ThenBy(row => row.Id).Take(MostListed).ToListAsync(cancel)).ConvertAll(ViewOf));

    /// <summary>The rules as they will be at an instant, when all amendments to come before it are decided.</summary>
    /// <param name="latest">The latest rules of the locality.</param>
    /// <param name="locality">The locality.</param>
    /// <param name="at">The instant.</param>
    /// <param name="except">The amendment that is asked about, which may be kept already.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task<LocalityRules> RulesAtAsync(LocalityRules latest, string locality, DateTimeOffset at, Guid except, CancellationToken cancel)
    {
        var before = await database.ReadAsync(context => context.Amendments
            .Where(row => row.Locality == locality && row.State == AmendmentState.Pending && row.From <= at && row.Id != except)
            .OrderBy(row => row.From)
            .ThenBy(row => row.Id)
            .Select(row => row.Changes)
            .ToListAsync(cancel));
        return before.Aggregate(latest, (rules, changes) => Read(changes).TryAmend(rules, out var amended, out _) ? amended : rules);
    }

    /// <summary>True when an amendment is kept already: its request was asked again.</summary>
    /// <exception cref="KeyReusedException">The identifier is another amendment's.</exception>
    public async Task<bool> IsKeptAsync(Guid id, string locality, RulesDraft changes, DateTimeOffset from, CancellationToken cancel)
    {
        var known = await database.ReadAsync(context => context.Amendments.SingleOrDefaultAsync(row => row.Id == id, cancel));
        return known is not null && (known.Locality == locality && known.Changes == Write(changes) && known.From == from ? true : throw new KeyReusedException());
    }

    /// <summary>Keeps an amendment. One that is kept already stays as it is.</summary>
    /// <exception cref="ProblemException">The locality has too many to come.</exception>
    public Task AddAsync(Guid id, string locality, RulesDraft changes, DateTimeOffset from, Guid askedBy, CancellationToken cancel) => database.WriteAsync(
        async context =>
        {
            if (await context.Amendments.AnyAsync(row => row.Id == id, cancel))
            {
                return false;
            }

            if (await context.Amendments.CountAsync(row => row.Locality == locality && row.State == AmendmentState.Pending, cancel) >= MostPending)
            {
                throw new ProblemException(StaffProblems.TooManyAmendments);
            }

            context.Amendments.Add(new AmendmentRow { Id = id, Locality = locality, Changes = Write(changes), From = from, AskedAt = time.GetUtcNow(), AskedBy = askedBy });
            return true;
        },
        cancel);

    /// <summary>Withdraws an amendment whose instant has not come.</summary>
    /// <returns>False when there is no such amendment to come.</returns>
    public Task<bool> WithdrawAsync(Guid id, string locality, CancellationToken cancel) => database.WriteAsync(
        async context =>
        {
            var now = time.GetUtcNow();
            return await context.Amendments
                .Where(row => row.Id == id && row.Locality == locality && row.State == AmendmentState.Pending && row.From > now)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.State, AmendmentState.Withdrawn), cancel) == 1;
        },
        cancel);

    /// <summary>Has those decided whose instant has come, in their order.</summary>
    public async Task DecideDueAsync(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var due = await database.ReadAsync(context => context.Amendments
            .Where(row => row.State == AmendmentState.Pending && row.From <= now)
            .OrderBy(row => row.From)
            .ThenBy(row => row.Id)
            .Take(MostPending)
            .ToListAsync(cancel));
        foreach (var amendment in due)
        {
            var answer = await queues.Ask(new AmendRules(amendment.Locality, Read(amendment.Changes)), KeyOf(amendment.Id), queue: null, cancel);
            var state = answer is Refusal ? AmendmentState.Refused : AmendmentState.Decided;
            if (answer is Refusal refusal)
            {
                LogRefused(amendment.Locality, refusal.Reason);
            }

            await database.WriteAsync(
                context => context.Amendments.Where(row => row.Id == amendment.Id && row.State == AmendmentState.Pending).ExecuteUpdateAsync(set => set.SetProperty(row => row.State, state), cancel),
                cancel);
        }
    }

    /// <summary>The identifier of the amendment that a key asks for.</summary>
    public static Guid IdOf(CommandKey key) => new(
        [.. Enumerable.Range(0, 16).Select(i => (byte)(key.Value >> (8 * (15 - i))))], bigEndian: true);

    private static CommandKey KeyOf(Guid id) => new(id.ToByteArray(bigEndian: true).Aggregate(UInt128.Zero, (value, next) => (value << 8) | next));

    private static string Write(RulesDraft changes) => JsonSerializer.Serialize(changes, ApiJson.Web.RulesDraft);

    private static RulesDraft Read(string changes) => JsonSerializer.Deserialize(changes, ApiJson.Web.RulesDraft)!;

    private static AmendmentView ViewOf(AmendmentRow row) => new(
        row.Id,
        row.From,
        row.AskedAt,
        States[(int)row.State],
        [.. JsonDocument.Parse(row.Changes).RootElement.EnumerateObject().Where(rule => rule.Value.ValueKind != JsonValueKind.Null).Select(rule => rule.Name)]);

    [LoggerMessage(161, LogLevel.Warning, "An amendment of the rules of {Locality} was refused when its instant came: {Reason}")]
    private partial void LogRefused(string locality, Reason reason);
}
