namespace EOrda.Actors.Membership;

/// <summary>What a node knows of another's clock.</summary>
/// <param name="Ahead">By how much the other is ahead, less than zero when it is behind.</param>
/// <param name="Doubt">By how much that can be wrong: half of the time that the question took.</param>
internal readonly record struct ClockReading(TimeSpan Ahead, TimeSpan Doubt)
{
    /// <summary>By how much the other is ahead or behind at least.</summary>
    public TimeSpan Certain => Ahead > Doubt ? Ahead - Doubt : Ahead < -Doubt ? Ahead + Doubt : TimeSpan.Zero;
}

/// <summary>What a node makes of all clocks. Whose clock is wrong is decided by the majority; of two nodes the older one is believed.</summary>
/// <param name="Apart">How far the farthest of the others is from this node's clock at least.</param>
/// <param name="Off">By how much this node's own clock is ahead of the others at least, less than zero when it is behind.</param>
internal readonly record struct ClockComparison(TimeSpan Apart, TimeSpan Off)
{
    /// <summary>Further apart is an alarm.</summary>
    public static readonly TimeSpan MostApart = TimeSpan.FromMilliseconds(100);

    /// <summary>A node whose clock is further off decides nothing: nobody's release comes early.</summary>
    public static readonly TimeSpan MostOff = TimeSpan.FromSeconds(1);

    /// <summary>True when some clock needs an operator.</summary>
    public bool IsAlarm => Apart > MostApart;

    /// <summary>True when this node's own clock is so wrong that it must decide nothing.</summary>
    public bool IsOff => Off.Duration() > MostOff;

    /// <summary>Compares the clocks.</summary>
    /// <param name="others">The readings of all other nodes that answer.</param>
    /// <param name="isOldest">True when this node has been in the cluster for longer than any other.</param>
    public static ClockComparison Of(IReadOnlyCollection<ClockReading> others, bool isOldest)
    {
        if (others.Count == 0)
        {
            return default;
        }

        var apart = others.Max(other => other.Certain.Duration());
        if (others.Count == 1)
        {
            return new ClockComparison(apart, isOldest ? TimeSpan.Zero : -others.First().Certain);
        }

        // This node's own clock is one of them. Of an even number the middle two are believed as far as they agree.
        TimeSpan[] clocks = [.. others.Select(other => other.Certain).Append(TimeSpan.Zero).Order()];
        var (low, high) = (clocks[(clocks.Length - 1) / 2], clocks[clocks.Length / 2]);
        return new ClockComparison(apart, low > TimeSpan.Zero ? -low : high < TimeSpan.Zero ? -high : TimeSpan.Zero);
    }
}
