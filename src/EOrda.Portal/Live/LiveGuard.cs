using System.IO.Pipelines;
using EOrda.Portal.Admission;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Connections;

namespace EOrda.Portal.Live;

/// <summary>Stands between a live connection and the hub: closes one that is silent for too long, from its beginning on, and one that calls too fast.</summary>
internal sealed class LiveGuard(LiveLimits limits, LiveCalls calls, LiveMetrics metrics)
{
    /// <summary>Guards a connection until it ends: to be used before SignalR is, and within what looks after it.</summary>
    public ConnectionDelegate Around(ConnectionDelegate next) => async connection =>
    {
        var caller = Callers.KeyOf(connection.GetHttpContext()?.Connection.RemoteIpAddress);
        var transport = connection.Transport;
        var input = new ListeningPipe(transport.Input, limits, () => calls.MayCall(caller), metrics.CalledTooFast);
        connection.Transport = new GuardedTransport(input, transport.Output);
        connection.Features.Get<IConnectionHeartbeatFeature>()?.OnHeartbeat(Look, (connection, input));
        try
        {
            await next(connection);
        }
        finally
        {
            connection.Transport = transport;
        }
    };

    private void Look(object state)
    {
        var (connection, input) = ((ConnectionContext, ListeningPipe))state;
        if (input.Silence > limits.Silence && !connection.ConnectionClosed.IsCancellationRequested)
        {
            metrics.WasSilent();
            connection.Abort();
        }
    }

    private sealed record GuardedTransport(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
