using EOrda.Actors.Mailboxes;

namespace EOrda.Actors.Entities;

/// <summary>Something is due, or the clock was set: settles the queue.</summary>
internal sealed class Wake(bool clockWasSet = false) : Message
{
    public override void Run(Entity entity)
    {
        if (clockWasSet)
        {
            entity.Duty!.ResetTimer();
        }

        entity.Duty!.BringUpToLook(entity, entity.TurnInstant());
    }

    public override void Release()
    {
    }

    public override void Fail(Exception fault)
    {
    }
}
