using System.Text.Json.Serialization;

namespace EOrda.Load.Portal;

/// <summary>What the portal's public API answers, as far as the tool reads it. Instants as they are written.</summary>
internal sealed record TimeAnswer(DateTimeOffset Now);

/// <summary>A morning that has begun.</summary>
internal sealed record MorningAnswer(DateTimeOffset Now, DateTimeOffset Release);

/// <summary>A reservation.</summary>
internal sealed record ReservationAnswer(IReadOnlyList<string> Places, DateTimeOffset Until);

/// <summary>Referrals.</summary>
internal sealed record ReferralsAnswer(IReadOnlyList<ReferralAnswer> Referrals);

/// <summary>A referral.</summary>
internal sealed record ReferralAnswer(string Application, string Referral, DateTimeOffset ValidUntil);

/// <summary>A problem.</summary>
internal sealed record ProblemAnswer(string? Reason);

/// <summary>An application as its owner sees it.</summary>
internal sealed record ApplicationAnswer(
    string Application,
    DateTimeOffset At,
    string Status,
    int? Position,
    int Waiting,
    string? Place,
    DateTimeOffset? ReservedUntil,
    StandingAnswer? Standing);

/// <summary>Where an application stands in the lanes.</summary>
internal sealed record StandingAnswer(
    string Lane,
    long Submitted,
    int Number,
    int OutOfTurn,
    int FirstPriority,
    int General,
    long AsOf,
    LanesAnswer Waiting,
    PatternAnswer Pattern);

/// <summary>How many wait in each lane.</summary>
internal sealed record LanesAnswer(int OutOfTurn, int FirstPriority, int General);

/// <summary>The pattern of the order.</summary>
internal sealed record PatternAnswer(int FirstPriorityShare, int GeneralShare, int Phase);

/// <summary>A page of the order.</summary>
internal sealed record OrderAnswer(int Total, int From, IReadOnlyList<string> Applications);

/// <summary>A page of the places.</summary>
internal sealed record PlacesAnswer(int Total, int From, IReadOnlyList<PlaceAnswer> Places);

/// <summary>A place.</summary>
internal sealed record PlaceAnswer(int Number, string Place, string Kindergarten, string State, string? Access, DateTimeOffset? From);

/// <summary>A locality.</summary>
internal sealed record LocalityAnswer(DateTimeOffset NextRelease);

/// <summary>What the hub's negotiation answers.</summary>
internal sealed record NegotiationAnswer(string ConnectionToken);

/// <summary>How they are read.</summary>
[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(TimeAnswer))]
[JsonSerializable(typeof(MorningAnswer))]
[JsonSerializable(typeof(ReservationAnswer))]
[JsonSerializable(typeof(ReferralsAnswer))]
[JsonSerializable(typeof(ProblemAnswer))]
[JsonSerializable(typeof(ApplicationAnswer))]
[JsonSerializable(typeof(OrderAnswer))]
[JsonSerializable(typeof(PlacesAnswer))]
[JsonSerializable(typeof(LocalityAnswer))]
[JsonSerializable(typeof(NegotiationAnswer))]
internal sealed partial class ContractsJson : JsonSerializerContext;
