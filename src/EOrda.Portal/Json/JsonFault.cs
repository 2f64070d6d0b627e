using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using EOrda.Portal.Problems;

namespace EOrda.Portal.Json;

/// <summary>
/// What is wrong with a body that could not be read as its type. The serializer says that in words only, which may change; so the body is gone through again beside
/// the type, and the first fault met is told. Bodies are short, and good ones never come here.
/// </summary>
internal static class JsonFault
{
    /// <summary>How deep a body may be nested.</summary>
    public const int MaxDepth = 8;

    private const string Whole = "body";

    /// <summary>The fault, with the field at which it is.</summary>
    /// <param name="body">The body.</param>
    /// <param name="type">What it was to be read as.</param>
    /// <param name="failure">The serializer's failure, which knows where it stopped.</param>
    public static BadInputException Of(ReadOnlySequence<byte> body, JsonTypeInfo type, JsonException failure)
    {
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            reader.Read();
            var found = Find(ref reader, type, "");
            while (reader.Read())
            {
                // Faults of the whole go before those of a field.
            }

            return found ?? new BadInputException(FieldAt(failure.Path), Fault.WrongType);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // No JSON, or bytes and escapes in it that are no text.
            return new BadInputException(Whole, Fault.NotJson);
        }
    }

    /// <summary>The first fault of a value that the type shows without reading it; the reader stands on the value's last token then.</summary>
    private static BadInputException? Find(ref Utf8JsonReader reader, JsonTypeInfo type, string path) => reader.TokenType switch
    {
        JsonTokenType.StartObject when type.Kind == JsonTypeInfoKind.Object => FindInObject(ref reader, type, path),
        JsonTokenType.StartArray when type.Kind == JsonTypeInfoKind.Enumerable => FindInArray(ref reader, type.Options.GetTypeInfo(type.ElementType!), path),
        _ => Passed(ref reader),
    };

    private static BadInputException? FindInObject(ref Utf8JsonReader reader, JsonTypeInfo type, string path)
    {
        BadInputException? first = null;
        var given = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            var property = type.Properties.FirstOrDefault(property => property.Name == name);
            reader.Read();
            if (property is null)
            {
                first ??= At(path, Fault.UnknownField);
                reader.Skip();
                continue;
            }

            var field = path.Length == 0 ? name : $"{path}.{name}";
            first ??= given.Add(name) ? null : At(field, Fault.GivenTwice);
            var inside = Find(ref reader, type.Options.GetTypeInfo(property.PropertyType), field);
            first ??= inside;
        }

        return first ?? (type.Properties.All(property => !property.IsRequired || given.Contains(property.Name)) ? null : At(path, Fault.Incomplete));
    }

    private static BadInputException? FindInArray(ref Utf8JsonReader reader, JsonTypeInfo element, string path)
    {
        BadInputException? first = null;
        for (var i = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++)
        {
            var inside = Find(ref reader, element, $"{path}[{i}]");
            first ??= inside;
        }

        return first;
    }

    private static BadInputException? Passed(ref Utf8JsonReader reader)
    {
        reader.Skip();
        return null;
    }

    private static BadInputException At(string path, Fault fault) => new(path.Length == 0 ? Whole : path, fault);

    /// <summary>The property at which the serializer stopped: <c>$.days</c> is <c>days</c>, the whole is <c>body</c>.</summary>
    private static string FieldAt(string? path) => path is null or "$" or "" ? Whole : path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : path;
}
