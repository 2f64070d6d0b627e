using System.Globalization;
using System.Net.Http.Json;

namespace EOrda.Load.Portal;

/// <summary>Has a rehearsal's mornings come and its clock go on; of a portal on the real time there is nothing to control.</summary>
internal sealed class RehearsalControl : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Release = TimeSpan.FromHours(7);
    private static readonly TimeSpan LongestLead = TimeSpan.FromHours(6);

    private readonly HttpClient http;

    /// <param name="address">The portal.</param>
    /// <param name="token">What moves the clock; null of a portal on the real time.</param>
    public RehearsalControl(Uri address, string? token)
    {
        IsRehearsal = token is not null;
        http = new HttpClient { BaseAddress = address, Timeout = Patience };
        http.DefaultRequestHeaders.Authorization = new("Bearer", token);
    }

    /// <summary>True when the clock can be moved.</summary>
    public bool IsRehearsal { get; }

    /// <summary>Goes on to the next morning, so many seconds before 07:00.</summary>
    /// <returns>The release, Unix milliseconds.</returns>
    /// <exception cref="PortalException">The portal refuses.</exception>
    public async Task<long> BeginMorningAsync(int places, double leadSeconds, CancellationToken cancel)
    {
        var clock = Release - TimeSpan.FromSeconds(Math.Min(leadSeconds, LongestLead.TotalSeconds));
        using var answer = await http.PostAsJsonAsync("/api/rehearsal/morning", new { places, clock = Text(clock) }, cancel);
        return (await ReadAsync(answer, cancel)).Release.ToUnixTimeMilliseconds();
    }

    /// <summary>Goes on to a later time of the same day.</summary>
    /// <param name="clock">The local time of day, <c>HH:mm:ss</c>.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="PortalException">The portal refuses.</exception>
    public async Task MoveClockAsync(string clock, CancellationToken cancel)
    {
        using var answer = await http.PostAsJsonAsync("/api/rehearsal/clock", new { clock }, cancel);
        await ReadAsync(answer, cancel);
    }

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    private static string Text(TimeSpan clock) => clock.ToString("hh':'mm':'ss", CultureInfo.InvariantCulture);

    private static async Task<MorningAnswer> ReadAsync(HttpResponseMessage answer, CancellationToken cancel) =>
        new Reply((int)answer.StatusCode, await answer.Content.ReadAsByteArrayAsync(cancel), RetryAfter: null, Failure: null).Read(ContractsJson.Default.MorningAnswer);
}
