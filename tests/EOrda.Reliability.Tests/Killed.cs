using EOrda.Load.Portal;
using EOrda.Reliability.Tests.Support;

namespace EOrda.Reliability.Tests;

/// <summary>The portal killed with SIGKILL at random moments, again and again on the same data, while hundreds of clients race.</summary>
public sealed class Killed : IDisposable
{
    private const int ClientsShare = 300;
    private const int Queues = 3;
    private const int MostAnswersOfALife = 1_500;
    private const int LongestStart = 1_500;

    private readonly TemporaryData data = new();
    private readonly Random random = new(Draws.Seed);
    private string where = "before the first kill";

    public void Dispose() => data.Dispose();

    [Fact]
    public async Task What_a_client_heard_is_there_after_every_kill_and_no_place_is_won_twice()
    {
        var parents = ClientsShare * (2 + Draws.Kills / 2);
        using var portal = new RealPortal(data.Path, parents, Queues);
        await portal.StartReadyAsync();
        await KillWhilePlacesAreReportedAsync(portal, parents);

        using var town = await Town.BeginAsync(portal, Draws.Seed, places: parents + parents / 4);
        town.Begin();
        for (var kill = 1; kill <= Draws.Kills; kill++)
        {
            where = $"kill {kill}";
            await MomentAsync(portal, town);
            portal.Kill();
            JournalBook.Read(data.Path);
            portal.Start();
        }

        where = "after the last kill";
        await town.HearAsync(MostAnswersOfALife / 4);
        await town.EndAsync();
        Nothing(await Reckoning.OfAsync(town));
        Assert.Equal(0, await portal.StopAsync());
        Nothing(JournalBook.Read(data.Path).Differences(town.Families));
        var verified = await Eorda.VerifyAsync(data.Path);
        Assert.True(verified.ExitCode == 0, verified.Said);

        // The kills met a race: answers were cut off, places were won and refused as taken.
        Assert.InRange(town.Undecided("no answer"), Draws.Kills, int.MaxValue);
        Assert.InRange(town.Yes, 20 * Draws.Kills, int.MaxValue);
        Assert.Contains(town.Families, family => family.Book.Any(heard => heard.Reason == "place-taken"));
    }

    // Three kills in four come while it answers, after so many answers; one while it starts.
    private async Task MomentAsync(RealPortal portal, Town town)
    {
        if (random.Next(4) == 0)
        {
            await Task.Delay(random.Next(LongestStart));
            return;
        }

        await town.HearAsync(random.Next(1, MostAnswersOfALife));
        Assert.True(portal.Lives, portal.Said);
    }

    // A place is reported in one turn of its queue and of the register; a kill leaves both or neither, which the audit sees.
    private async Task KillWhilePlacesAreReportedAsync(RealPortal portal, int places)
    {
        using (var control = new RehearsalControl(portal.Address, portal.Credentials.Token))
        {
            var morning = control.BeginMorningAsync(places, leadSeconds: 0, CancellationToken.None);
            await Task.Delay(random.Next(20, 250));
            portal.Kill();
            await Record.ExceptionAsync(() => morning);
        }

        JournalBook.Read(data.Path);
        await portal.StartReadyAsync();
    }

    private void Nothing(IEnumerable<string> found)
    {
        string[] all = [.. found];
        Assert.True(all.Length == 0, $"EORDA_SEED={Draws.Seed} EORDA_KILLS={Draws.Kills}, {where}: {all.Length} contradictions, the first: {string.Join('\n', all.Take(10))}");
    }
}
