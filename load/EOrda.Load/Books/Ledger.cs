namespace EOrda.Load.Books;

/// <summary>One win, from the answer that gave it to what ended it.</summary>
/// <param name="Told">The answer.</param>
/// <param name="End">From when the application is known to hold the place no more, Unix milliseconds: the reservation's end, the referral's, or when it was given up.</param>
/// <param name="Referral">The referral, when it was confirmed.</param>
internal sealed record Win(Told Told, double End, string? Referral)
{
    /// <summary>The place.</summary>
    public string Place => Told.Place!;
}

/// <summary>What one application's answers come to.</summary>
internal sealed class Ledger
{
    private readonly List<Win> wins = [];

    /// <summary>The application.</summary>
    public required string Application { get; init; }

    /// <summary>Its queue.</summary>
    public required string Queue { get; init; }

    /// <summary>Every place that it was told to have won.</summary>
    public IReadOnlyList<Win> Wins => wins;

    /// <summary>True when something it asked for may have been decided without its being told.</summary>
    public bool HasUnknown { get; private set; }

    /// <summary>What it must hold at an instant, by its answers; null for nothing.</summary>
    public Win? HeldAt(double instant) => wins.LastOrDefault() is { } last && last.End > instant ? last : null;

    /// <summary>The ledgers of a book, by application.</summary>
    public static Dictionary<string, Ledger> Of(IEnumerable<Told> book)
    {
        var ledgers = new Dictionary<string, Ledger>(StringComparer.Ordinal);
        foreach (var told in book.Where(t => !t.IsRepeat).OrderBy(t => t.Turn))
        {
            if (!ledgers.TryGetValue(told.Application, out var ledger))
            {
                ledgers[told.Application] = ledger = new Ledger { Application = told.Application, Queue = told.Queue };
            }

            ledger.Enter(told);
        }

        return ledgers;
    }

    private void Enter(Told told)
    {
        HasUnknown |= told.IsUnknown;
        if (!told.IsYes)
        {
            return;
        }

        switch (told.Deed)
        {
            case Deed.Reserve:
                wins.Add(new Win(told, told.Until!.Value, Referral: null));
                break;
            case Deed.Confirm when wins.Count > 0:
                wins[^1] = wins[^1] with { End = told.Until!.Value, Referral = told.Referral };
                break;
            case Deed.Drop when wins.Count > 0:
                wins[^1] = wins[^1] with { End = told.Answered };
                break;
        }
    }
}
