namespace EOrda.Actors.Persistence;

/// <summary>A connection that stores pages. For one thread at a time.</summary>
internal abstract class PageWriter : IDisposable
{
    /// <summary>
    /// Stores pages in one transaction, which is on disk when this returns. A page whose number another page of its entity has is left out
    /// and marked as taken; the others are stored all the same.
    /// </summary>
    /// <exception cref="PageNotStoredException">None of the pages is stored.</exception>
    /// <exception cref="System.Data.Common.DbException">The pages may be stored, or none of them.</exception>
    public abstract void Write(IReadOnlyList<WaitingPage> pages, long created);

    /// <inheritdoc/>
    public abstract void Dispose();
}
