namespace EOrda.Model.Replay;

/// <summary>replay.md, head and last precision: a malformed line stops the run.</summary>
public sealed class MalformedLineException : Exception
{
    public MalformedLineException()
    {
    }

    public MalformedLineException(string message)
        : base(message)
    {
    }

    public MalformedLineException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
