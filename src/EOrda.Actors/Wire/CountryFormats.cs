using EOrda.Actors.Country;
using EOrda.Queues.Recording;

namespace EOrda.Actors.Wire;

/// <summary>The formats of what queues, nodes and the localities tell each other.</summary>
internal static class CountryFormats
{
    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<WireFormat> All =
    [
        WireFormat.Of<AskHorizon>(
            "ask-horizon-1",
            static (to, m) =>
            {
                WireReferences.Write(to, m.To);
                to.Count(m.Version);
                WireReferences.Write(to, m.Request);
            },
            static (ref from, references) => new AskHorizon(references.ReadEntity(ref from), from.Index(), references.ReadRequest(ref from))),
        WireFormat.Of<NoteQueue>(
            "note-queue-1",
            static (to, m) =>
            {
                WireReferences.Write(to, m.To);
                to.Queue(m.Queue);
                WireReferences.Write(to, m.Request);
            },
            static (ref from, references) => new NoteQueue(references.ReadEntity(ref from), from.Queue(), references.ReadRequest(ref from))),
        WireFormat.Of<QueueAwake>(
            "queue-awake-1",
            static (to, m) =>
            {
                WireReferences.Write(to, m.To);
                to.Queue(m.Queue);
            },
            static (ref from, references) => new QueueAwake(references.ReadEntity(ref from), from.Queue())),
        WireFormat.Of<QueueResting>(
            "queue-resting-1",
            static (to, m) =>
            {
                WireReferences.Write(to, m.To);
                to.Queue(m.Queue);
                to.Count(m.Wake);
                to.Moment(m.Due);
                to.Flag(m.HasPlaces);
                WireReferences.Write(to, m.Request);
            },
            static (ref from, references) => new QueueResting(
                references.ReadEntity(ref from),
                from.Queue(),
                from.Count(),
                from.Moment(),
                from.Flag(),
                references.ReadRequest(ref from))),
        WireFormat.Of<WakeQueue>(
            "wake-queue-1",
            static (to, m) =>
            {
                WireReferences.Write(to, m.To);
                to.Count(m.Number);
            },
            static (ref from, references) => new WakeQueue(references.ReadEntity(ref from), from.Count())),
        WireFormat.Of<WakeRegister>(
            "wake-register-1",
            static (to, m) => WireReferences.Write(to, m.To),
            static (ref from, references) => new WakeRegister(references.ReadEntity(ref from))),
    ];

    /// <summary>Writes what changed in the localities, and the horizon.</summary>
    public static void Write(ByteWriter to, HorizonTold told)
    {
        to.Count(told.Since);
        to.Count(told.Changes.Length);
        to.Bytes(told.Changes.Span);
        to.Flag(told.IsWhole);
        to.Moment(told.Until);
    }

    /// <summary>Reads what changed in the localities, and the horizon.</summary>
    /// <exception cref="InvalidDataException">The bytes are none.</exception>
    public static HorizonTold ReadHorizon(ref ByteReader from) => new(from.Index(), from.Bytes(from.Index()).ToArray(), from.Flag(), from.Moment());
}
