namespace EOrda.Actors.Journal;

/// <summary>What the journal holds is not what was written to it: a record is missing, changed or out of order.</summary>
/// <remarks>Nothing is repaired and nothing is skipped: restore the journal from a copy.</remarks>
public sealed class JournalDamagedException : IOException
{
    /// <summary>Creates the exception for a place in the journal.</summary>
    /// <param name="message">What was found, with the file's name.</param>
    /// <param name="entity">The entity concerned, or null when the damage lies outside any one entity.</param>
    /// <param name="sequence">The first record that is missing or wrong, 1-based, or null when it cannot be told.</param>
    /// <param name="inner">The store's own error, if it reported one.</param>
    public JournalDamagedException(string message, string? entity = null, long? sequence = null, Exception? inner = null)
        : base(message, inner)
    {
        Entity = entity;
        Sequence = sequence;
    }

    /// <summary>The entity concerned, or null when the damage lies outside any one entity.</summary>
    public string? Entity { get; }

    /// <summary>The first record that is missing or wrong, 1-based, or null when it cannot be told.</summary>
    public long? Sequence { get; }

    /// <summary>The page as it stands, where it can be read but is not what was written: its records tell which of them is the first wrong one.</summary>
    public JournalPage? Page { get; init; }
}
