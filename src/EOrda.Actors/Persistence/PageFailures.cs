namespace EOrda.Actors.Persistence;

/// <summary>The page is not in the database, for certain.</summary>
/// <param name="why">What the database said.</param>
/// <param name="cause">The driver's error, if there was one.</param>
internal sealed class PageNotStoredException(string why, Exception? cause = null) : Exception(why, cause);

/// <summary>Another instance of the entity has written a page with the same number, so that this one is behind.</summary>
internal sealed class PageConflictException(string entity, long number)
    : Exception($"Page {number} of {entity} is another one already: another instance of the entity wrote it.");
