namespace EOrda.Portal.Hosting;

/// <summary>What the operator is to know of the journal's file.</summary>
internal sealed partial class JournalWarning
{
    /// <summary>Says that a sync of the file failed.</summary>
    [LoggerMessage(103, LogLevel.Error, "A sync of the journal's file in {Data} failed. Nothing is lost and claims go on, but its log grows from now on: look at the disk, then start the portal anew")]
    public static partial void Log(ILogger logger, string data);
}
