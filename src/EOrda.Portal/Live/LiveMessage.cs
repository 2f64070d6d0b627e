using System.Text.Json;
using System.Text.Json.Serialization;

namespace EOrda.Portal.Live;

/// <summary>JSON that was written once and goes to every browser as it is.</summary>
[JsonConverter(typeof(LiveMessageConverter))]
internal sealed class LiveMessage(ReadOnlyMemory<byte> json)
{
    /// <summary>The bytes.</summary>
    public ReadOnlyMemory<byte> Json { get; } = json;
}

/// <summary>The contracts of what the hub receives and sends.</summary>
[JsonSerializable(typeof(LiveMessage))]
[JsonSerializable(typeof(string))]
internal sealed partial class LiveJson : JsonSerializerContext;

/// <summary>Passes the bytes on.</summary>
internal sealed class LiveMessageConverter : JsonConverter<LiveMessage>
{
    public override LiveMessage Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Browsers send no such messages.");

    public override void Write(Utf8JsonWriter writer, LiveMessage value, JsonSerializerOptions options) =>
        writer.WriteRawValue(value.Json.Span, skipInputValidation: true);
}
