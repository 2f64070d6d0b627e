using Akka.Actor;
using Akka.Dispatch;
using Akka.Event;
using Akka.Hosting.Logging;
using Microsoft.Extensions.Logging;

namespace EOrda.Actors.Hosting;

/// <summary>Hands what Akka and its actors log to the node's logs, under the category <c>Akka</c>. Akka.Hosting's own puts level, time and thread before each line, which the node's logs say already.</summary>
internal sealed partial class AkkaLogger : UntypedActor, IRequiresMessageQueue<ILoggerMessageQueueSemantics>
{
    private readonly ILogger log = Context.System.Settings.Setup.Get<LoggerFactorySetup>().Value.LoggerFactory.CreateLogger(nameof(Akka));

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case InitializeLogger:
                Sender.Tell(new LoggerInitialized());
                break;
            case LogEvent said:
                Log(LevelOf(said), said.LogSource, said.Message, said.Cause);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private static Microsoft.Extensions.Logging.LogLevel LevelOf(LogEvent said) => said switch
    {
        Error => Microsoft.Extensions.Logging.LogLevel.Error,
        Warning => Microsoft.Extensions.Logging.LogLevel.Warning,
        Info => Microsoft.Extensions.Logging.LogLevel.Information,
        _ => Microsoft.Extensions.Logging.LogLevel.Debug,
    };

    [LoggerMessage(EventId = 75, Message = "{Source}: {Text}")]
    private partial void Log(Microsoft.Extensions.Logging.LogLevel level, string source, object text, Exception? cause);
}
