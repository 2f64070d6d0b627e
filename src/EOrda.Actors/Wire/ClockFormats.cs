using EOrda.Actors.Membership;

namespace EOrda.Actors.Wire;

/// <summary>The formats of what nodes tell each other of their clocks.</summary>
internal static class ClockFormats
{
    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<WireFormat> All =
    [
        WireFormat.Of<AskClock>(
            "ask-clock-1",
            static (to, m) =>
            {
                WireReferences.Write(to, m.ReplyTo);
                to.Number(m.Number);
            },
            static (ref from, references) => new AskClock(references.ReadActor(ref from), from.Number())),
        WireFormat.Of<ClockTold>(
            "clock-told-1",
            static (to, m) =>
            {
                to.Number(m.Number);
                to.Moment(m.At);
            },
            static (ref from, _) => new ClockTold(from.Number(), from.Moment())),
    ];
}
