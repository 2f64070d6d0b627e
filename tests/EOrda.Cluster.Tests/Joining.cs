using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using EOrda.Actors.Hosting;
using EOrda.Actors.Persistence;
using EOrda.Cluster.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace EOrda.Cluster.Tests;

/// <summary>Who is a node, and what others can do to one.</summary>
public sealed class Joining : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("eorda-joining-");
    private readonly Authority authority;

    public Joining() => authority = new Authority(directory.FullName);

    [Fact]
    public async Task A_node_goes_on_when_connections_that_it_opens_are_closed_in_the_middle_of_the_handshake()
    {
        using var patience = new CancellationTokenSource(Patience);
        using var rude = new TcpListener(IPAddress.Loopback, 0);
        rude.Start();
        var closed = 0;
        var closing = Task.Run(async () =>
        {
            while (true)
            {
                using var accepted = await rude.AcceptTcpClientAsync(patience.Token);
                await accepted.GetStream().ReadExactlyAsync(new byte[1], patience.Token);
                Interlocked.Increment(ref closed);
            }
        });

        await using (var node = await StartAsync(authority, FreePort(), [rude.LocalEndpoint.ToString()!], patience.Token))
        {
            while (Volatile.Read(ref closed) == 0)
            {
                await Task.Delay(50, patience.Token);
            }

            await Task.WhenAny(node.Ended, Task.Delay(TimeSpan.FromSeconds(10), patience.Token));
            Assert.False(node.Ended.IsCompleted);
            Assert.True(node.IsReady);
        }

        await patience.CancelAsync();
        await Record.ExceptionAsync(() => closing);
    }

    [Fact]
    public async Task A_node_whose_certificate_another_authority_signed_is_not_let_in()
    {
        using var patience = new CancellationTokenSource(Patience);
        using var others = new Authority(directory.CreateSubdirectory("others").FullName);
        var port = FreePort();
        await using var node = await StartAsync(authority, port, [], patience.Token);
        using var stranger = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        var refused = await Record.ExceptionAsync(() => StartAsync(others, FreePort(), [$"127.0.0.1:{port}"], stranger.Token, isFirst: false));
        Assert.IsAssignableFrom<OperationCanceledException>(refused);
        Assert.True(node.IsReady);
    }

    public void Dispose()
    {
        authority.Dispose();
        directory.Delete(recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task<ActorsNode> StartAsync(Authority signs, int port, string[] others, CancellationToken cancel, bool isFirst = true)
    {
        var own = $"127.0.0.1:{port}";
        var membership = new ClusterMembership
        {
            Host = "127.0.0.1",
            Port = port,
            Seeds = isFirst ? [own, .. others] : [.. others, own],
            Certificate = X509Certificate2.CreateFromPemFile(signs.Sign($"node{port}")),
            Authority = X509CertificateLoader.LoadCertificateFromFile(signs.Path),
        };
        var data = Path.Combine(directory.FullName, $"data{port}");
        PrivateFiles.Secure(data);
        return await ActorsNode.StartAsync(new ActorsOptions { Database = Database.Sqlite(data), Cluster = membership }, TimeProvider.System, NullLoggerFactory.Instance, cancel);
    }
}
