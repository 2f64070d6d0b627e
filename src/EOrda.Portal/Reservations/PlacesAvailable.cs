using EOrda.Actors;
using EOrda.Portal.Live;
using EOrda.Queues.Names;
using EOrda.Queues.Rules;

namespace EOrda.Portal.Reservations;

/// <summary>
/// Tells somebody whose place was gone how many are left in the queue, so that nobody presses on where nothing is to be had. It is not part of the answer:
/// asked again with the same key it may be another number.
/// </summary>
internal static class PlacesAvailable
{
    /// <summary>The header's name.</summary>
    public const string Header = "Places-Available";

    /// <summary>
    /// Writes the header beside a refusal that is about places, where the number is known without asking the queue: where somebody watches it. A number from
    /// before the day's release says nothing of what became available then, and is not told after it.
    /// </summary>
    public static void Tell(HttpContext context, CountryDirectory directory, QueueKey queue, Reason refusal)
    {
        if (refusal is Reason.PlaceTaken or Reason.NoPlace && context.RequestServices.GetRequiredService<LiveFeeds>().Available(queue) is { } left)
        {
            var now = context.RequestServices.GetRequiredService<IQueues>().Now;
            var release = directory.RulesOf(queue.Locality, now)!.Schedule.DayOf(now).Release;
            if (left.At >= release || now < release)
            {
                context.Response.Headers[Header] = left.Count.ToString();
            }
        }
    }
}
