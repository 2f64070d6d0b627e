using Akka.Actor;
using EOrda.Actors.Routing;
using EOrda.Queues.Recording;
using AkkaSerialization = Akka.Serialization.Serialization;

namespace EOrda.Actors.Wire;

/// <summary>
/// Actors and entities on the wire: an actor as its path with its node's address, an entity as its name. How many requests wait for an entity is a node's own
/// matter and does not cross.
/// </summary>
internal sealed class WireReferences(ExtendedActorSystem system)
{
    // Nobody waits at these addresses: the message has arrived.
    private readonly EntityAddress.Book addresses = new(capacity: 0);

    /// <summary>Writes an actor.</summary>
    public static void Write(ByteWriter to, IActorRef actor) => to.Text(AkkaSerialization.SerializedActorPath(actor));

    /// <summary>Reads an actor.</summary>
    /// <exception cref="InvalidDataException">The text is no path.</exception>
    public IActorRef ReadActor(ref ByteReader from)
    {
        var path = from.Text();
        try
        {
            return system.Provider.ResolveActorRef(path);
        }
        catch (Exception fault) when (fault is FormatException or ArgumentException or OverflowException)
        {
            throw new InvalidDataException($"'{path}' is no path of an actor.", fault);
        }
    }

    /// <summary>Writes an entity.</summary>
    public static void Write(ByteWriter to, EntityAddress entity) => to.Text(entity.Entity);

    /// <summary>Reads an entity.</summary>
    /// <exception cref="InvalidDataException">No entity has the name.</exception>
    public EntityAddress ReadEntity(ref ByteReader from)
    {
        var name = from.Text();
        return addresses.Named(name) ?? throw new InvalidDataException($"'{name}' is no entity.");
    }

    /// <summary>Writes who waits for a reply.</summary>
    public static void Write(ByteWriter to, Request request)
    {
        Write(to, request.ReplyTo);
        to.Number(request.Number);
    }

    /// <summary>Reads who waits for a reply.</summary>
    public Request ReadRequest(ref ByteReader from) => new(ReadActor(ref from), from.Number());
}
