using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using EOrda.Portal.Administration;
using EOrda.Portal.Applications;
using EOrda.Portal.Demonstration;
using EOrda.Portal.Health;
using EOrda.Portal.Localities;
using EOrda.Portal.Problems;
using EOrda.Portal.Queues;
using EOrda.Portal.Referrals;
using EOrda.Portal.Rehearsal;
using EOrda.Portal.Reservations;
using EOrda.Portal.Staff;
using EOrda.Portal.Time;
using EOrda.Queues.Rules;

namespace EOrda.Portal.Json;

/// <summary>How the API's values are written and read; generated, so that nothing is looked up at run time.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    NumberHandling = JsonNumberHandling.Strict,
    PropertyNameCaseInsensitive = false,
    AllowDuplicateProperties = false,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    MaxDepth = 8,
    Converters = [typeof(MomentConverter), typeof(KindConverter), typeof(CategoryConverter), typeof(StatusConverter), typeof(PlaceStateConverter)])]
[JsonSerializable(typeof(TimeView))]
[JsonSerializable(typeof(LocalitiesView))]
[JsonSerializable(typeof(LocalityView))]
[JsonSerializable(typeof(KindergartensView))]
[JsonSerializable(typeof(QueuesView))]
[JsonSerializable(typeof(QueueView))]
[JsonSerializable(typeof(OrderView))]
[JsonSerializable(typeof(PlacesView))]
[JsonSerializable(typeof(ApplicationView))]
[JsonSerializable(typeof(PublicApplicationView))]
[JsonSerializable(typeof(PermissionView))]
[JsonSerializable(typeof(ReserveRequest))]
[JsonSerializable(typeof(ReservationView))]
[JsonSerializable(typeof(PlaceReturnsView))]
[JsonSerializable(typeof(ReferralsView))]
[JsonSerializable(typeof(CancellationView))]
[JsonSerializable(typeof(ExtendRequest))]
[JsonSerializable(typeof(ExtensionView))]
[JsonSerializable(typeof(ParentsView))]
[JsonSerializable(typeof(MorningRequest))]
[JsonSerializable(typeof(MorningView))]
[JsonSerializable(typeof(ClockRequest))]
[JsonSerializable(typeof(HealthView))]
[JsonSerializable(typeof(ProblemView))]
[JsonSerializable(typeof(RulesView))]
[JsonSerializable(typeof(LocalityRulesView))]
[JsonSerializable(typeof(AdministeredLocalities))]
[JsonSerializable(typeof(SetUpRequest))]
[JsonSerializable(typeof(NameRequest))]
[JsonSerializable(typeof(DifferenceRequest))]
[JsonSerializable(typeof(DifferenceView))]
[JsonSerializable(typeof(AmendRequest))]
[JsonSerializable(typeof(RegisterRequest))]
[JsonSerializable(typeof(ImportLine))]
[JsonSerializable(typeof(RulesDraft))]
[JsonSerializable(typeof(EnrolmentRequest))]
[JsonSerializable(typeof(EnrolmentView))]
[JsonSerializable(typeof(EnrolmentCompletion))]
[JsonSerializable(typeof(SignInRequest))]
[JsonSerializable(typeof(SessionView))]
[JsonSerializable(typeof(DutyView))]
[JsonSerializable(typeof(DoneView))]
[JsonSerializable(typeof(StaffView))]
[JsonSerializable(typeof(InviteRequest))]
[JsonSerializable(typeof(InvitationView))]
[JsonSerializable(typeof(ReasonRequest))]
[JsonSerializable(typeof(DutyRequest))]
[JsonSerializable(typeof(BlockRequest))]
internal sealed partial class PortalJson : JsonSerializerContext;

/// <summary>The API's contracts as they are used.</summary>
internal static class ApiJson
{
    /// <summary>Leaves Cyrillic letters as they are; what is dangerous in HTML is escaped.</summary>
    public static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.Create(UnicodeRanges.BasicLatin, UnicodeRanges.Cyrillic, UnicodeRanges.GeneralPunctuation, UnicodeRanges.LetterlikeSymbols, UnicodeRanges.Latin1Supplement);

    /// <summary>The contracts with that encoder.</summary>
    public static readonly PortalJson Web = new(new JsonSerializerOptions(PortalJson.Default.Options) { Encoder = Encoder });
}
