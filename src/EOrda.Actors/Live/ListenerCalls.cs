using Microsoft.Extensions.Logging;

namespace EOrda.Actors.Live;

/// <summary>Hands an update to listeners; one that throws does not keep it from the others.</summary>
internal static partial class ListenerCalls
{
    public static void Publish(ILiveListener[] listeners, LiveUpdate update, ILogger log)
    {
        foreach (var listener in listeners)
        {
            try
            {
                listener.Publish(update);
            }
            catch (Exception fault)
            {
                LogThrew(log, update.Queue.ToString(), fault);
            }
        }
    }

    [LoggerMessage(10, LogLevel.Error, "A listener of {Queue} threw")]
    private static partial void LogThrew(ILogger log, string queue, Exception fault);
}
