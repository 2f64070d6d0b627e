namespace EOrda.Cli.Replay;

/// <summary>A line that is not of the format: the run stops there (docs/replay.md).</summary>
internal sealed class MalformedLineException(string fault) : Exception(fault);
