namespace EOrda.Actors.Sqlite;

/// <summary>The file is no journal, or one of a version that this program does not know. It has not been touched.</summary>
public sealed class JournalFormatException : IOException
{
    /// <summary>Creates the exception with what was found in the file.</summary>
    public JournalFormatException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
