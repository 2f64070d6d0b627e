using System.Runtime.InteropServices;
using EOrda.Actors.Entities;
using EOrda.Actors.Routing;
using EOrda.Queues;
using EOrda.Queues.Country;
using EOrda.Queues.Names;
using EOrda.Queues.Recording;

namespace EOrda.Actors.Persistence.Tests;

/// <summary>A shard of the register that takes note of applications, one a message.</summary>
internal sealed class NotingEntity(string name, EntityServices services) : PersistedEntity(name, services)
{
    public const string Name = "register/0001";
    private static readonly QueueKey Queue = new("almaty", Kind.General, "2022");

    private Register Register => ((RegisterState)Memory.State).Register;

    protected override void OnMessage(object message)
    {
        switch (message)
        {
            case Note note:
                var command = new EncodedCommand(new Withdraw(note.Application), note.Key);
                if (FirstAnswer(command) is null)
                {
                    List<RegisterEvent> noted = [new ApplicationRegistered(note.Application, Queue, note.Key)];
                    Register.Apply(noted[0]);
                    Record(InstantNow(), command, Answer.Done, CollectionsMarshal.AsSpan(noted), EventFormat.Write);
                }

                Reply(note.Request, Answer.Done);
                break;
            case CountNoted count:
                Reply(count.Request, Register.ApplicationCount);
                break;
            default:
                Unhandled(message);
                break;
        }
    }
}

internal sealed record Note(Request Request, string Application, CommandKey Key) : IRequest;

internal sealed record CountNoted(Request Request) : IRequest;
