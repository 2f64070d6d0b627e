using EOrda.Actors.Country;
using EOrda.Actors.Entities;
using EOrda.Actors.Persistence;
using EOrda.Actors.Processes;
using EOrda.Actors.Queues;
using EOrda.Queues;
using EOrda.Queues.Country;
using EOrda.Queues.Names;
using EOrda.Queues.Recording;
using EOrda.Queues.Steps;
using EOrda.Queues.Time;

namespace EOrda.Actors.Registers;

/// <summary>
/// A bucket of the register: which queue its identifiers are of, and where its children stand. Home to filings, reports and siblings' reservations, and the
/// way to the queue for commands whose caller does not name it.
/// </summary>
internal sealed class RegisterActor(string name, EntityServices services, ProcessRunner processes) : ProcessEntity<RegisterEvent>(name, services, processes)
{
    /// <inheritdoc/>
    protected override Action<ByteWriter, RegisterEvent> Format { get; } = EventFormat.Write;

    /// <inheritdoc/>
    protected override bool HasUnfinished => Register.UnderWay.Any();

    private Register Register => ((RegisterState)Memory.State).Register;

    /// <inheritdoc/>
    protected override Reply Take(ProcessStep step, Moment at, List<RegisterEvent> happened) => Register.Take((RegisterStep)step, happened);

    /// <inheritdoc/>
    protected override void OnMessage(object message)
    {
        if (message is not WakeRegister)
        {
            base.OnMessage(message);
        }
    }

    /// <inheritdoc/>
    protected override IEnumerable<Process> Unfinished(Moment at, CommandKey fresh) => UnfinishedProcesses.Of(Register);

    /// <inheritdoc/>
    protected override void DecideAtHome(AskHome ask)
    {
        switch (ask.Command)
        {
            case ApplicationCommand command:
                Forward(ask, Register.QueueOfApplication(command.Application));
                break;
            case RevokePlace command:
                Forward(ask, Register.QueueOfPlace(command.Place));
                break;
            case ReserveBatch { Applications: [var first, ..] } when ask.Asked is { } asked && Register.QueueOfApplication(first) != asked:
                // Siblings may wait in several queues; the one who asks must be of the queue that was asked.
                Reply(ask.Request, Homes.Unknown(ask.Command));
                break;
            default:
                base.DecideAtHome(ask);
                break;
        }
    }

    // The queue keeps the key and the answer, whichever way the command comes to it.
    private void Forward(AskHome ask, QueueKey? queue)
    {
        if (queue is null)
        {
            Reply(ask.Request, Homes.Unknown(ask.Command));
        }
        else
        {
            Processes.Regions.Tell(new AskQueue(Processes.Addresses.Of(queue), ask.Command, ask.Key, ask.Request));
        }
    }
}
