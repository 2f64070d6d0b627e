namespace EOrda.Load.Portal;

/// <summary>How many requests the run may still send. Safe for use by several threads.</summary>
internal sealed class Budget(long requests)
{
    private long left = requests;

    /// <summary>Takes one request.</summary>
    /// <exception cref="BudgetSpentException">There is none left.</exception>
    public void Take()
    {
        if (Interlocked.Decrement(ref left) < 0)
        {
            throw new BudgetSpentException();
        }
    }
}

/// <summary>The run has sent as many requests as it may.</summary>
internal sealed class BudgetSpentException() : Exception("The run has sent as many requests as its scenario allows (bounds.requests).");
