using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace EOrda.Portal.Tests.Support;

/// <summary>Keeps all that is logged, with exceptions: everything of the portal's own, and of the server what is on as the portal is delivered.</summary>
internal sealed class LogLines : ILoggerProvider
{
    private readonly ConcurrentQueue<string> lines = new();

    /// <summary>What was logged.</summary>
    public string Text => string.Join('\n', lines);

    public ILogger CreateLogger(string categoryName) =>
        new Logger(lines, categoryName.StartsWith("Microsoft.", StringComparison.Ordinal) ? LogLevel.Warning : LogLevel.Trace);

    public void Dispose()
    {
    }

    private sealed class Logger(ConcurrentQueue<string> lines, LogLevel least) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= least;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                lines.Enqueue($"{logLevel} {formatter(state, exception)} {exception}");
            }
        }
    }
}
