using System.Buffers;
using System.IO.Pipelines;
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

        var read = await ReadAsync(request, most + 1, context.RequestAborted);
        try
        {
            return read.Buffer.Length <= most ? Parse(read.Buffer, type) : throw new ProblemException(Problem.TooLarge);
        }
        finally
        {
            request.BodyReader.AdvanceTo(read.Buffer.End);
        }
    }

    // The server throws a plain IOException for a chunk whose size overflows: the caller's fault like any other body that cannot be read.
    private static async ValueTask<ReadResult> ReadAsync(HttpRequest request, int atLeast, CancellationToken cancel)
    {
        try
        {
            return await request.BodyReader.ReadAtLeastAsync(atLeast, cancel);
        }
        catch (IOException e) when (e is not BadHttpRequestException)
        {
            request.HttpContext.Response.Headers.Connection = "close";
            throw new BadInputException("body", Fault.Unreadable);
        }
    }

    private static T Parse<T>(ReadOnlySequence<byte> body, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = JsonFault.MaxDepth });
            var value = JsonSerializer.Deserialize(ref reader, type);
            // A second value would be no JSON.
            reader.Read();
            return value ?? throw new BadInputException("body", Fault.Null);
        }
        catch (JsonException e)
        {
            throw JsonFault.Of(body, type, e);
        }
    }
}
