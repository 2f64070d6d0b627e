using Microsoft.Extensions.Logging;

namespace EOrda.Actors.Live;

/// <summary>One running watch. A listener that throws keeps the update from nobody else.</summary>
internal sealed partial class Watching(ILiveListener listener)
{
    public void Tell(LiveUpdate update, ILogger log)
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

    [LoggerMessage(10, LogLevel.Error, "A listener of {Queue} threw")]
    private static partial void LogThrew(ILogger log, string queue, Exception fault);
}

/// <summary>An update and who gets it, once it is on disk.</summary>
internal sealed record LiveNews(QueueFeed Feed, LiveUpdate Update, Watching[] Watches)
{
    public void Publish(ILogger log) => Feed.Publish(this, log);
}
