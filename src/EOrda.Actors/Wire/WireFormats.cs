using EOrda.Actors.Processes;
using EOrda.Actors.Queries;
using EOrda.Actors.Queues;
using EOrda.Actors.Routing;
using EOrda.Queues.Recording;

namespace EOrda.Actors.Wire;

/// <summary>The formats of all messages between nodes.</summary>
internal static class WireFormats
{
    /// <summary>All formats; each type and each manifest has one.</summary>
    public static readonly IReadOnlyList<WireFormat> All =
    [
        WireFormat.Of<AskQueue>(
            "ask-queue-1",
            static (to, m) =>
            {
                WireReferences.Write(to, m.To);
                CommandFormat.Write(to, m.Command);
                to.Key(m.Key);
                WireReferences.Write(to, m.Request);
            },
            static (ref from, references) => new AskQueue(references.ReadEntity(ref from), CommandFormat.Read(ref from), from.Key(), references.ReadRequest(ref from))),
        WireFormat.Of<QueryQueue>(
            "query-queue-1",
            static (to, m) =>
            {
                WireReferences.Write(to, m.To);
                QueryFormat.Write(to, m.Query);
                WireReferences.Write(to, m.Request);
            },
            static (ref from, references) => new QueryQueue(references.ReadEntity(ref from), QueryFormat.Read(ref from), references.ReadRequest(ref from))),
        WireFormat.Of<AskStep>(
            "ask-step-1",
            static (to, m) =>
            {
                WireReferences.Write(to, m.To);
                StepFormat.Write(to, m.Step);
                WireReferences.Write(to, m.Request);
            },
            static (ref from, references) => new AskStep(references.ReadEntity(ref from), StepFormat.Read(ref from), references.ReadRequest(ref from))),
        WireFormat.Of<AskHome>(
            "ask-home-1",
            static (to, m) =>
            {
                WireReferences.Write(to, m.To);
                CommandFormat.Write(to, m.Command);
                to.Key(m.Key);
                to.Flag(m.Asked is not null);
                if (m.Asked is { } queue)
                {
                    to.Queue(queue);
                }

                WireReferences.Write(to, m.Request);
            },
            static (ref from, references) => new AskHome(
                references.ReadEntity(ref from),
                CommandFormat.Read(ref from),
                from.Key(),
                from.Flag() ? from.Queue() : null,
                references.ReadRequest(ref from))),
        WireFormat.Of<Replies>("replies-1", ReplyContents.Write, static (ref from, _) => ReplyContents.Read(ref from)),
        .. LiveFormats.All,
        .. CountryFormats.All,
        .. ClockFormats.All,
    ];
}
