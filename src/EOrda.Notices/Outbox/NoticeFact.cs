using EOrda.Notices.Kinds;
using EOrda.Notices.Storage;
using EOrda.Queues.Time;

namespace EOrda.Notices.Outbox;

/// <summary>A fact that somebody is to be told, once.</summary>
/// <param name="Entity">The journal's entity, or the portal's own, for example <c>queue/almaty/general/2022</c>. 1 to 200 characters.</param>
/// <param name="Number">The number of the record that says it, from 1.</param>
/// <param name="Kind">What is told.</param>
/// <param name="Addressee">The portal's identifier of the person: no name, no IIN, no phone number. 1 to 64 characters.</param>
/// <param name="At">When it happened. It is sent until 24 hours later; an older one stands in the feed only.</param>
/// <param name="Values">What the kind's texts need (<see cref="KindTraits.Values"/>).</param>
public sealed record NoticeFact(string Entity, long Number, NoticeKind Kind, string Addressee, Moment At, IReadOnlyDictionary<string, NoticeValue> Values)
{
    /// <summary>From this instant on it is of no use to send it, for example the end of a reservation; or null.</summary>
    public Moment? UsefulUntil { get; init; }

    /// <summary>What makes it the same fact: entity, number, kind and addressee.</summary>
    internal string Identity => $"{Entity}#{Number} {KindTraits.Of(Kind).Word} {Addressee}";

    /// <summary>The fact without its values.</summary>
    public override string ToString() => $"{Kind} of {Entity}#{Number}";

    /// <summary>Says what is wrong with the fact, naming no person; or null.</summary>
    internal string? Fault() =>
        Entity is not { Length: > 0 and <= NoticeBounds.LongestEntity } ? $"a fact's entity has 1 to {NoticeBounds.LongestEntity} characters"
        : Number < 1 ? "a fact's number is 1 or more"
        : Addressee is not { Length: > 0 and <= NoticeBounds.LongestAddressee } ? $"a fact's addressee has 1 to {NoticeBounds.LongestAddressee} characters"
        : KindTraits.Of(Kind).FaultOf(Values);
}

/// <summary>Some records of one entity, one after the other, and what they tell.</summary>
/// <param name="Entity">The entity.</param>
/// <param name="From">The number of the first record.</param>
/// <param name="Through">The number of the last record.</param>
/// <param name="Facts">What is told; their numbers lie between the two. Most records tell nothing.</param>
public sealed record ProjectedRecords(string Entity, long From, long Through, IReadOnlyList<NoticeFact> Facts)
{
    /// <summary>Says what is wrong with the records or a fact of theirs; or null.</summary>
    internal string? Fault() =>
        From < 1 || Through < From ? $"records {From} to {Through} are none"
        : Facts.Select(FaultOf).FirstOrDefault(fault => fault is not null);

    private string? FaultOf(NoticeFact fact) =>
        fact.Fault() ?? (fact.Entity != Entity || fact.Number < From || fact.Number > Through ? $"{fact} is not of the records {From} to {Through} of {Entity}" : null);
}
