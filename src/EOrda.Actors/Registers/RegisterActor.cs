using EOrda.Actors.Entities;
using EOrda.Actors.Persistence;
using EOrda.Actors.Processes;
using EOrda.Queues.Country;
using EOrda.Queues.Recording;
using EOrda.Queues.Steps;
using EOrda.Queues.Time;

namespace EOrda.Actors.Registers;

/// <summary>A bucket of the register: which queue its identifiers are of, and where its children stand.</summary>
internal sealed class RegisterActor(string name, EntityServices services) : ProcessEntity<RegisterEvent>(name, services)
{
    /// <inheritdoc/>
    protected override Action<ByteWriter, RegisterEvent> Format { get; } = EventFormat.Write;

    private Register Register => ((RegisterState)Memory.State).Register;

    /// <inheritdoc/>
    protected override Reply Take(ProcessStep step, Moment at, List<RegisterEvent> happened) => Register.Take((RegisterStep)step, happened);
}
