using System.Text.Json.Serialization;

namespace EOrda.Integrations.Http;

/// <summary>A question: whom it is about. It goes in the body, since addresses stand in logs.</summary>
internal sealed record Question(string Iin);

/// <summary>What every answer has: found or not. One without is none.</summary>
internal abstract record Wire
{
    [JsonRequired]
    public bool Found { get; init; }
}

internal sealed record PhoneWire(string? Phone) : Wire;

internal sealed record PersonWire(string? Iin, string? Surname, string? GivenName, string? Patronymic, DateOnly? Born, string? Sex, string? Citizenship) : Wire;

internal sealed record ParentsWire(IReadOnlyList<string>? Parents) : Wire;

internal sealed record DeathWire(DateOnly? On) : Wire;

internal sealed record GuardiansWire(IReadOnlyList<string>? Guardians, bool WithoutParents) : Wire;

internal sealed record TeacherWire(string? Organisation) : Wire;

internal sealed record DisabilityWire(DateOnly? Through) : Wire;

internal sealed record LargeFamilyWire(int? Children) : Wire;

/// <summary>Writes questions and reads answers.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Question))]
[JsonSerializable(typeof(PhoneWire))]
[JsonSerializable(typeof(PersonWire))]
[JsonSerializable(typeof(ParentsWire))]
[JsonSerializable(typeof(DeathWire))]
[JsonSerializable(typeof(GuardiansWire))]
[JsonSerializable(typeof(TeacherWire))]
[JsonSerializable(typeof(DisabilityWire))]
[JsonSerializable(typeof(LargeFamilyWire))]
internal sealed partial class WireContext : JsonSerializerContext;
