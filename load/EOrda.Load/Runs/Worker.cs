using System.Net;
using System.Net.Http.Json;
using EOrda.Load.Portal;
using EOrda.Load.Scenarios;

namespace EOrda.Load.Runs;

/// <summary>A worker's side of a shared run: joins, does what it is ordered, hands in what came of it, goes home when told to.</summary>
internal static class Worker
{
    private static readonly TimeSpan ProgressEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Works until the run is over.</summary>
    /// <exception cref="ScenarioException">The run has all its workers, or its portal is not permitted.</exception>
    /// <exception cref="HttpRequestException">The coordinator is not there.</exception>
    public static async Task RunAsync(Uri coordinator, string? permission, CancellationToken cancel)
    {
        Permission.Check(coordinator, permission);
        using var http = new HttpClient { BaseAddress = coordinator, Timeout = Patience };
        using var joining = await http.PostAsync(new Uri("/join", UriKind.Relative), content: null, cancel);
        if (joining.StatusCode == HttpStatusCode.Conflict)
        {
            throw new ScenarioException("The run has all its workers.");
        }

        var assignment = (await joining.Content.ReadFromJsonAsync<Assignment>(ScenarioFile.Json, cancel))!;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        over.CancelAfter(TimeSpan.FromSeconds(assignment.Scenario.Bounds.Seconds));
        await using var part = new LocalPart(assignment);
        var telling = TellAsync(http, assignment.Part, part, over.Token);
        try
        {
            await WorkAsync(http, assignment.Part, part, over.Token);
        }
        catch (Exception e) when (e is PortalException or BudgetSpentException or IOException)
        {
            using var told = await http.PostAsJsonAsync($"/failures/{assignment.Part}", new Failure(e.Message), ScenarioFile.Json, cancel);
            throw new ScenarioException(e.Message);
        }
        finally
        {
            await over.CancelAsync();
            await telling;
        }
    }

    private static async Task WorkAsync(HttpClient http, int number, LocalPart part, CancellationToken cancel)
    {
        for (var next = 1; ;)
        {
            using var fetched = await http.GetAsync(new Uri($"/orders/{number}/{next}", UriKind.Relative), cancel);
            if (fetched.StatusCode == HttpStatusCode.NoContent)
            {
                continue;
            }

            fetched.EnsureSuccessStatusCode();
            if ((await fetched.Content.ReadFromJsonAsync<FetchedOrder>(ScenarioFile.Json, cancel))!.Order is not { } order)
            {
                return;
            }

            var answer = await part.DoAsync(order, cancel);
            using var handedIn = await http.PostAsJsonAsync($"/answers/{number}/{next}", answer, ScenarioFile.Json, cancel);
            handedIn.EnsureSuccessStatusCode();
            next++;
        }
    }

    private static async Task TellAsync(HttpClient http, int number, LocalPart part, CancellationToken cancel)
    {
        try
        {
            while (true)
            {
                using var told = await http.PostAsJsonAsync($"/progress/{number}", part.Progress, ScenarioFile.Json, cancel);
                await Task.Delay(ProgressEvery, cancel);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or HttpRequestException)
        {
            // The run is over.
        }
    }
}
