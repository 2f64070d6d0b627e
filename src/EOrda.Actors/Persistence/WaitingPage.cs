using Akka.Actor;
using Akka.Persistence;

namespace EOrda.Actors.Persistence;

/// <summary>A page that waits to be stored.</summary>
/// <param name="Event">Akka's envelope of the page.</param>
/// <param name="Page">The page.</param>
/// <param name="Entity">The actor that hears what became of it.</param>
/// <param name="Instance">The actor's instance.</param>
internal sealed record WaitingPage(IPersistentRepresentation Event, Page Page, IActorRef Entity, int Instance)
{
    /// <summary>True once the database has said that another page has its number.</summary>
    public bool IsTaken { get; set; }
}
