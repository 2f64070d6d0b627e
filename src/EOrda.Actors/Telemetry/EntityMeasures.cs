using EOrda.Actors.Entities;
using EOrda.Actors.Routing;
using EOrda.Queues;

namespace EOrda.Actors.Telemetry;

/// <summary>What is measured of one instance of an entity; nothing where there are no metrics. Belongs to the entity's actor.</summary>
/// <param name="entity">The entity's name.</param>
/// <param name="metrics">The node's metrics.</param>
/// <param name="time">The clock.</param>
internal sealed class EntityMeasures(string entity, ActorsMetrics? metrics, TimeProvider time)
{
    private readonly long begunAt = time.GetTimestamp();
    private readonly EntityKind kind = entity == EntityNames.Localities ? EntityKind.Localities : EntityNames.IsRegister(entity) ? EntityKind.Register : EntityKind.Queue;
    private List<Answer> decided = [];
    private int unstored;
    private bool isInMemory;

    /// <summary>A command was decided; it counts when its page is stored.</summary>
    public void Decided(Answer answer)
    {
        if (metrics is not null)
        {
            decided.Add(answer);
        }
    }

    /// <summary>A command's key has got its first answer again.</summary>
    public void Repeated(Answer first) => metrics?.Decisions.Answered(first, repeated: true);

    /// <summary>The open page was closed.</summary>
    public ClosedPageMeasure Close(int bytes)
    {
        var page = new ClosedPageMeasure(bytes, time.GetTimestamp(), decided);
        decided = [];
        unstored += bytes;
        metrics?.PageClosed(bytes);
        return page;
    }

    /// <summary>A closed page is stored.</summary>
    public void Stored(ClosedPageMeasure page)
    {
        unstored -= page.Bytes;
        metrics?.PageStored(page.Bytes, time.GetElapsedTime(page.ClosedAt));
        foreach (var answer in page.Decided)
        {
            metrics?.Decisions.Answered(answer, repeated: false);
        }
    }

    /// <summary>The entity is recovered.</summary>
    public void Recovered()
    {
        isInMemory = true;
        metrics?.Entities.Add(kind, 1);
        metrics?.EntityRecovered(time.GetElapsedTime(begunAt), succeeded: true);
    }

    /// <summary>The entity could not be recovered.</summary>
    public void NotRecovered() => metrics?.EntityRecovered(time.GetElapsedTime(begunAt), succeeded: false);

    /// <summary>The actor has stopped.</summary>
    public void Stopped()
    {
        metrics?.PagesLost(unstored);
        if (isInMemory)
        {
            metrics?.Entities.Add(kind, -1);
        }
    }
}

/// <summary>What is measured of a page that waits for the database.</summary>
/// <param name="Bytes">Its size.</param>
/// <param name="ClosedAt">The timestamp of its closing.</param>
/// <param name="Decided">The answers of the commands in it.</param>
internal readonly record struct ClosedPageMeasure(int Bytes, long ClosedAt, List<Answer> Decided);
