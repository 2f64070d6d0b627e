using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace EOrda.Portal.Tests.Support;

/// <summary>Takes what is exported by OTLP over HTTP and keeps it as it came.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private static readonly TimeSpan GiveUp = TimeSpan.FromMinutes(1);

    private readonly ConcurrentQueue<(string Path, string Text)> taken = new();
    private readonly SemaphoreSlim arrived = new(0);
    private WebApplication? app;

    /// <summary>Where it listens.</summary>
    public string Address => app!.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    /// <summary>All that came to a path, a byte a character.</summary>
    public string At(string path) => string.Concat(taken.Where(one => one.Path == path).Select(one => one.Text));

    /// <summary>Starts to listen.</summary>
    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            taken.Enqueue((context.Request.Path, Encoding.Latin1.GetString(body.ToArray())));
            arrived.Release();
        });
        await app.StartAsync();
    }

    /// <summary>Waits until something with this text has come to a path.</summary>
    public async Task ComesAsync(string path, string text)
    {
        while (!At(path).Contains(text, StringComparison.Ordinal))
        {
            Assert.True(await arrived.WaitAsync(GiveUp));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await app!.DisposeAsync();
        arrived.Dispose();
    }
}
