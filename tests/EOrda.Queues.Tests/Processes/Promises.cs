using EOrda.Queues.Applications;
using EOrda.Queues.Audit;
using EOrda.Queues.Names;

namespace EOrda.Queues.Tests.Processes;

/// <summary>What holds at every cut, and what holds when nothing is under way any more.</summary>
internal static class Promises
{
    /// <summary>No child has two active applications of a kind, or two places; no identifier is of two queues.</summary>
    public static void Hold(World world)
    {
        var (applications, places) = (new HashSet<string>(), new HashSet<string>());
        var (active, enrolled) = (new HashSet<(Kind, string)>(), new HashSet<(Kind, string)>());
        foreach (var queue in world.Queues)
        {
            Assert.Null(QueueAudit.FirstContradiction(queue));
            Assert.All(QueueAudit.PlaceNames(queue), place => Assert.True(places.Add(place), place));
            foreach (var name in QueueAudit.ApplicationNames(queue))
            {
                Assert.True(applications.Add(name), name);
                var (state, child) = (queue.Find(name)!, (queue.Key.Kind, queue.ChildOf(name)!));
                Assert.True(state.Status == Status.Archived || active.Add(child), $"{child} has two active applications.");
                Assert.True(state is not { Cause: Cause.Enrolled, Place: not null } || enrolled.Add(child), $"{child} has two places.");
                var register = world.RegisterOf(name);
                Assert.True(register.QueueOfApplication(name) == queue.Key || register.ClaimedApplications.Contains(name), name);
            }
        }
    }

    /// <summary>Nothing is left behind: no claim, no filing, no enrolment, no pending half, no half of which the others do not know.</summary>
    public static void HoldAtTheEnd(World world)
    {
        Hold(world);
        foreach (var register in world.Registers)
        {
            Assert.Empty(register.UnderWay);
            Assert.Empty(register.ClaimedApplications);
        }

        foreach (var queue in world.Queues)
        {
            Assert.Empty(queue.Deeds.Preparing);
            foreach (var name in QueueAudit.ApplicationNames(queue))
            {
                Assert.Equal(queue.Key, world.RegisterOf(name).QueueOfApplication(name));
            }

            foreach (var half in queue.Halves.Values)
            {
                Assert.Equal(Twins.TwinState.Held, half.State);
                var others = half.Batch.Members.Where(member => member.Queue != queue.Key).Select(member => world.Queue(member.Queue.ToString()));
                Assert.All(others, other => Assert.True(other.HalfWith(half.Key)?.State is null or Twins.TwinState.Held));
            }
        }
    }
}
