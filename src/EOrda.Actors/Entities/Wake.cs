using EOrda.Actors.Mailboxes;

namespace EOrda.Actors.Entities;

/// <summary>Something is due: settles the queue.</summary>
internal sealed class Wake : Message
{
    public override void Run(Entity entity) => entity.Duty!.BringUpToLook(entity, entity.TurnInstant());

    public override void Release()
    {
    }

    public override void Fail(Exception fault)
    {
    }
}
