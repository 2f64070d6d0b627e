using EOrda.Reliability.Tests.Support;

namespace EOrda.Reliability.Tests;

/// <summary>The portal stopped with SIGTERM at random moments while hundreds of clients race.</summary>
public sealed class Terminated : IDisposable
{
    private const int Parents = 1_500;
    private const int Stops = 3;
    private const int MostAnswersOfALife = 1_000;

    private readonly TemporaryData data = new();
    private readonly Random random = new(Draws.Seed);

    public void Dispose() => data.Dispose();

    [Fact]
    public async Task No_request_that_was_decided_loses_its_answer()
    {
        using var portal = new RealPortal(data.Path, Parents, queues: 3);
        await portal.StartReadyAsync();
        using var town = await Town.BeginAsync(portal, Draws.Seed, places: Parents);
        town.Begin();
        var afterTheSignal = 0;
        for (var stop = 1; stop <= Stops; stop++)
        {
            await town.HearAsync(random.Next(1, MostAnswersOfALife));
            portal.Terminate();
            var heard = town.Answers;
            Assert.Equal(0, await portal.ExitedAsync());

            // Nobody asks again before the books are compared: what the disk has decided and its client has not heard was lost.
            await town.GatherAsync();
            afterTheSignal += town.Answers - heard;
            Nothing(JournalBook.Read(data.Path).Differences(town.Families), stop);
            await portal.StartReadyAsync();
            town.Release();
        }

        await town.HearAsync(MostAnswersOfALife / 4);
        await town.EndAsync();
        Nothing(await Reckoning.OfAsync(town), Stops);
        Assert.Equal(0, await portal.StopAsync());
        Nothing(JournalBook.Read(data.Path).Differences(town.Families), Stops);
        var verified = await Eorda.VerifyAsync(data.Path);
        Assert.True(verified.ExitCode == 0, verified.Said);

        // The signals met a race.
        Assert.InRange(afterTheSignal, 1, int.MaxValue);
    }

    private static void Nothing(IEnumerable<string> found, int stop)
    {
        string[] all = [.. found];
        Assert.True(all.Length == 0, $"EORDA_SEED={Draws.Seed}, stop {stop}: {all.Length} contradictions, the first: {string.Join('\n', all.Take(10))}");
    }
}
