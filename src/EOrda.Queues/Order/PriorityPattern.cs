namespace EOrda.Queues.Order;

/// <summary>
/// The repeating pattern that merges first-priority and general applications (rules, section 3; 000: 10-12):
/// <see cref="Phase"/> general ones, then again and again <see cref="FirstPriorityShare"/> first-priority and <see cref="GeneralShare"/> general ones.
/// When one of the two runs out the rest of the other follows. Positions are arithmetic on two ranks.
/// </summary>
/// <param name="FirstPriorityShare">First-priority applications in a turn, 1 or more.</param>
/// <param name="GeneralShare">General applications in a turn, 1 or more.</param>
/// <param name="Phase">General applications due before the first first-priority one, 0 or more.</param>
public readonly record struct PriorityPattern(int FirstPriorityShare, int GeneralShare, int Phase)
{
    /// <summary>How many general applications stand ahead of the <paramref name="rank"/>-th (1-based) first-priority one, when there are <paramref name="general"/> in all.</summary>
    public int GeneralAheadOfFirstPriority(int rank, int general) =>
        (int)Math.Min(general, Phase + (long)GeneralShare * ((rank - 1) / FirstPriorityShare));

    /// <summary>How many first-priority applications stand ahead of the <paramref name="rank"/>-th (1-based) general one, when there are <paramref name="firstPriority"/> in all.</summary>
    public int FirstPriorityAheadOfGeneral(int rank, int firstPriority) =>
        rank <= Phase ? 0 : (int)Math.Min(firstPriority, (long)FirstPriorityShare * (1 + (rank - Phase - 1) / GeneralShare));
}
