namespace EOrda.Actors.Queries;

/// <summary>The bound of what one query asks for.</summary>
public static class PageSize
{
    /// <summary>The most applications or places of one query.</summary>
    public const int Most = 500;

    /// <summary>Checks how many items a query asks for.</summary>
    /// <param name="count">How many.</param>
    /// <param name="name">The parameter that says so.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is not 1 to <see cref="Most"/>.</exception>
    internal static int Checked(int count, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Most, name);
        return count;
    }
}
