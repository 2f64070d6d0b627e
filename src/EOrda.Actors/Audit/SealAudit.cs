namespace EOrda.Actors.Audit;

/// <summary>Compares the seals, and a head that somebody expects, with the records.</summary>
internal sealed class SealAudit
{
    private readonly Dictionary<(string Entity, long Record), List<Seal>> waiting = [];
    private readonly string? expected;
    private bool isExpectedFound;

    /// <summary>Checks that the seals are whole and made with the key.</summary>
    /// <exception cref="ContradictionException">One is not, or a day's are not all there.</exception>
    public SealAudit(IReadOnlyList<Seal> seals, ReadOnlyMemory<byte> key, string? expected)
    {
        this.expected = expected;
        foreach (var day in seals.GroupBy(seal => seal.Day))
        {
            var over = day.SingleOrDefault(seal => seal.Head.Entity.Length == 0) ?? throw new ContradictionException($"The seals of {day.Key} have no head over all.");
            var heads = day.Where(seal => seal != over).ToList();
            if (Head.Over(heads.Select(seal => seal.Head)) is var found && found.Text != over.Head.Text)
            {
                throw new ContradictionException($"The seals of {day.Key} are not those that its head over all is of.");
            }

            if (!key.IsEmpty && day.FirstOrDefault(seal => !seal.IsMadeWith(key.Span)) is { } forged)
            {
                throw new ContradictionException($"The seal of {day.Key} for '{forged.Head.Entity}' was not made with this key.");
            }

            isExpectedFound |= found.Text == expected;
            foreach (var seal in heads)
            {
                if (!waiting.TryGetValue((seal.Head.Entity, seal.Head.Record), out var here))
                {
                    waiting.Add((seal.Head.Entity, seal.Head.Record), here = []);
                }

                here.Add(seal);
            }
        }
    }

    /// <summary>Seals whose record was found as it was sealed.</summary>
    public int Found { get; private set; }

    /// <summary>A record is passed.</summary>
    /// <exception cref="ContradictionException">It was sealed, as another one.</exception>
    public void Pass(string entity, long record, ReadOnlySpan<byte> hash)
    {
        if (!waiting.Remove((entity, record), out var seals))
        {
            return;
        }

        foreach (var seal in seals)
        {
            if (!seal.Head.Hash.Span.SequenceEqual(hash))
            {
                throw new ContradictionException($"Record {record} of {entity} is not the one that was sealed on {seal.Day}.");
            }

            Found++;
        }
    }

    /// <summary>All records are passed.</summary>
    /// <exception cref="ContradictionException">Sealed records, or the head that is expected, are not there: the end was cut off or written anew.</exception>
    public void Check(IReadOnlyList<Head> heads)
    {
        if (waiting.Count > 0)
        {
            var ((entity, record), seals) = waiting.First();
            throw new ContradictionException($"Record {record} of {entity} was sealed on {seals[0].Day} and is not there: the journal's end was cut off.");
        }

        if (expected is not null && !isExpectedFound && Head.Over(heads).Text != expected && !heads.Any(head => head.Text == expected))
        {
            throw new ContradictionException($"No seal and no entity has the head {expected}: the journal's end was cut off, or it was written anew.");
        }
    }
}
