using System.Text.Json;
using System.Text.Json.Serialization;
using EOrda.Queues.Time;

namespace EOrda.Portal.Json;

/// <summary>Writes an instant as UTC with milliseconds. The portal reads none.</summary>
internal sealed class MomentConverter : JsonConverter<Moment>
{
    private const int Length = 24;

    public override Moment Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("The portal reads no instants.");

    public override void Write(Utf8JsonWriter writer, Moment value, JsonSerializerOptions options)
    {
        Span<byte> text = stackalloc byte[Length];
        DateTimeOffset.FromUnixTimeMilliseconds(value.UnixMilliseconds).TryFormat(text, out var written, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'");
        writer.WriteStringValue(text[..written]);
    }
}
