using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using EOrda.Portal.Problems;
using EOrda.Queues.Names;
using EOrda.Queues.Rules;

namespace EOrda.Portal.Live;

/// <summary>JSON that was written once and goes to every browser as it is.</summary>
[JsonConverter(typeof(LiveMessageConverter))]
internal sealed class LiveMessage(ReadOnlyMemory<byte> json)
{
    /// <summary>The bytes.</summary>
    public ReadOnlyMemory<byte> Json { get; } = json;
}

/// <summary>Why a call of the hub gives nothing else; an answer like any other, as nothing has failed.</summary>
internal static class LiveRefusal
{
    /// <summary>Not a queue, or nothing was ever filed or freed in it.</summary>
    public static readonly LiveMessage BadQueue = Of(Words.Of(Reason.BadQueue));

    /// <summary>The connection watches as many queues as it may.</summary>
    public static readonly LiveMessage TooManyWatches = Of("too-many-watches");

    /// <summary>The connection does not watch the queue.</summary>
    public static readonly LiveMessage NotWatched = Of("not-watched");

    /// <summary>A bound is reached; to be tried again.</summary>
    public static readonly LiveMessage Busy = Of(Problem.Busy.Word);

    private static LiveMessage Of(string word) => new(Encoding.ASCII.GetBytes($$"""{"refused":"{{word}}"}"""));
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
