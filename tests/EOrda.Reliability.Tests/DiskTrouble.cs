using System.Net;
using EOrda.Actors.Sqlite.Tests;
using EOrda.Load.Parents;
using EOrda.Load.Portal;
using EOrda.Reliability.Tests.Support;

namespace EOrda.Reliability.Tests;

/// <summary>The portal's disk fills up, or takes no more writes, while clients race; and is well again.</summary>
public sealed class DiskTrouble
{
    private const int Parents = 900;
    private const int SomeAnswers = 200;
    private const int SomeRefusals = 300;
    private const int MostLooks = 100;
    private const string NotRecorded = "not-recorded";
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(50);

    [FactWithSmallDisk]
    public async Task On_a_full_disk_nothing_is_told_as_won_and_with_room_again_service_resumes_by_itself()
    {
        using var disk = new SmallDisk(megabytes: 48);
        using var portal = new RealPortal(Path.Combine(disk.Path, "data"), Parents, queues: 2);
        await portal.StartReadyAsync();
        using var town = await Town.BeginAsync(portal, Draws.Seed, places: Parents);
        town.Begin();
        await town.HearAsync(SomeAnswers);
        var first = Fill(disk.Path);
        await RefusesAsync(portal, town);
        File.Delete(first);
        await town.HearAsync(SomeAnswers);

        // Stopped while it is full: what was to be tidied up is left for the next start.
        var last = Fill(disk.Path);
        await RefusesAsync(portal, town);
        Assert.Equal(0, await portal.StopAsync());
        await AcceptedAsync(portal);
        File.Delete(last);
        await portal.StartReadyAsync();
        await EndsWellAsync(portal, town);
    }

    [FactWithRealDisk]
    public async Task On_a_disk_that_takes_no_writes_nothing_is_told_as_won_and_it_resumes_when_it_can()
    {
        using var disk = new RealDisk(megabytes: 64);
        using var portal = new RealPortal(Path.Combine(disk.Path, "data"), Parents, queues: 2);
        await portal.StartReadyAsync();
        using var town = await Town.BeginAsync(portal, Draws.Seed, places: Parents);
        town.Begin();
        await town.HearAsync(SomeAnswers);
        RealDisk.Forbid(portal.Data);
        try
        {
            await RefusesAsync(portal, town);
        }
        finally
        {
            RealDisk.Allow(portal.Data);
        }

        await town.HearAsync(SomeAnswers);

        // Read-only by the kernel: only an operator ends that. No sync is under way then (docs/reliability.md says why).
        RealDisk.Forbid(portal.Data);
        await RefusesAsync(portal, town);
        disk.Break();
        await RefusesAsync(portal, town);
        Assert.Equal(0, await portal.StopAsync());
        await town.GatherAsync();
        Nothing(JournalBook.Read(portal.Data).Differences(town.Families));
        await AcceptedAsync(portal);
        portal.Start();
        Assert.Equal(1, await portal.ExitedAsync());
        Assert.Contains("The portal could not start", portal.Said, StringComparison.Ordinal);
        disk.Mend();
        RealDisk.Allow(portal.Data);
        Nothing(JournalBook.Read(portal.Data).Differences(town.Families));
        town.Release();
        await portal.StartReadyAsync();
        await EndsWellAsync(portal, town);
    }

    // Claims are refused as not recorded, everything else goes on, and nothing that the portal shows moves.
    private static async Task RefusesAsync(RealPortal portal, Town town)
    {
        var before = town.Undecided(NotRecorded);
        await town.UntilAsync(() => town.Undecided(NotRecorded) >= before + SomeRefusals, "the disk's refusals");
        var shown = await PlacesAsync(town);
        var yes = town.Yes;
        await town.UntilAsync(() => town.Undecided(NotRecorded) >= before + 2 * SomeRefusals, "more of the disk's refusals");
        Assert.Equal(yes, town.Yes);
        Assert.Equal(shown, await PlacesAsync(town));
        Assert.Equal(HttpStatusCode.OK, await portal.StatusAsync("/health/live"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await portal.StatusAsync("/health/ready"));
        Assert.True(portal.Lives, portal.Said);
    }

    private static async Task EndsWellAsync(RealPortal portal, Town town)
    {
        await town.HearAsync(SomeAnswers);
        await town.EndAsync();
        var reckoned = await Reckoning.OfAsync(town);
        Assert.Equal(0, await portal.StopAsync());
        Nothing([.. reckoned, .. JournalBook.Read(portal.Data).Differences(town.Families)]);
        await AcceptedAsync(portal);
    }

    private static async Task AcceptedAsync(RealPortal portal)
    {
        var verified = await Eorda.VerifyAsync(portal.Data);
        Assert.True(verified.ExitCode == 0, verified.Said);
    }

    // A look that meets an attempt to write fails with it, and is asked again.
    private static async Task<IReadOnlyList<PlaceAnswer>> PlacesAsync(Town town)
    {
        var places = new List<PlaceAnswer>();
        foreach (var queue in town.Families.Select(family => family.Who.Queue).Distinct())
        {
            IReadOnlyList<PlaceAnswer>? shown = null;
            for (var attempt = 1; shown is null; attempt++)
            {
                try
                {
                    shown = await KnownPlaces.PlacesOfAsync(town.Api, queue, CancellationToken.None);
                }
                catch (PortalException e) when (attempt < MostLooks && e.Message.Contains(NotRecorded, StringComparison.Ordinal))
                {
                    await Task.Delay(BetweenLooks);
                }
            }

            places.AddRange(shown);
        }

        return places;
    }

    // Down to the last byte.
    private static string Fill(string directory)
    {
        var path = Path.Combine(directory, "filler");
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        var block = new byte[1 << 20];
        for (var size = block.Length; size > 0;)
        {
            try
            {
                file.Write(block, 0, size);
            }
            catch (IOException)
            {
                size /= 2;
            }
        }

        return path;
    }

    private static void Nothing(IEnumerable<string> found)
    {
        string[] all = [.. found];
        Assert.True(all.Length == 0, $"EORDA_SEED={Draws.Seed}: {all.Length} contradictions, the first: {string.Join('\n', all.Take(10))}");
    }
}
