using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using EOrda.Notices.Storage;

namespace EOrda.Notices.Gateways;

/// <summary>
/// Writes messages into files instead of sending them, for Development and trials. The files have phone numbers and addresses: they are for their owner only.
/// </summary>
public sealed class FileOutbox : ISmsGateway, IMailGateway
{
    /// <summary>The most files; beyond them nothing is taken until some are removed.</summary>
    public const int MostFiles = 5_000;

    private const string Pattern = "*.json";

    private readonly string _directory;
    private readonly TimeProvider _clock;
    private int _files;

    /// <summary>Opens a directory, made where there is none.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="clock">The time.</param>
    public FileOutbox(string directory, TimeProvider clock)
    {
        _directory = directory;
        _clock = clock;
        OwnersFile.CreateDirectory(directory);
        _files = Directory.EnumerateFiles(directory, Pattern).Take(MostFiles).Count();
    }

    /// <inheritdoc/>
    public Task<SendResult> SendAsync(SmsMessage message, CancellationToken cancellation) =>
        WriteAsync(new OutboxFile(message.Id, "sms", message.To.International, null, message.Text, _clock.GetUtcNow()), cancellation);

    /// <inheritdoc/>
    public Task<SendResult> SendAsync(MailMessage message, CancellationToken cancellation) =>
        WriteAsync(new OutboxFile(message.Id, "email", message.To, message.Subject, message.Body, _clock.GetUtcNow()), cancellation);

    /// <summary>The latest messages, for the page that shows what would have been sent.</summary>
    /// <param name="most">1 to 1,000.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public async Task<IReadOnlyList<OutboxFile>> LatestAsync(int most, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(most, 1_000);
        var latest = new DirectoryInfo(_directory).EnumerateFiles(Pattern).OrderByDescending(file => file.LastWriteTimeUtc).Take(most);
        var messages = new List<OutboxFile>();
        foreach (var file in latest)
        {
            await using var stream = file.Open(new FileStreamOptions { Share = FileShare.ReadWrite | FileShare.Delete });
            messages.Add((await JsonSerializer.DeserializeAsync(stream, OutboxFileContext.Default.OutboxFile, cancellation))!);
        }

        return [.. messages.OrderByDescending(message => message.At)];
    }

    private async Task<SendResult> WriteAsync(OutboxFile message, CancellationToken cancellation)
    {
        var path = Path.Combine(_directory, $"{message.Id}.json");
        if (!File.Exists(path) && Interlocked.Increment(ref _files) > MostFiles)
        {
            Interlocked.Decrement(ref _files);
            return new SendResult(SendOutcome.Faulty, "outbox-full");
        }

        try
        {
            var aside = $"{path}.new";
            await using (var file = OwnersFile.Create(aside))
                await JsonSerializer.SerializeAsync(file, message, OutboxFileContext.Readable.OutboxFile, cancellation);
            File.Move(aside, path, overwrite: true);
            return SendResult.Accepted;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new SendResult(SendOutcome.Faulty, "disk");
        }
    }
}

/// <summary>A message in the file outbox.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Channel"><c>sms</c> or <c>email</c>.</param>
/// <param name="To">The phone number or address.</param>
/// <param name="Subject">The subject of an e-mail.</param>
/// <param name="Text">The text.</param>
/// <param name="At">When it was handed over last.</param>
public sealed record OutboxFile(string Id, string Channel, string To, string? Subject, string Text, DateTimeOffset At)
{
    /// <summary>Its channel and id only.</summary>
    public override string ToString() => $"{Channel} {Id}";
}

/// <summary>Writes and reads the files.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(OutboxFile))]
internal sealed partial class OutboxFileContext : JsonSerializerContext
{
    /// <summary>Writes Cyrillic as it is.</summary>
    public static OutboxFileContext Readable { get; } =
        new(new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
