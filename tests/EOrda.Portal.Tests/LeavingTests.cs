using System.Security.Claims;
using EOrda.Actors;
using EOrda.Portal.Live;
using EOrda.Portal.Tests.Support;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace EOrda.Portal.Tests;

/// <summary>A browser that goes while its call is under way, which no browser can be made to do at a certain moment: the hub is called by hand.</summary>
public sealed class LeavingTests : IAsyncLifetime
{
    private readonly TestPortal portal = new();

    public Task InitializeAsync() => portal.InitializeAsync();

    public async Task DisposeAsync() => await portal.DisposeAsync();

    [Fact]
    public async Task Who_goes_while_a_watch_begins_is_not_counted_for_ever()
    {
        TaskCompletionSource begun = new(), held = new();
        portal.Node.BeforeWatch = () =>
        {
            begun.SetResult();
            return held.Task;
        };
        var feeds = portal.Services.GetRequiredService<LiveFeeds>();
        using var hub = new LiveHub(feeds, portal.Services.GetRequiredService<IQueues>(), new LiveLimits())
        {
            Context = new Connection(),
            Groups = portal.Services.GetRequiredService<IHubContext<LiveHub>>().Groups,
        };
        await hub.OnConnectedAsync();
        var watching = hub.Watch(TestPortal.Queue);
        await begun.Task.WaitAsync(TimeSpan.FromMinutes(2));
        var leaving = hub.OnDisconnectedAsync(null);
        held.SetResult();
        await Task.WhenAll(watching, leaving);
        Assert.Equal((0, 0, 0), (feeds.Watchers, feeds.Count, portal.Node.Watches));
        Assert.Equal(LiveRefusal.NotWatched, await hub.Watch(TestPortal.Queue));
    }

    private sealed class Connection : HubCallerContext
    {
        public override string ConnectionId => "gone";

        public override string? UserIdentifier => null;

        public override ClaimsPrincipal? User => null;

        public override IDictionary<object, object?> Items { get; } = new Dictionary<object, object?>();

        public override IFeatureCollection Features { get; } = new FeatureCollection();

        public override CancellationToken ConnectionAborted => CancellationToken.None;

        public override void Abort()
        {
        }
    }
}
