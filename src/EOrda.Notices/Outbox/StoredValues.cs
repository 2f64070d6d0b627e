using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using EOrda.Notices.Kinds;
using NodaTime;
using NodaTime.Text;

namespace EOrda.Notices.Outbox;

/// <summary>The values of a notice as JSON. How one is written follows from its type, which the kind names.</summary>
internal static class StoredValues
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly LocalDateTimePattern TimeToTheMinute = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm");

    public static string Write(IReadOnlyDictionary<string, NoticeValue> values)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            foreach (var (name, value) in values)
                Write(json, name, value);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Reads the values that the kind has today and the notice had when it was written.</summary>
    public static IReadOnlyDictionary<string, NoticeValue> Read(string text, KindTraits kind)
    {
        using var json = JsonDocument.Parse(text);
        var values = new Dictionary<string, NoticeValue>(StringComparer.Ordinal);
        foreach (var (name, type) in kind.Values)
        {
            if (json.RootElement.TryGetProperty(name, out var value))
                values.Add(name, Read(value, type));
        }

        return values;
    }

    private static void Write(Utf8JsonWriter json, string name, NoticeValue value)
    {
        switch (value)
        {
            case NumberValue number:
                json.WriteString(name, number.Text);
                break;
            case RemarkValue remark:
                json.WriteString(name, remark.Text);
                break;
            case CauseValue cause:
                json.WriteString(name, cause.Word);
                break;
            case CountValue count:
                json.WriteNumber(name, count.Count);
                break;
            case DateValue date:
                json.WriteString(name, LocalDatePattern.Iso.Format(date.Date));
                break;
            case TimeValue time:
                json.WriteString(name, TimeToTheMinute.Format(time.Time));
                break;
            case NameValue names:
                json.WriteStartObject(name);
                json.WriteString("kk", names.Kazakh);
                json.WriteString("ru", names.Russian);
                json.WriteString("en", names.English);
                json.WriteEndObject();
                break;
            default:
                throw new ArgumentException($"{value.GetType().Name} cannot be stored.", nameof(value));
        }
    }

    private static NoticeValue Read(JsonElement value, Type type)
    {
        if (type == typeof(CountValue))
            return new CountValue(value.GetInt32());
        if (type == typeof(NameValue))
            return new NameValue(Text(value.GetProperty("kk")), Text(value.GetProperty("ru")), Text(value.GetProperty("en")));
        var text = Text(value);
        return type == typeof(NumberValue) ? new NumberValue(text)
            : type == typeof(RemarkValue) ? new RemarkValue(text)
            : type == typeof(CauseValue) ? new CauseValue(text)
            : type == typeof(DateValue) ? new DateValue(LocalDatePattern.Iso.Parse(text).Value)
            : new TimeValue(TimeToTheMinute.Parse(text).Value);
    }

    private static string Text(JsonElement value) => value.GetString()!;
}
