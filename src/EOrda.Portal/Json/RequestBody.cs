using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using EOrda.Portal.Hosting;
using EOrda.Portal.Problems;
using Microsoft.Net.Http.Headers;

namespace EOrda.Portal.Json;

/// <summary>Reads a request's JSON body, bounded and to the letter.</summary>
internal static class RequestBody
{
    /// <summary>Reads the body.</summary>
    /// <exception cref="BadInputException">It is not JSON of the type; names the property.</exception>
    /// <exception cref="ProblemException">It is too large, or says that it is not JSON.</exception>
    public static async ValueTask<T> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> type)
        where T : class
    {
        var request = context.Request;
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var media) || !media.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || (media.Charset.HasValue && !HeaderUtilities.RemoveQuotes(media.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase)))
        {
            throw new ProblemException(Problem.WrongContentType);
        }

        var most = context.RequestServices.GetRequiredService<ServerLimits>().Body;
        if (request.ContentLength > most)
        {
            throw new ProblemException(Problem.TooLarge);
        }

        var read = await request.BodyReader.ReadAtLeastAsync(most + 1, context.RequestAborted);
        try
        {
            return read.Buffer.Length <= most ? Parse(read.Buffer, type) : throw new ProblemException(Problem.TooLarge);
        }
        finally
        {
            request.BodyReader.AdvanceTo(read.Buffer.End);
        }
    }

    private static T Parse<T>(ReadOnlySequence<byte> body, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = 8 });
            var value = JsonSerializer.Deserialize(ref reader, type);
            // A second value would be no JSON.
            reader.Read();
            return value ?? throw new BadInputException("body", Fault.Null);
        }
        catch (JsonException e)
        {
            var fault = FaultOf(e);
            throw new BadInputException(FieldOf(e.Path, type, isKnown: fault != Fault.UnknownField && fault != Fault.NotJson), fault);
        }
    }

    /// <summary>
    /// The property at fault: <c>$.days</c> is <c>days</c>, the whole is <c>body</c>. Where the path may have a name in it that no contract has, only its first part is
    /// told, and that only if it is a property: what was sent is never repeated.
    /// </summary>
    private static string FieldOf(string? path, JsonTypeInfo type, bool isKnown)
    {
        foreach (var property in type.Properties)
        {
            if (path?.StartsWith($"$.{property.Name}", StringComparison.Ordinal) == true && path.AsSpan(property.Name.Length + 2) is [] or ['.' or '[', ..])
            {
                return isKnown ? path[2..] : property.Name;
            }
        }

        return "body";
    }

    private static Fault FaultOf(JsonException e) => e switch
    {
        _ when e.Message.Contains("could not be mapped", StringComparison.Ordinal) => Fault.UnknownField,
        _ when e.Message.Contains("uplicate", StringComparison.Ordinal) => Fault.GivenTwice,
        _ when e.Message.Contains("missing required", StringComparison.Ordinal) => Fault.Incomplete,
        _ when e.Message.Contains("could not be converted", StringComparison.Ordinal) || e.Message.Contains("null", StringComparison.Ordinal) => Fault.WrongType,
        _ => Fault.NotJson,
    };
}
