using EOrda.Load.Books;
using EOrda.Load.Portal;

namespace EOrda.Reliability.Tests.Support;

/// <summary>Compares the families' books with what the portal shows to everyone. Within one morning a place can be won once: given up, it is back the next.</summary>
internal static class Reckoning
{
    private const int AtOnce = 100;

    /// <summary>All contradictions, none when the books and the portal agree and every key gets its first answer.</summary>
    public static async Task<IReadOnlyList<string>> OfAsync(Town town)
    {
        var found = new List<string>(town.Wrong);
        var before = await LookAsync(town);
        Comparing.Compare(town.Families, before, found);
        await RepeatAllAsync(town, found);

        // Asking again has changed nothing.
        Comparing.Compare(town.Families, await LookAsync(town), found);
        return found;
    }

    /// <summary>Everything that the portal shows of the town.</summary>
    public static Task<Protocols> LookAsync(Town town) => Protocols.ReadAsync(
        town.Api, [.. town.Families.Select(family => family.Who.Queue).Distinct()], [.. town.Families.Select(family => family.Who)], CancellationToken.None);

    private static async Task RepeatAllAsync(Town town, List<string> found)
    {
        await Parallel.ForEachAsync(town.Families.SelectMany(family => family.Book), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (first, cancel) =>
        {
            var reply = await first.Asked.SendAsync(town.Api, cancel);
            if (!first.IsRepeatedBy(reply))
            {
                lock (found)
                {
                    found.Add($"Asked again in the end: {first}; then {reply.Status} {System.Text.Encoding.UTF8.GetString(reply.Body)}{reply.Failure}");
                }
            }
        });
    }
}
