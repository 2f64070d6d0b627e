using System.Text.Json;
using System.Text.Json.Serialization;
using EOrda.Queues.Applications;
using EOrda.Queues.Names;
using EOrda.Queues.Places;

namespace EOrda.Portal.Json;

/// <summary>Writes a value of the rules as its word. The portal reads none.</summary>
internal abstract class WordConverter<T>(Func<T, string?> word) : JsonConverter<T>
    where T : struct, Enum
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("The portal reads none of these words.");

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(word(value));
}

internal sealed class KindConverter() : WordConverter<Kind>(Words.Of);

internal sealed class CategoryConverter() : WordConverter<Category>(Words.Of);

internal sealed class StatusConverter() : WordConverter<Status>(Words.Of);

internal sealed class PlaceStateConverter() : WordConverter<PlaceState>(Words.Of);
