using System.Text;
using System.Text.Json;
using EOrda.Actors;
using EOrda.Portal.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EOrda.Portal.Tests.Support;

/// <summary>A portal as somebody starts it on their own machine: in Development, on the clock that it chooses.</summary>
internal sealed class DevelopmentPortal : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly HttpClient http;

    private DevelopmentPortal(WebApplication app, HttpClient http) => (this.app, this.http) = (app, http);

    /// <summary>Its address.</summary>
    public Uri Address => http.BaseAddress!;

    /// <summary>Starts one and waits until it is ready.</summary>
    public static async Task<DevelopmentPortal> StartAsync(string directory, params string[] options)
    {
        var built = PortalApplication.Build(
            ["--urls", "http://127.0.0.1:0", "--data", directory, "--environment", "Development", .. options],
            OwnNode.StartAsync,
            builder =>
            {
                builder.Logging.ClearProviders();
                builder.Services.AddSingleton(new StartupConsole(TextWriter.Null, TextWriter.Null));
            });
        await built.StartAsync();
        await built.Services.GetRequiredService<NodeHost>().ExecuteTask!;
        var address = built.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return new DevelopmentPortal(built, new HttpClient { BaseAddress = new Uri(address) });
    }

    /// <summary>Looks something up.</summary>
    public async Task<JsonElement> Get(string address) => JsonDocument.Parse(await http.GetStringAsync(new Uri(address, UriKind.Relative))).RootElement;

    /// <summary>The status of a look.</summary>
    public async Task<int> StatusOf(string address)
    {
        using var response = await http.GetAsync(new Uri(address, UriKind.Relative));
        return (int)response.StatusCode;
    }

    /// <summary>Sends a command with a secret.</summary>
    public async Task<(int Status, JsonElement Reply)> Post(string address, string secret, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new("Bearer", secret);
        request.Headers.Add("Idempotency-Key", "press");
        using var response = await http.SendAsync(request);
        return ((int)response.StatusCode, JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement);
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
    }
}
