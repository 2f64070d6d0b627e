using System.Runtime.CompilerServices;
using EOrda.Actors;
using EOrda.Actors.Queries;
using EOrda.Queues;
using EOrda.Queues.Names;

namespace EOrda.Portal.Demonstration;

/// <summary>A whole queue, page after page. What changes between two pages may be missed or seen twice.</summary>
internal static class WholeQueue
{
    /// <summary>The places, in the order of registration.</summary>
    public static async IAsyncEnumerable<PlaceView> PlacesOf(this IQueues queues, QueueKey queue, [EnumeratorCancellation] CancellationToken cancel)
    {
        for (int from = 0, total = int.MaxValue; from < total; from += PageSize.Most)
        {
            var page = await queues.Query(queue, new PlacesQuery(from, PageSize.Most), cancel);
            total = page.Total;
            foreach (var place in page.Places)
            {
                yield return place;
            }
        }
    }

    /// <summary>The applications that wait, by position.</summary>
    public static async IAsyncEnumerable<string> OrderOf(this IQueues queues, QueueKey queue, [EnumeratorCancellation] CancellationToken cancel)
    {
        for (int from = 1, waiting = int.MaxValue; from <= waiting; from += PageSize.Most)
        {
            var page = await queues.Query(queue, new OrderQuery(from, PageSize.Most), cancel);
            waiting = page.Waiting;
            foreach (var application in page.Applications)
            {
                yield return application;
            }
        }
    }

    /// <summary>The states of those applications that are of the queue, in the order given.</summary>
    public static async IAsyncEnumerable<ApplicationState> StatesOf(
        this IQueues queues,
        QueueKey queue,
        IEnumerable<string> applications,
        [EnumeratorCancellation] CancellationToken cancel)
    {
        foreach (var some in applications.Chunk(PageSize.Most))
        {
            foreach (var state in (await queues.Query(queue, new StatesQuery(some), cancel)).States.OfType<ApplicationState>())
            {
                yield return state;
            }
        }
    }
}
