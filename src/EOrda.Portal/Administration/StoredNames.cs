using EOrda.Portal.Administration.Database;
using EOrda.Portal.Localities;
using EOrda.Portal.Problems;
using Microsoft.EntityFrameworkCore;

namespace EOrda.Portal.Administration;

/// <summary>
/// Names of localities and kindergartens, from the database into memory, where everybody reads them. Each change raises a number; a node reads everything anew when it
/// sees another number than it has read. Safe for concurrent use.
/// </summary>
internal sealed class StoredNames(PortalDatabase database, LocalityNames localities, KindergartenNames kindergartens) : IDisposable
{
    private readonly SemaphoreSlim reading = new(1);
    private long read = -1;

    /// <summary>Reads the names anew where they have changed.</summary>
    /// <exception cref="ProblemException">The database does not answer.</exception>
    public async Task RefreshAsync(CancellationToken cancel)
    {
        await reading.WaitAsync(cancel);
        try
        {
            read = await database.ReadAsync(async context =>
            {
                // Before the names: one that changes meanwhile is read again next time.
                var version = await context.Versions.Select(v => v.Version).SingleAsync(cancel);
                if (version != read)
                {
                    localities.Replace((await context.Localities.ToListAsync(cancel)).Select(row => row.ToNamed()));
                    kindergartens.Replace((await context.Kindergartens.ToListAsync(cancel)).Select(row => row.ToNamed()));
                }

                return version;
            });
        }
        finally
        {
            reading.Release();
        }
    }

    /// <summary>Says what a locality is called.</summary>
    /// <exception cref="ProblemException">The database does not answer.</exception>
    public Task SetAsync(NamedLocality named, CancellationToken cancel) => ChangeAsync(
        async context =>
        {
            if (await context.Localities.FindAsync([named.Locality], cancel) is not { } row)
            {
                row = new LocalityRow { Locality = named.Locality, Letters = "", NameKk = "", NameRu = "", NameEn = "" };
                context.Localities.Add(row);
            }

            row.Letters = named.Letters;
            (row.NameKk, row.NameRu, row.NameEn) = (named.Name.Kk, named.Name.Ru, named.Name.En);
        },
        cancel);

    /// <summary>Says what kindergartens of a locality are called, where they are and whose.</summary>
    /// <exception cref="ProblemException">The database does not answer.</exception>
    public Task SetAsync(string locality, IReadOnlyCollection<NamedKindergarten> named, CancellationToken cancel) => ChangeAsync(
        async context =>
        {
            var identifiers = named.Select(k => k.Kindergarten).ToList();
            var rows = await context.Kindergartens.Where(row => identifiers.Contains(row.Kindergarten)).ToDictionaryAsync(row => row.Kindergarten, cancel);
            foreach (var wanted in named.Select(k => KindergartenRow.Of(locality, k)))
            {
                if (rows.TryGetValue(wanted.Kindergarten, out var row))
                {
                    context.Entry(row).CurrentValues.SetValues(wanted);
                }
                else
                {
                    context.Kindergartens.Add(wanted);
                }
            }
        },
        cancel);

    /// <inheritdoc/>
    public void Dispose() => reading.Dispose();

    private async Task ChangeAsync(Func<PortalContext, Task> work, CancellationToken cancel)
    {
        await database.WriteAsync(
            async context =>
            {
                // First of all, so that of two nodes one waits for the other.
                await context.Versions.ExecuteUpdateAsync(set => set.SetProperty(v => v.Version, v => v.Version + 1), cancel);
                await work(context);
                return true;
            },
            cancel);
        await RefreshAsync(cancel);
    }
}
