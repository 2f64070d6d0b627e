using EOrda.Actors.Entities;

namespace EOrda.Actors.Mailboxes;

/// <summary>Something for an entity to do in its turn.</summary>
internal abstract class Message
{
    /// <summary>Does it. What fails throws; the entity is then thrown away and the message told.</summary>
    public abstract void Run(Entity entity);

    /// <summary>The disk has everything that the message has seen or done: its answer may go out.</summary>
    public abstract void Release();

    /// <summary>The message came to nothing.</summary>
    public abstract void Fail(Exception fault);
}
