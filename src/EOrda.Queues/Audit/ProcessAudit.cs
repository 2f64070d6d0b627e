using EOrda.Queues.Applications;
using EOrda.Queues.Twins;

namespace EOrda.Queues.Audit;

/// <summary>Checks that nothing in a queue waits for a process that nobody knows: each enrolment prepared and each half of a batch has what ends it.</summary>
internal static class ProcessAudit
{
    public static string? FirstContradiction(Queue queue) => Enrolments(queue) ?? Batches(queue) ?? Halves(queue);

    private static string? Enrolments(Queue queue)
    {
        foreach (var (application, _) in queue.Deeds.Preparing)
        {
            if (queue.Applications[application].Status != Status.Referred)
            {
                return $"the enrolment of application {queue.ApplicationNames[application]} is prepared and it is {queue.Applications[application].Status}";
            }
        }

        return null;
    }

    private static string? Batches(Queue queue)
    {
        foreach (var (application, batch) in queue.Batches)
        {
            var name = queue.ApplicationNames[application];
            if (!queue.Applications[application].HoldsReservation || !batch.Members.Contains(new BatchMember(queue.Key, name)))
            {
                return $"application {name} is in a batch and holds no reservation of it";
            }

            if (batch.Members.Any(member => member.Queue != queue.Key) && queue.HalfOf(application) is null)
            {
                return $"application {name} is in a batch across queues of which nobody knows the leader";
            }
        }

        return null;
    }

    private static string? Halves(Queue queue)
    {
        foreach (var half in queue.Halves.Values)
        {
            var leads = half.Leader == queue.Key;
            if (leads ? half.Unsettled.Count == 0 : half.State > TwinState.Held || half.Unsettled.Count > 0 || !queue.MembersOf(half.Batch).Any())
            {
                return $"the half of batch {half.Batch.Id}, {half.State}, has nothing to wait for";
            }

            if (leads && half.State > TwinState.Held && queue.MembersOf(half.Batch).Any())
            {
                return $"batch {half.Batch.Id} is {half.State} and its leader's members hold their reservations";
            }
        }

        return null;
    }
}
