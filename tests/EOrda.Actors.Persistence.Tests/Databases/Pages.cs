using Akka.Actor;
using Akka.Persistence;
using EOrda.Actors.Journal;

namespace EOrda.Actors.Persistence.Tests.Databases;

/// <summary>Pages that no entity waits for.</summary>
internal static class Pages
{
    /// <summary>A page of one record without content.</summary>
    public static WaitingPage Waiting(string entity, long number)
    {
        using var open = new OpenPage(0, RecordFormat.FirstHash(entity));
        open.Begin();
        open.End();
        var page = open.Close();
        return new WaitingPage(new Persistent(page, number, entity, writerGuid: ""), page, ActorRefs.Nobody, 1);
    }
}
